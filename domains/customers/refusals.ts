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
  (d) => [`会員番号「${d.code}」はすでに使われています。`, '別の会員番号にしてください。'],
  (d) => [`The card number “${d.code}” is taken.`, 'Choose another one.'],
)
export const IdentityMissing = refusal<{ identity: number }>(
  'customers.identity_missing',
  'missing',
  (d) => [`お客様番号 ${d.identity} が見つかりません。`, '番号をご確認ください。'],
  (d) => [`There is no customer number ${d.identity}.`, 'Check the number.'],
)
export const SameIdentity = refusal(
  'customers.same',
  'invalid',
  () => [
    '同じお客様番号どうしは、まとめられません。何も変更していません。',
    'まとめたい相手のお客様番号を入力してください。',
  ],
  () => [
    'A customer number cannot be joined to itself. Nothing was changed.',
    'Give the number of the other one.',
  ],
)
export const JoinedElsewhere = refusal<{ identity: number }>(
  'customers.joined_elsewhere',
  'conflict',
  (d) => [
    `お客様番号 ${d.identity} は、すでに別のお客様とまとめられています。何も変更していません。`,
    '先にそのまとまりから外してください。',
  ],
  (d) => [
    `Customer number ${d.identity} is joined to another customer already. Nothing was changed.`,
    'Part it from there first.',
  ],
)
export const NotJoined = refusal<{ identity: number }>(
  'customers.not_joined',
  'conflict',
  (d) => [
    `お客様番号 ${d.identity} は、ほかのお客様とまとめられていません。何も変更していません。`,
    'お客様の画面を読み込み直してください。',
  ],
  (d) => [
    `Customer number ${d.identity} is not joined to another. Nothing was changed.`,
    'Load the customer’s page again.',
  ],
)
export const NotYetSaid = refusal(
  'customers.not_yet_said',
  'invalid',
  () => ['同意を受けた日時が未来になっています。何も変更していません。', 'いま以前の日時を入れてください。'],
  () => [
    'The consent was told at a moment that is yet to come. Nothing was changed.',
    'Give one that has been.',
  ],
)
export const NoteMissing = refusal<{ note: number }>(
  'customers.note_missing',
  'missing',
  (d) => [
    `メモ ${d.note} は見つかりません。何も変更していません。`,
    'お客様の画面を読み込み直してください。',
  ],
  (d) => [`There is no note ${d.note}. Nothing was changed.`, 'Load the customer’s page again.'],
)
