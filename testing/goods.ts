/** A product of one SKU that bears numbers, as the product page sends it. */
export const numberedProduct = (
  code: string,
  name: { ja: string; en: string },
  sku: { code: string; price: number; jan?: string } & Record<string, unknown>,
) => ({
  code,
  brand: null,
  name,
  kana: null,
  summary: null,
  description: null,
  tax_class: 'standard',
  age: null,
  picture: null,
  categories: [],
  options: [],
  fields: {},
  skus: [
    {
      jan: null,
      options: {},
      unit: 'piece',
      decimals: 0,
      case_pack: null,
      weight_grams: null,
      lot_kept: false,
      serial_kept: true,
      components: null,
      archived: false,
      ...sku,
    },
  ],
})
