import { refusal } from '#kernel/refusal'

export const RunMissing = refusal<{ bulk: string }>(
  'bulk.missing',
  'missing',
  () => ['ご指定のまとめて操作が見つかりません。', '「まとめて操作」の一覧からお選びください。'],
  () => ['There is no such bulk run.', 'Choose one from the list of bulk runs.'],
)
export const NothingMatches = refusal(
  'bulk.nothing',
  'refused',
  () => ['当てはまる行がありません。何も変更していません。', '一覧を開き直して、もう一度お選びください。'],
  () => ['Nothing matches. Nothing was changed.', 'Open the list again and select once more.'],
)
export const TooManyMatch = refusal<{ most: number }>(
  'bulk.too_many',
  'refused',
  (d) => [
    `一度に操作できるのは ${d.most.toLocaleString('ja-JP')} 件までです。何も変更していません。`,
    '絞り込みを足して、分けて操作してください。',
  ],
  (d) => [
    `At most ${d.most.toLocaleString('en-US')} rows at once. Nothing was changed.`,
    'Narrow the list and do it in parts.',
  ],
)
export const MatchesChanged = refusal<{ count: number; amount: number | null }>(
  'bulk.matches_changed',
  'conflict',
  (d) => [
    `確認のあいだに、対象が ${d.count.toLocaleString('ja-JP')} 件に、または金額が変わりました。何も変更していません。`,
    '新しい件数と金額を確かめて、もう一度実行してください。',
  ],
  (d) => [
    `What matches has changed meanwhile: ${d.count.toLocaleString('en-US')} rows, or another amount. Nothing was changed.`,
    'Look at the new count and amount, then do it again.',
  ],
)
export const NotUndoable = refusal(
  'bulk.not_undoable',
  'refused',
  () => [
    'このまとめて操作は元に戻せません。何も変更していません。',
    '処理中のものは、終わるか中止してから元に戻せます。受注の操作は元に戻せません。',
  ],
  () => [
    'This bulk run cannot be undone. Nothing was changed.',
    'One under way can be undone when it has ended or was cancelled; what was done to orders cannot.',
  ],
)
export const RunStopped = refusal(
  'bulk.stopped',
  'conflict',
  () => ['このまとめて操作は中止されました。', 'それまでに済んだ分はそのまま残っています。'],
  () => ['This bulk run was cancelled.', 'What was done until then stays.'],
)
export const AskerGone = refusal(
  'bulk.asker_gone',
  'forbidden',
  () => [
    '操作を始めた担当者の権限が変わったため、途中で止めました。済んだ分はそのまま残っています。',
    '残りは、権限のある担当者がもう一度操作してください。',
  ],
  () => [
    'Stopped: whoever began it may not do this any more. What was done stays.',
    'Somebody with the permission can do the rest.',
  ],
)
export const AmountChanged = refusal<{ was: number; now: number }>(
  'bulk.amount_changed',
  'conflict',
  (d) => [
    `金額が、確認したとき（${d.was.toLocaleString('ja-JP')}円）から ${d.now.toLocaleString('ja-JP')}円に変わったため、何もしていません。`,
    'この注文は、1件ずつ確かめて操作してください。',
  ],
  (d) => [
    `The amount was ¥${d.was.toLocaleString('en-US')} when it was confirmed and is ¥${d.now.toLocaleString('en-US')} now. Nothing was done.`,
    'Look at this order by itself.',
  ],
)
export const NotTransfer = refusal<{ order: number }>(
  'bulk.not_transfer',
  'refused',
  (d) => [
    `注文 ${d.order} は銀行振込の入金待ちではありません。何も変更していません。`,
    '入金は、注文の画面で確かめてください。',
  ],
  (d) => [
    `Order ${d.order} is not waiting for a bank transfer. Nothing was changed.`,
    'Look at its payments on the order’s own page.',
  ],
)
export const PriceBelow = refusal<{ sku: string }>(
  'bulk.price_below',
  'refused',
  (d) => [
    `${d.sku} の価格が 1 円を下回るか高すぎるため、この商品の価格は変えていません。`,
    '商品の画面で、個別に変えてください。',
  ],
  (d) => [
    `${d.sku} would cost less than ¥1, or too much. This product’s prices were not changed.`,
    'Change it on the product’s own page.',
  ],
)
export const ChangedSince = refusal(
  'bulk.changed_since',
  'conflict',
  () => ['あとから変更されているため、元に戻していません。', '必要なら、商品の画面で直してください。'],
  () => ['It was changed since, and stays as it is.', 'Change it on its own page if need be.'],
)
export const ItemFault = refusal(
  'bulk.fault',
  'refused',
  () => [
    'システムの不具合のため、この行は変更していません。',
    'しばらくしてから、この行だけもう一度お試しください。',
  ],
  () => ['Something went wrong on our side. This row was not changed.', 'Try it again later, by itself.'],
)
