import { refusal } from '#kernel/refusal'
export const SignInFirst = refusal(
  'access.sign_in',
  'forbidden',
  () => ['サインインしてください。', 'サインインの有効期限が切れた場合も、ここからやり直せます。'],
  () => ['Please sign in.', 'Your sign-in may have expired.'],
)
export const SignInFailed = refusal(
  'access.failed',
  'forbidden',
  () => ['メールアドレス（端末）またはパスワード（PIN）が正しくありません。'],
  () => ['The address (device) or the password (PIN) is not right.'],
)
export const SecretWrong = refusal(
  'access.wrong',
  'forbidden',
  () => ['パスワードまたは暗証番号（PIN）が正しくありません。何も変更していません。'],
  () => ['The password or PIN is not right. Nothing was changed.'],
)
export const NotAllowed = refusal<{ permission: string }>(
  'access.not_allowed',
  'forbidden',
  () => [
    'この操作を行う権限がありません。何も変更していません。',
    '必要な場合は、管理者（オーナー）にご相談ください。',
  ],
  () => ['You do not have permission for this. Nothing was changed.', 'Ask an owner if you need it.'],
)
export const TooMany = refusal<{ seconds: number }>(
  'access.too_many',
  'refused',
  (d) => [`試行回数が多すぎます。${d.seconds}秒後にもう一度お試しください。`],
  (d) => [`Too many attempts. Try again in ${d.seconds} seconds.`],
)
export const NotYours = refusal<{ shop: string }>(
  'access.not_yours',
  'forbidden',
  (d) => [
    d.shop === ''
      ? '担当するショップをすべてにできるのは、すべてのショップを担当する人だけです。何も変更していません。'
      : `ショップ「${d.shop}」を担当していないため、ほかの人に任せることはできません。何も変更していません。`,
    'そのショップを担当する管理者（オーナー）にご相談ください。',
  ],
  (d) => [
    d.shop === ''
      ? 'Only somebody who works for every shop can grant every shop. Nothing was changed.'
      : `You do not work for the shop “${d.shop}” and cannot grant it. Nothing was changed.`,
    'Ask an owner who works for it.',
  ],
)
export const LastOwner = refusal(
  'access.last_owner',
  'refused',
  () => [
    'すべてのショップを担当するオーナーがいなくなるため、変更できません。',
    '先に、別のオーナーをすべてのショップの担当にしてください。',
  ],
  () => [
    'Nobody would be left who owns every shop. Nothing was changed.',
    'Let another owner work for every shop first.',
  ],
)
