import type { Short } from '#kernel/ledger'
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
/** Names the SKU of which there are too few, by its line. */
export const tooFew =
  (lines: readonly { sku: number; code: string }[]) =>
  ([s]: Short[]) =>
    NotEnough({
      sku: lines.find((l) => l.sku === s!.account.of.unit)!.code,
      has: s!.has,
      wanted: s!.wanted,
    })
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
  (d) => [
    `移動 ${d.transfer} が見つからないか、すでに入荷済みです。`,
    '移動の一覧を読み込み直してください。',
  ],
  (d) => [
    `Transfer ${d.transfer} does not exist or has already arrived.`,
    'Load the list of transfers again.',
  ],
)
type Unit = { sku: string; serial: string; state: string; order: number | null }
const whereJa = (d: Unit) =>
  d.order !== null
    ? `注文 ${d.order} で販売済みです`
    : d.state === 'on_shelf'
      ? '別の棚にあります'
      : d.state === 'in_transit'
        ? '拠点間を移動中です'
        : d.state === 'gone'
          ? '紛失・廃棄として記録されています'
          : '登録されていません'
const whereEn = (d: Unit) =>
  d.order !== null
    ? `was sold with order ${d.order}`
    : d.state === 'on_shelf'
      ? 'stands on another shelf'
      : d.state === 'in_transit'
        ? 'is between two of our places'
        : d.state === 'gone'
          ? 'is recorded as lost'
          : 'is not known'
export const SerialsNeeded = refusal<{ sku: string; wanted: number; told: number }>(
  'stock.serials_needed',
  'refused',
  (d) => [
    `${d.sku} は1点ずつシリアル番号で管理しています（必要：${d.wanted}件、入力：${d.told}件）。何も記録していません。`,
    '数量と同じ数のシリアル番号を入力してください。',
  ],
  (d) => [
    `${d.sku} is kept by serial number (needed: ${d.wanted}, given: ${d.told}). Nothing was recorded.`,
    'Give as many serial numbers as units.',
  ],
)
export const SerialsNotKept = refusal<{ sku: string }>(
  'stock.serials_not_kept',
  'refused',
  (d) => [
    `${d.sku} はシリアル番号で管理していません。何も記録していません。`,
    'シリアル番号を外すか、商品コードをご確認ください。',
  ],
  (d) => [
    `${d.sku} is not kept by serial number. Nothing was recorded.`,
    'Leave the numbers out, or check the SKU.',
  ],
)
export const SerialTwice = refusal<{ sku: string; serial: string }>(
  'stock.serial_twice',
  'refused',
  (d) => [
    `シリアル番号「${d.serial}」（${d.sku}）が2回入力されています。何も記録していません。`,
    '1点につき1つの番号にしてください。',
  ],
  (d) => [
    `The serial number “${d.serial}” (${d.sku}) was given twice. Nothing was recorded.`,
    'Give each unit its own number.',
  ],
)
/** It cannot come in: it is somewhere already. */
export const SerialElsewhere = refusal<Unit>(
  'stock.serial_elsewhere',
  'conflict',
  (d) => [
    `シリアル番号「${d.serial}」（${d.sku}）は、${whereJa(d)}。何も記録していません。`,
    '番号をもう一度ご確認ください。販売した商品が戻ったときは、返品として受け入れてください。',
  ],
  (d) => [
    `The serial number “${d.serial}” (${d.sku}) ${whereEn(d)}. Nothing was recorded.`,
    'Check the number again. Goods that were sold come back as a return.',
  ],
)
/** It cannot leave: it is not there. */
export const SerialNotThere = refusal<Unit>(
  'stock.serial_not_there',
  'conflict',
  (d) => [
    `シリアル番号「${d.serial}」（${d.sku}）は、ここにはありません。${whereJa(d)}。何も記録していません。`,
    '商品に付いている番号を、もう一度ご確認ください。',
  ],
  (d) => [
    `The serial number “${d.serial}” (${d.sku}) is not here: it ${whereEn(d)}. Nothing was recorded.`,
    'Check the number on the goods again.',
  ],
)
export const CountBySerial = refusal<{ sku: string }>(
  'stock.count_by_serial',
  'refused',
  (d) => [
    `${d.sku} は1点ずつシリアル番号で管理しているため、数では棚卸できません。何も記録していません。`,
    '見つかった番号・なくなった番号を、在庫の調整で記録してください。',
  ],
  (d) => [
    `${d.sku} is kept by serial number and cannot be counted by quantity. Nothing was recorded.`,
    'Adjust by the numbers that were found or are missing.',
  ],
)
export const SerialMissing = refusal<{ sku: string; serial: string }>(
  'stock.serial_missing',
  'missing',
  (d) => [`シリアル番号「${d.serial}」（${d.sku}）は登録されていません。`, '番号をもう一度ご確認ください。'],
  (d) => [`There is no serial number “${d.serial}” (${d.sku}).`, 'Check the number again.'],
)
