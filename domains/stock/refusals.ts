import { refusal } from '#kernel/refusal'
type ShortLine = { sku: string; wanted: number; left: number }
const list = (short: ShortLine[], sep: string, say: (s: ShortLine) => string) => short.map(say).join(sep)
export const OutOfStock = refusal<{ short: ShortLine[] }>(
  'stock.out',
  'refused',
  (d) => [
    `在庫が足りません：${list(d.short, '、', (s) => (s.left > 0 ? `${s.sku} は${s.left}点までご注文いただけます` : `${s.sku} は売り切れました`))}。ご注文はまだ確定していません。`,
    '数量を減らすか、別の商品をお選びください。',
  ],
  (d) => [
    `Not enough in stock: ${list(d.short, '; ', (s) => (s.left > 0 ? `${s.sku} has ${s.left} left` : `${s.sku} is sold out`))}. Nothing has been ordered.`,
    'Lower the quantity or choose another item.',
  ],
)
export const NotEnough = refusal<{ sku: string; has: number; wanted: number }>(
  'stock.not_enough',
  'refused',
  (d) => [
    `${d.sku} の在庫は${d.has}点です（指定：${d.wanted}点）。在庫は変わっていません。`,
    '数量をご確認ください。',
  ],
  (d) => [`${d.sku} has ${d.has} on hand (asked: ${d.wanted}). No stock was moved.`, 'Check the quantity.'],
)
export const NothingHeld = refusal<{ order: number }>(
  'stock.nothing_held',
  'refused',
  (d) => [
    `注文 ${d.order} に出荷できる引当がありません。`,
    '不足の解消、またはすでに出荷済みでないかをご確認ください。',
  ],
  (d) => [
    `Order ${d.order} has nothing set aside to ship.`,
    'Solve its shortage first, or see whether it has already been shipped.',
  ],
)
export const JourneyMissing = refusal<{ transfer: number }>(
  'stock.journey_missing',
  'missing',
  (d) => [`移動 ${d.transfer} が見つからないか、すでに入荷済みです。`],
  (d) => [`Transfer ${d.transfer} does not exist or has already arrived.`],
)
