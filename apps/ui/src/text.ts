export const langs = ['ja', 'en'] as const
export type Lang = (typeof langs)[number]

/** A text, or a text that needs facts: `rows: (count: number) => …`. */
type Word = string | ((...facts: never[]) => string)
type Words = { readonly [key: string]: Word | Words }

/** English says one product, two products: a number, as it is written, with its noun. */
export const several = (n: string, one: string, many = `${one}s`): string => `${n} ${n === '1' ? one : many}`

/** The shape of one language asked of the other: the same keys, the same facts. */
export type Same<Given> = {
  readonly [Key in keyof Given]: Given[Key] extends (...facts: infer Facts) => string
    ? (...facts: Facts) => string
    : Given[Key] extends string
      ? string
      : Same<Given[Key]>
}

export type Text<Given> = Readonly<Record<Lang, Same<Given>>>

/** Texts in both languages; a key that one of them lacks is a type error. */
export function createText<const Given extends Words>(texts: {
  ja: Given
  en: Same<NoInfer<Given>>
}): Text<NoInfer<Given>>
export function createText(texts: Text<Words>): Text<Words> {
  return texts
}
