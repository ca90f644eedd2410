/** What shoppers are shown, and what this process's memory keeps for it. */
import type { Figures, Ranks } from './ranks.ts'
import type { Picture as Kept } from '#domains/catalog'
import type { Found } from '#domains/search'
import type * as shops from '#domains/shops'
import type { Facets } from './facets.ts'

export type Text = { ja: string; en: string }
export type Card = {
  code: string
  name: Text
  brand: string | null
  picture: string | null
  /** A smaller one, as lists show it. */
  thumbnail: string | null
  price_min: number
  price_max: number
  available: number
  categories: string[]
  age: number | null
}
export type Variant = {
  sku: string
  serial_kept: boolean
  jan: string | null
  options: Record<string, string>
  price: number
  /** Of a price for a while. */
  offer: Offer | null
  available: number
  stores: { place: string; name: Text; quantity: number }[]
}
/** A price for a while: until when, and what may stand beside it as the usual one (二重価格), and how long it may. */
export type Offer = { until: string; usual: number | null; usual_until: string | null }
export type Option = { code: string; name: Text; values: { code: string; name: Text; colour?: string }[] }
export type Detail = Card & {
  kana: string | null
  summary: Text | null
  description: Text | null
  tax_rate: number
  tax_class: string
  options: Option[]
  variants: Variant[]
  pictures: Picture[]
}
export type Picture = {
  file: string
  width: number
  height: number
  sizes: number[]
  alt: Text
  /** Codes of the SKUs it is of; none: all. */
  skus: string[]
}
export type ShopInfo = {
  id: number
  entity: number
  code: string
  name: Text
  currency: string
  rounding: 'down' | 'half_up' | 'up'
  entity_name: string
  registration_number: string | null
  settings: Partial<shops.Settings>
}
/** `fit`: how well it fits what is sought; the usual one of a search. */
export type Sort = 'fit' | 'new' | 'price' | '-price' | 'name'
export type ListAsk = {
  category?: string
  q?: string
  sort?: Sort
  in_stock?: boolean
  price_min?: number
  price_max?: number
  /** Values of options, as `colour:navy`: one of each option's that are named. */
  options?: readonly string[]
  limit: number
  cursor?: string
}
export type ListAnswer = {
  items: Card[]
  next: string | null
  total: number
  /** Of a search: whether all words fit, or what is shown is only near what was sought. */
  how?: Found['how']
  /** The shop has said which products of this category come first, and this is that order. */
  ordered?: true
}

export type Sku = {
  id: number
  code: string
  jan: string | null
  serial_kept: boolean
  options: Record<string, string>
  components: { sku: number; quantity: number }[] | null
  product: number
  archived: boolean
  stock: Map<number, number>
}
export type Product = {
  id: number
  code: string
  name: Text
  brand: string | null
  kana: string | null
  picture: string | null
  pictures: Kept[]
  categories: number[]
  age: number | null
  tax_class: string
  summary: Text | null
  description: Text | null
  options: Option[]
  archived: boolean
  /** Its name as lists are sorted by it: by its reading. */
  sortName: string
  skus: Sku[]
}
export type Place = { id: number; code: string; kind: string; name: Text; sells_web: boolean }
/** `folded` is its name as a search spells it. */
export type Category = {
  id: number
  code: string
  parent: number | null
  name: Text
  folded: Text
  first: number[]
}
/** A page of a list whose cards are JSON already. */
export type ListInJson = Omit<ListAnswer, 'items'> & { items: Buffer[] }
/** A product as one shop sells it. Its card, and what is JSON in bytes, are made when first asked for and thrown away when something changes. */
export type Item = {
  product: Product
  prices: Map<number, number>
  offers: Map<number, Offer>
  min: number
  max: number
  available: number
  /** It has a price, and a SKU that is not archived. */
  sold: boolean
  card: Card | undefined
  cardJson: Buffer | undefined
  detailJson: Buffer | undefined
}
/** One sorted order of a category, with the figures that filters look at beside it: a scan touches numbers, not objects. */
export type List = {
  items: Item[]
  isIn: (item: Item) => boolean
  /** Some stand first by hand. */
  isPut: boolean
  min: Int32Array
  max: Int32Array
  free: Int32Array
  /** How many are free at all. */
  inStock: number
  /** Made when first somebody narrows by price. */
  ranks: Ranks | undefined
  version: number
}
/** A count of what a list could be narrowed by: since when, for how long in ms, and as JSON once somebody asked for that. */
export type KeptFacets = { at: number; lasts: number; facets: Facets; json: string | undefined }
/** `version` counts changes of price or stock; `changed` are the items of the last of them, the newest last. */
export type View = {
  items: Map<number, Item>
  /** By the number of a product; `max` is below zero where it is not sold. */
  figures: Figures
  byCode: Map<string, Item>
  lists: Map<string, List>
  facets: Map<string, KeptFacets>
  version: number
  changed: Item[]
}
