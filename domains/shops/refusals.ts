import { refusal } from '#kernel/refusal'
export const ShopMissing = refusal<{ shop: number | string }>(
  'shops.missing',
  'missing',
  (d) => [`ショップ「${d.shop}」が見つかりません。`],
  (d) => [`There is no shop “${d.shop}”.`],
)
