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
  (d) => [
    `このカートのご注文はすでに承っています（注文番号 ${d.order}）。`,
    '続けてご注文いただくときは、新しいカートをお使いください。',
  ],
  (d) => [`This cart has already been ordered (order ${d.order}).`, 'To order more, begin a new cart.'],
)
export const CartEmpty = refusal(
  'carts.empty',
  'refused',
  () => ['カートに商品が入っていません。', '商品をカートに入れてからお進みください。'],
  () => ['The cart is empty.', 'Put something into it first.'],
)
export const CartUnready = refusal<{ missing: string[] }>(
  'carts.unready',
  'refused',
  () => [
    'お届け先とお支払い方法を先にご入力ください。ご注文はまだ確定していません。',
    'ご購入手続きの画面で入力できます。',
  ],
  () => [
    'Enter the delivery address and payment first. Nothing has been ordered yet.',
    'Checkout asks for both.',
  ],
)
