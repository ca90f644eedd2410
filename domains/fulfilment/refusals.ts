import { refusal } from '#kernel/refusal'
export const ShortageMissing = refusal<{ shortage: number }>(
  'fulfilment.shortage_missing',
  'missing',
  (d) => [
    `不足 ${d.shortage} は見つからないか、すでに解消されています。`,
    '不足の一覧を読み込み直してください。',
  ],
  (d) => [
    `Shortage ${d.shortage} does not exist or has been solved already.`,
    'Load the list of shortages again.',
  ],
)
