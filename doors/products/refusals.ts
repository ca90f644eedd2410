import { refusal } from '#kernel/refusal'

type Missing = { row: number; product: string; column: string; letter: string }
export const LetterMissing = refusal<Missing & { cells: number; missing: readonly Missing[] }>(
  'products.letter_missing',
  'refused',
  (d) => [
    `Shift_JIS（CP932）にない文字が ${d.cells} か所にあります（${shown(d.missing, d.cells, '、')}）。書き出していません。`,
    'UTF-8 で書き出すか、その文字を直してください。',
  ],
  (d) => [
    `Letters that Shift_JIS (CP932) lacks stand in ${d.cells} ${d.cells === 1 ? 'cell' : 'cells'} (${shown(d.missing, d.cells, ', ')}). Nothing was written.`,
    'Export as UTF-8, or change these letters.',
  ],
)
const shown = (missing: readonly Missing[], cells: number, comma: string) =>
  missing.map((m) => `${m.product} ${m.column} ${m.letter}`).join(comma) +
  (cells > missing.length ? `${comma}…` : '')
export const UploadMissing = refusal<{ upload: string }>(
  'products.upload_missing',
  'missing',
  () => [
    'このファイルはもうありません。',
    'もう一度ファイルをお選びください。取り込み済みの行はそのままです。',
  ],
  () => ['This file is no longer here.', 'Choose it again; rows that were taken in stay.'],
)
export const UploadTooLarge = refusal<{ most: number }>(
  'products.upload_too_large',
  'refused',
  (d) => [
    `ファイルが大きすぎます（上限 ${d.most} MB）。何も取り込んでいません。`,
    'gzip で圧縮するか、分けてください。',
  ],
  (d) => [
    `The file is too large (at most ${d.most} MB). Nothing was taken in.`,
    'Pack it with gzip, or divide it.',
  ],
)
export const UploadGap = refusal<{ has: number }>(
  'products.upload_gap',
  'conflict',
  (d) => [`ファイルの続きではありません（受け取り済み ${d.has} バイト）。`, 'その位置から送ってください。'],
  (d) => [`This is not what comes next (${d.has} bytes are here).`, 'Send what follows them.'],
)
export const JobBusy = refusal(
  'products.job_busy',
  'conflict',
  () => [
    'このファイルはいま取り込んでいるか、すでに終わっています。何も変えていません。',
    '取り込みの様子をご確認ください。',
  ],
  () => ['This file is being taken in, or has been. Nothing was changed.', 'See how far it is.'],
)
