import type { SampleProduct, SampleStock } from './types.ts'

/** Shelves that tell a story; the rest is spread unevenly by the SKU's own letters. */
const told: Record<string, Record<string, number>> = {
  'MUG-WHITE': { east: 48, west: 36, kichijoji: 6, kyoto: 4, tenjin: 5 },
  'MUG-INDIGO': { east: 7, kyoto: 2 },
  'MUG-OCHRE': { tenjin: 1 },
  'MUG-MOSS': {},
  'OVAL-OCHRE': {},
  GUINOMI: { kyoto: 3 },
  'KYUSU-CHARCOAL': { west: 1 },
  'TEE-WHITE-M': { east: 120, west: 80, kichijoji: 9, kyoto: 6, tenjin: 8 },
  'TEE-SAGE-XXL': {},
  'TEE-NAVY-XS': { kichijoji: 1 },
  'LSHIRT-SKY-XL': { tenjin: 2 },
  'CARDIGAN-NATURAL-S': {},
  KNIFE: { east: 1 },
  'RICE-5KG': { east: 24 },
  SPARKLING: { kichijoji: 5 },
  'INCENSE-SAKURA': {},
  'NOTE-INDIGO': { west: 200, kichijoji: 20, kyoto: 20, tenjin: 20 },
}

/** FNV-1a: the same letters give the same shelf on every machine. */
function seedOf(letters: string): number {
  let seed = 2166136261
  for (const letter of letters) seed = Math.imul(seed ^ letter.codePointAt(0)!, 16777619) >>> 0
  return (seed ^ (seed >>> 15)) >>> 0
}

const most: Record<string, number> = { east: 60, west: 40, kichijoji: 8, kyoto: 6, tenjin: 6 }

export function stockOf(products: readonly SampleProduct[]): SampleStock[] {
  return products
    .filter((product) => product.components === undefined)
    .flatMap((product) => product.variants)
    .flatMap(({ sku }) => {
      const shelf = told[sku] ?? spread(sku)
      return Object.entries(shelf).map(([place, quantity]) => ({ sku, place, quantity }))
    })
}

function spread(sku: string): Record<string, number> {
  const shelf: Record<string, number> = {}
  for (const [place, top] of Object.entries(most)) {
    const seed = seedOf(`${sku}@${place}`)
    const quantity = seed % 5 === 0 ? 0 : 1 + ((seed >>> 8) % top)
    if (quantity > 0) shelf[place] = quantity
  }
  return shelf
}
