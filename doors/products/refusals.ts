import { refusal } from '#kernel/refusal'

export const LetterMissing = refusal<{ product: string; column: string; letter: string }>(
  'products.letter_missing',
  'refused',
  (d) => [
    `商品「${d.product}」の ${d.column} にある文字「${d.letter}」は Shift_JIS（CP932）にありません。書き出していません。`,
    'UTF-8 で書き出すか、その文字を直してください。',
  ],
  (d) => [
    `The letter “${d.letter}” in ${d.column} of the product “${d.product}” is not in Shift_JIS (CP932). Nothing was written.`,
    'Export as UTF-8, or change the letter.',
  ],
)
