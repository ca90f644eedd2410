import { refusal } from '#kernel/refusal'
export const Unpriced = refusal<{ sku: string }>(
  'pricing.unpriced',
  'refused',
  (d) => [
    `「${d.sku}」には販売価格がありません。`,
    '先に価格を設定してください。お買い物中の方は、別の商品をお選びください。',
  ],
  (d) => [
    `“${d.sku}” has no price in this shop.`,
    'Set its price first. If you are shopping, choose another item.',
  ],
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

const at = (from: string, lang: 'ja-JP' | 'en-GB') =>
  new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Tokyo' }).format(
    Date.parse(from),
  )
export const PastPrice = refusal<{ from: string; at: string }>(
  'pricing.past',
  'refused',
  (d) => [
    `過去の価格（${at(d.from, 'ja-JP')}）は変えられません。何も変更していません。`,
    'これからの日時を指定するか、日時を空けて今から変えてください。売れたときの価格の記録として残ります。',
  ],
  (d) => [
    `A price of the past (${at(d.from, 'en-GB')}) cannot be changed. Nothing was changed.`,
    'Name a time to come, or none, to change it from now. What goods were sold at stays on record.',
  ],
)
export const SaleBackwards = refusal<{ at: string }>(
  'pricing.sale_backwards',
  'invalid',
  () => [
    '終わりの日時が、始まりより前か、過ぎています。何も変更していません。',
    '終わりの日時を直してください。',
  ],
  () => ['It would end before it begins, or has ended already. Nothing was changed.', 'Correct the end.'],
)
export const PriceInTheWay = refusal<{ sku: string; from: string }>(
  'pricing.in_the_way',
  'conflict',
  (d) => [
    `「${d.sku}」には、その期間に別の価格の予定（${at(d.from, 'ja-JP')}から）があります。何も変更していません。`,
    '先にその予定を取り下げるか、期間を分けてください。',
  ],
  (d) => [
    `“${d.sku}” has another price planned in that time (from ${at(d.from, 'en-GB')}). Nothing was changed.`,
    'Withdraw it first, or choose another time.',
  ],
)
export const NoSuchPlan = refusal<{ from: string }>(
  'pricing.no_such_plan',
  'missing',
  () => ['この価格の予定は、もうありません。何も変更していません。', '画面を読み込み直してください。'],
  () => ['This planned price is no longer there. Nothing was changed.', 'Load the page again.'],
)
export const FirstPrice = refusal<{ sku: string }>(
  'pricing.first_price',
  'refused',
  (d) => [
    `「${d.sku}」には、これより前の価格がないため、取り下げられません。何も変更していません。`,
    '価格を直すか、SKUの販売を終了してください。',
  ],
  (d) => [
    `“${d.sku}” has no price before this one, so it cannot be withdrawn. Nothing was changed.`,
    'Change the price, or end the sale of the SKU.',
  ],
)
