import { refusal } from '#kernel/refusal'
export const MemberMissing = refusal<{ code: string }>(
  'customers.missing',
  'missing',
  (d) => [`会員番号「${d.code}」が見つかりません。`, '番号をもう一度読み取ってください。'],
  (d) => [`There is no member “${d.code}”.`, 'Scan the card again.'],
)
export const MemberCodeTaken = refusal<{ code: string }>(
  'customers.code_taken',
  'conflict',
  (d) => [`会員番号「${d.code}」はすでに使われています。`],
  (d) => [`The card number “${d.code}” is taken.`],
)
