/** What went wrong with a connection, in words: what happened, what is not affected, what to do. */
type Words = { ja: string; en: string }
const outages: Record<string, Words> = {
  unreachable: {
    ja: '相手先につながりません。店の販売には影響ありません。つながり次第、溜まった分を自動で処理します。',
    en: 'The other side cannot be reached. Selling is not affected; what waits is done by itself once it answers.',
  },
  slow: {
    ja: '相手先の応答が遅く、待つのをやめました。店の販売には影響ありません。自動で再試行します。',
    en: 'The other side took too long. Selling is not affected; it is tried again by itself.',
  },
  throttled: {
    ja: '相手先の呼び出し上限に達しました。上限が戻り次第、自動で続けます。',
    en: 'The other side allows no more calls for now. It goes on by itself when it does.',
  },
  broken: {
    ja: '相手先で障害が起きています。自動で再試行します。',
    en: 'The other side has a failure. It is tried again by itself.',
  },
  garbage: {
    ja: '相手先の応答を読み取れませんでした。何も取り込んでいません。自動で再試行します。',
    en: 'The other side answered something unreadable. Nothing was taken in; it is tried again by itself.',
  },
  denied: {
    ja: '相手先に認証を拒まれました。鍵の期限と設定をご確認のうえ「つないでみる」をお試しください。',
    en: 'The other side does not accept our keys. Check their expiry and the settings, then use "Try it".',
  },
  declined: {
    ja: '相手先が内容を受け付けませんでした。記録の詳細をご確認ください。',
    en: 'The other side does not accept what was sent. See the record for details.',
  },
  settings: {
    ja: '設定が足りません。空欄の項目を入力してください。',
    en: 'Settings are missing. Fill in what is empty.',
  },
  fault: {
    ja: 'こちらの不具合で処理できませんでした。開発者にお知らせください。自動で再試行します。',
    en: 'A fault on our side. Tell a developer; it is tried again by itself.',
  },
}
const reasons: Record<string, Words> = {
  missing: { ja: '必要な項目がありません', en: 'A field that is needed is missing' },
  currency: { ja: '円以外の通貨です', en: 'Another currency than yen' },
  not_yen: { ja: '金額が円の整数ではありません', en: 'The amount is not in whole yen' },
  not_a_moment: { ja: '日時として読めません', en: 'Not readable as a date and time' },
  not_a_count: { ja: '数量として読めません', en: 'Not readable as a quantity' },
  too_long: { ja: '長すぎます', en: 'Too long' },
  characters: { ja: '保存できない文字があります', en: 'Characters that cannot be kept' },
  unknown_state: { ja: '知らない状態です', en: 'A state that is not known' },
  no_lines: { ja: '明細がありません', en: 'There are no lines' },
  too_many_lines: { ja: '明細が多すぎます', en: 'There are too many lines' },
  negative: { ja: '金額が負の数です', en: 'An amount below zero' },
  refused: { ja: '取り込めない状態です', en: 'It cannot be done as things stand' },
  unknown_there: { ja: '相手先に見つかりません', en: 'The other side does not know it' },
  declined: { ja: '相手先が受け付けませんでした', en: 'The other side did not accept it' },
  grew: {
    ja: '注文のあとで数量か金額が増えました。受注画面でご確認ください',
    en: 'The order grew after it was placed. Look at it among the orders',
  },
  left_the_house: {
    ja: '出荷したあとに取り消されました。返品・返金をご確認ください',
    en: 'Given up after it was shipped. See to its return and refund',
  },
  fault: { ja: 'こちらの不具合です', en: 'A fault on our side' },
}
export const failureWords = (code: string): Words => outages[code] ?? outages.fault!
export const reasonWords = (code: string): Words => reasons[code] ?? reasons.fault!
