export type SampleText = { ja: string; en: string }

/** `code` is the slug in the address. */
export type SampleCategory = { code: string; parent?: string; name: SampleText }

/** Prices are whole yen with tax inside; cost is whole yen without tax. */
export type SampleVariant = {
  sku: string
  jan: string
  options: Record<string, string>
  price: number
  cost: number
  weight_grams?: number
}

export type SampleOption = {
  code: string
  name: SampleText
  values: { code: string; name: SampleText; colour?: string }[]
}

export type SampleProduct = {
  code: string
  name: SampleText
  kana: string
  summary: SampleText
  description: SampleText
  categories: string[]
  brand: string
  tax: 'standard' | 'reduced'
  age?: 20
  options: SampleOption[]
  variants: SampleVariant[]
  /** A file name in sample/pictures. */
  picture: string
  /** A set has no shelf of its own: it is sold from its parts. */
  components?: { sku: string; quantity: number }[]
  /** Kept apart by lot and best-before date. */
  lot?: boolean
}

export type SamplePlace = {
  code: string
  kind: 'warehouse' | 'store'
  name: SampleText
  postal: string
  address: SampleText
}

export type SampleStock = { sku: string; place: string; quantity: number }

export type SampleRole =
  | 'owner'
  | 'merchandiser'
  | 'store'
  | 'warehouse'
  | 'call'
  | 'marketer'
  | 'accountant'
  | 'developer'

export type SampleStaff = {
  email: string
  name: string
  role: SampleRole
  password: string
  pin?: string
  place?: string
}

export type SampleTill = { code: string; place: string; deviceKey: string }

export type SampleShop = {
  code: string
  name: SampleText
  brand: SampleText
  legalEntity: { name: SampleText; registrationNumber: string }
  postal: string
  address: SampleText
  phone: string
  email: string
}

/** Whole yen, tax inside; `free_from` is the goods' total from which delivery is free. */
export type SampleShippingFee = { all: number; free_from: number; okinawa: number }

/** Cash on delivery: the fee for an amount up to and including `up_to`, tax inside. */
export type SampleCodFee = { up_to: number; fee: number }

export type Sample = {
  shop: SampleShop
  categories: SampleCategory[]
  products: SampleProduct[]
  places: SamplePlace[]
  stock: SampleStock[]
  staff: SampleStaff[]
  tills: SampleTill[]
  bankAccount: SampleText
  shippingFee: SampleShippingFee
  codFees: SampleCodFee[]
  /** Who the shop is, in its own words. */
  about: SampleText
  /** What its search is taught. */
  words: { same: string[][]; stop: string[] }
}
