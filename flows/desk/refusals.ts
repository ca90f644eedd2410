import { refusal } from '#kernel/refusal'
export const LineUnknown = refusal<{ order: number; line: number }>(
  'desk.line_unknown',
  'missing',
  (d) => [`注文 ${d.order} に明細 ${d.line} はありません。`, '注文の画面で明細をご確認ください。'],
  (d) => [`Order ${d.order} has no line ${d.line}.`, 'Look at the lines on the order’s page.'],
)
export const MoreThanHeld = refusal<{ line: number; held: number; wanted: number }>(
  'desk.more_than_held',
  'refused',
  (d) => [
    `明細 ${d.line} で出荷できるのは${d.held}点です（指定：${d.wanted}点）。何も出荷していません。`,
    '不足が残っている場合は、先に不足を解消してください。',
  ],
  (d) => [
    `Line ${d.line} can ship ${d.held} (asked: ${d.wanted}). Nothing was shipped.`,
    'If it is short, solve the shortage first.',
  ],
)
export const MoreThanShipped = refusal<{ line: number; shipped: number; wanted: number }>(
  'desk.more_than_shipped',
  'refused',
  (d) => [
    `明細 ${d.line} で返品できるのは${d.shipped}点までです（指定：${d.wanted}点）。`,
    '数量をご確認ください。',
  ],
  (d) => [`Line ${d.line} can return at most ${d.shipped} (asked: ${d.wanted}).`, 'Check the quantity.'],
)
export const NotPaidYet = refusal<{ order: number; owed: number }>(
  'desk.not_paid',
  'refused',
  (d) => [
    `注文 ${d.order} はご入金前です（未収 ${d.owed.toLocaleString('ja-JP')}円）。出荷していません。`,
    '入金を記録してから出荷してください。',
  ],
  (d) => [
    `Order ${d.order} has not been paid (¥${d.owed.toLocaleString('en-US')} owed). Nothing was shipped.`,
    'Record the payment first.',
  ],
)
export const NothingToCancel = refusal<{ order: number }>(
  'desk.nothing_to_cancel',
  'refused',
  (d) => [`注文 ${d.order} に未出荷の商品はありません。`, '出荷後は返品として受け付けてください。'],
  (d) => [`Order ${d.order} has nothing left to cancel.`, 'Take shipped goods back as a return.'],
)
export const NoGoods = refusal<{ sku: string }>(
  'desk.no_goods',
  'refused',
  (d) => [
    `${d.sku} の在庫がどの拠点にもありません。不足はそのまま残っています。`,
    '入荷や移動のあとに、もう一度お試しください。',
  ],
  (d) => [`No place has ${d.sku}. The shortage stands as it was.`, 'Try again after a receipt or transfer.'],
)
export const ElsewhereOnly = refusal<{ place: string }>(
  'desk.elsewhere',
  'forbidden',
  () => [
    '担当の拠点以外の操作はできません。何も変更していません。',
    'その拠点の担当者か、管理者（オーナー）に依頼してください。',
  ],
  () => [
    'You may only do this at your own place. Nothing was changed.',
    'Ask somebody of that place, or an owner.',
  ],
)
export const OverLimit = refusal<{ most: number }>(
  'desk.over_limit',
  'forbidden',
  (d) => [
    `返金の上限（1注文につき${d.most.toLocaleString('ja-JP')}円）を超えます。何も変更していません。`,
    '上限を超える返金は、管理者（オーナー）または経理にご依頼ください。',
  ],
  (d) => [
    `You may refund up to ¥${d.most.toLocaleString('en-US')} of one order. Nothing was changed.`,
    'Ask an owner or accountant to refund more.',
  ],
)
export const PinNeeded = refusal(
  'desk.pin_needed',
  'forbidden',
  () => [
    '店舗での返金には、ご本人の暗証番号（PIN）が必要です。何も変更していません。',
    'PIN を入力して、もう一度お試しください。',
  ],
  () => ['A refund in a store needs your own PIN. Nothing was changed.', 'Enter your PIN and try again.'],
)
