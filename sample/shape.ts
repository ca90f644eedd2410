import type { SampleOption, SampleProduct, SampleText, SampleVariant } from './types.ts'

export const text = (ja: string, en: string): SampleText => ({ ja, en })

/** The GS1 check digit of twelve digits. */
export function janCheckDigit(twelve: string): number {
  const sum = [...twelve].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
  return (10 - (sum % 10)) % 10
}

/** A code of the in-store range (20–29), so that no maker's code is used. */
export function inStoreJan(serial: number): string {
  const twelve = `24${String(serial).padStart(10, '0')}`
  return `${twelve}${janCheckDigit(twelve)}`
}

const colours = {
  white: [text('白', 'White'), '#F1EDE4'],
  natural: [text('生成り', 'Natural'), '#DDD0B8'],
  indigo: [text('藍', 'Indigo'), '#34507A'],
  navy: [text('紺', 'Navy'), '#27364F'],
  ochre: [text('黄土', 'Ochre'), '#C2913F'],
  moss: [text('苔', 'Moss'), '#6F7B55'],
  sage: [text('若葉ねず', 'Sage'), '#A5B29B'],
  sky: [text('水色', 'Sky'), '#9FBACB'],
  rose: [text('灰桜', 'Ash rose'), '#CBA59F'],
  terracotta: [text('赤土', 'Terracotta'), '#B4684C'],
  charcoal: [text('墨', 'Charcoal'), '#45474A'],
  cherry: [text('山桜', 'Cherry'), '#B07A55'],
  walnut: [text('胡桃', 'Walnut'), '#6B4A36'],
  silver: [text('銀', 'Silver'), '#B9BBBC'],
  copper: [text('銅', 'Copper'), '#B8744F'],
} as const satisfies Record<string, readonly [SampleText, string]>

export type ColourCode = keyof typeof colours

export const colourOf = (code: ColourCode): string => colours[code][1]

export const colour = (...codes: ColourCode[]): SampleOption => ({
  code: 'colour',
  name: text('色', 'Colour'),
  values: codes.map((code) => ({ code, name: colours[code][0], colour: colours[code][1] })),
})

export const wood = (...codes: ColourCode[]): SampleOption => ({
  ...colour(...codes),
  code: 'wood',
  name: text('木', 'Wood'),
})

const clothes = {
  xs: text('XS', 'XS'),
  s: text('S', 'S'),
  m: text('M', 'M'),
  l: text('L', 'L'),
  xl: text('XL', 'XL'),
  xxl: text('XXL', 'XXL'),
}

export const wearSize = (...codes: (keyof typeof clothes)[]): SampleOption => ({
  code: 'size',
  name: text('サイズ', 'Size'),
  values: codes.map((code) => ({ code, name: clothes[code] })),
})

export const choice = (
  code: string,
  name: [ja: string, en: string],
  values: Record<string, [ja: string, en: string]>,
): SampleOption => ({
  code,
  name: text(...name),
  values: Object.entries(values).map(([value, words]) => ({ code: value, name: text(...words) })),
})

/** One figure for all variants, or one for each value of one of the options. */
type Figure = number | Record<string, number>

type Entry = {
  /** Opens the product's range of JANs; never changed once given. */
  number: number
  sku: string
  code: string
  name: [ja: string, en: string]
  kana: string
  summary: [ja: string, en: string]
  description: [ja: string, en: string]
  categories: string[]
  brand: string
  tax?: 'reduced'
  age?: 20
  lot?: true
  options?: SampleOption[]
  price: Figure
  weight_grams: Figure
  components?: Record<string, number>
}

function figureOf(figure: Figure, options: Record<string, string>): number {
  if (typeof figure === 'number') return figure
  const found = Object.values(options).find((value) => value in figure)
  const value = found === undefined ? undefined : figure[found]
  if (value === undefined) throw new Error(`no figure for ${JSON.stringify(options)}`)
  return value
}

function combinations(options: SampleOption[]): Record<string, string>[] {
  return options.reduce<Record<string, string>[]>(
    (rows, option) =>
      rows.flatMap((row) => option.values.map((value) => ({ ...row, [option.code]: value.code }))),
    [{}],
  )
}

/** Spells one entry of the shelf files out to a product with every variant. */
export function product(entry: Entry): SampleProduct {
  const options = entry.options ?? []
  const rate = entry.tax === 'reduced' ? 1.08 : 1.1
  const variants = combinations(options).map((chosen, at): SampleVariant => {
    const price = figureOf(entry.price, chosen)
    return {
      sku: [entry.sku, ...Object.values(chosen).map((value) => value.toUpperCase())].join('-'),
      jan: inStoreJan(entry.number * 1000 + at + 1),
      options: chosen,
      price,
      cost: Math.round((price / rate) * 0.44),
      weight_grams: figureOf(entry.weight_grams, chosen),
    }
  })
  return {
    code: entry.code,
    name: text(...entry.name),
    kana: entry.kana,
    summary: text(...entry.summary),
    description: text(...entry.description),
    categories: entry.categories,
    brand: entry.brand,
    tax: entry.tax ?? 'standard',
    ...(entry.age ? { age: entry.age } : {}),
    options,
    variants,
    picture: `${entry.code}.webp`,
    ...(entry.components
      ? { components: Object.entries(entry.components).map(([sku, quantity]) => ({ sku, quantity })) }
      : {}),
    ...(entry.lot ? { lot: true } : {}),
  }
}
