import { refusal } from '#kernel/refusal'
export const OrderMissing = refusal<{ order: number }>(
  'orders.missing',
  'missing',
  () => ['ご注文が見つかりません。', '注文番号をご確認ください。'],
  () => ['There is no such order.', 'Check the order number.'],
)
export const OrderNotOpen = refusal<{ order: number; state: string }>(
  'orders.not_open',
  'conflict',
  (d) => [
    `注文 ${d.order} はすでに${d.state === 'cancelled' ? 'キャンセル済み' : '完了'}です。変更はしていません。`,
    '注文の画面を読み込み直してください。',
  ],
  (d) => [`Order ${d.order} is already ${d.state}. Nothing was changed.`, 'Load the order’s page again.'],
)
