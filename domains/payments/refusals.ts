import { refusal } from '#kernel/refusal'
const ja = (n: number) => n.toLocaleString('ja-JP')
const en = (n: number) => n.toLocaleString('en-US')
export const OverRefunded = refusal<{ captured: number; wanted: number }>(
  'payments.over_refunded',
  'refused',
  (d) => [
    `返金できるのは${ja(d.captured)}円までです（指定：${ja(d.wanted)}円）。返金はしていません。`,
    '金額を直して、もう一度お試しください。',
  ],
  (d) => [
    `At most ¥${en(d.captured)} can be refunded (asked: ¥${en(d.wanted)}). Nothing was refunded.`,
    'Lower the amount and try again.',
  ],
)
export const OverCaptured = refusal<{ owed: number; wanted: number }>(
  'payments.over_captured',
  'refused',
  (d) => [
    `未収額は${ja(d.owed)}円です（入力：${ja(d.wanted)}円）。入金は記録していません。`,
    '過入金のときは、金額をご確認ください。',
  ],
  (d) => [
    `¥${en(d.owed)} is owed (entered: ¥${en(d.wanted)}). No payment was recorded.`,
    'Check the amount.',
  ],
)
export const MethodUnknown = refusal<{ payment: string }>(
  'payments.method_unknown',
  'refused',
  () => ['このお支払い方法は、このご注文ではご利用いただけません。', '別のお支払い方法をお選びください。'],
  () => ['This payment method cannot be used for this order.', 'Choose another one.'],
)
