import { refusal } from '#kernel/refusal'

export const MessageMissing = refusal<{ message: number }>(
  'channels.message_missing',
  'missing',
  (d) => [`記録 ${d.message} はありません。`, '連携の記録の一覧を読み込み直してください。'],
  (d) => [`There is no message ${d.message}.`, 'Load the messages of the connection again.'],
)
export const ConnectionMissing = refusal<{ connection: string }>(
  'channels.connection_missing',
  'missing',
  (d) => [`連携「${d.connection}」はありません。`, '連携の一覧から選び直してください。'],
  (d) => [`There is no connection "${d.connection}".`, 'Choose one from the list.'],
)
export const ConnectionElse = refusal<{ connection: string }>(
  'channels.connection_else',
  'conflict',
  (d) => [
    `「${d.connection}」は別の種類の連携で使われています。何も変更していません。`,
    '別の名前を付けてください。',
  ],
  (d) => [
    `"${d.connection}" belongs to another kind of connection. Nothing was changed.`,
    'Choose another name.',
  ],
)
export const SettingWrong = refusal<{ setting: string }>(
  'channels.setting_wrong',
  'invalid',
  (d) => [
    `設定「${d.setting}」の値が正しくありません。何も変更していません。`,
    '説明に合う値を入力してください。',
  ],
  (d) => [
    `The setting "${d.setting}" is not valid. Nothing was changed.`,
    'Enter a value as its description says.',
  ],
)
export const NoticeUnread = refusal(
  'channels.notice_unread',
  'invalid',
  () => ['通知を読み取れませんでした。何も変更していません。', '送信元の通知の形式をご確認ください。'],
  () => ['The notice cannot be read. Nothing was changed.', 'Check the form of the notice at its sender.'],
)
export const ItemWrong = refusal<{ item: string }>(
  'channels.item_wrong',
  'invalid',
  (d) => [
    `相手先の商品番号「${d.item}」の形が正しくありません。何も変更していません。`,
    '相手先の商品ページにある番号を入れるか、出品済みなら空欄にしてください。',
  ],
  (d) => [
    `"${d.item}" is no number of the other side's. Nothing was changed.`,
    'Give the number of its product page, or none where the listing is there already.',
  ],
)
export const ListingTaken = refusal<{ external_sku: string; sku: string }>(
  'channels.listing_taken',
  'conflict',
  (d) => [
    `出品コード「${d.external_sku}」は、商品コード「${d.sku}」に結び付いています。何も変更していません。`,
    '先にその結び付きを外すか、別の出品コードを指定してください。',
  ],
  (d) => [
    `The code "${d.external_sku}" is linked to "${d.sku}". Nothing was changed.`,
    'End that link first, or name another code.',
  ],
)
