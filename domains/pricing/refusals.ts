import { refusal } from '#kernel/refusal'
export const Unpriced = refusal<{ sku: string }>(
  'pricing.unpriced',
  'refused',
  (d) => [`「${d.sku}」には販売価格がありません。`],
  (d) => [`“${d.sku}” has no price in this shop.`],
)
export const PriceChanged = refusal<{ total: number }>(
  'pricing.changed',
  'conflict',
  (d) => [
    `お支払い金額が${d.total.toLocaleString('ja-JP')}円に変わりました。ご注文はまだ確定していません。`,
    '内容をご確認のうえ、もう一度ご注文ください。',
  ],
  (d) => [
    `The total is now ¥${d.total.toLocaleString('en-US')}. Your order has not been placed.`,
    'Please review it and order again.',
  ],
)
