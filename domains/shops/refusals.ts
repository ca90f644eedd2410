import { refusal } from '#kernel/refusal'
export const ShopMissing = refusal<{ shop: number | string }>(
  'shops.missing',
  'missing',
  (d) => [`ショップ「${d.shop}」が見つかりません。`, 'ショップの番号またはコードをご確認ください。'],
  (d) => [`There is no shop “${d.shop}”.`, 'Check its number or code.'],
)
export const ShopFounded = refusal(
  'shops.founded',
  'conflict',
  () => [
    'ショップはすでに作られています。何も変更していません。',
    '画面を読み込み直し、「ショップの設定」で変更してください。',
  ],
  () => [
    'There is a shop already. Nothing was changed.',
    'Load the page again and change it under “Shop settings”.',
  ],
)
export const ShopStale = refusal<{ version: number }>(
  'shops.stale',
  'conflict',
  () => [
    'ほかの人がショップの設定を変更しました。何も変更していません。',
    '読み込み直してから、もう一度変更してください。',
  ],
  () => [
    'Somebody else has changed the settings of the shop. Nothing was changed.',
    'Load them again, then change them.',
  ],
)
export const RegistrationWrong = refusal(
  'shops.registration',
  'invalid',
  () => [
    '登録番号の検査用数字が合いません。何も変更していません。',
    '登録通知書のT＋13桁を確かめてください。法人番号と同じ数字です。個人事業者は「個人事業者」を選んでください。',
  ],
  () => [
    'The check digit of the registration number is not right. Nothing was changed.',
    'Compare it with the notice of registration: T and the thirteen digits of the corporate number. Choose “sole proprietor” if you are one.',
  ],
)
export const BankAccountMissing = refusal(
  'shops.bank_account',
  'refused',
  () => [
    '銀行振込を受けるには、振込先の口座が必要です。何も変更していません。',
    '銀行名・支店・口座番号・名義を入力するか、銀行振込を外してください。',
  ],
  () => [
    'Bank transfers need an account to go to. Nothing was changed.',
    'Enter bank, branch, number and holder, or take bank transfer away.',
  ],
)
