import { refusal } from '#kernel/refusal'
export const CartMissing = refusal(
  'carts.missing',
  'missing',
  () => ['カートが見つかりません。', '商品をもう一度カートに入れてください。'],
  () => ['This cart does not exist.', 'Please add your items again.'],
)
export const CartClosed = refusal<{ order: number }>(
  'carts.closed',
  'conflict',
  (d) => [`このカートのご注文はすでに承っています（注文番号 ${d.order}）。`],
  (d) => [`This cart has already been ordered (order ${d.order}).`],
)
export const CartEmpty = refusal(
  'carts.empty',
  'refused',
  () => ['カートに商品が入っていません。'],
  () => ['The cart is empty.'],
)
export const CartUnready = refusal<{ missing: string[] }>(
  'carts.unready',
  'refused',
  () => ['お届け先とお支払い方法を先にご入力ください。ご注文はまだ確定していません。'],
  () => ['Enter the delivery address and payment first. Nothing has been ordered yet.'],
)
