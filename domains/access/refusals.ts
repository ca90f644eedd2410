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
  () => [
    'メールアドレス（端末）またはパスワード（PIN）が正しくありません。',
    'もう一度入力してください。忘れたときは、管理者（オーナー）にご相談ください。',
  ],
  () => [
    'The address (device) or the password (PIN) is not right.',
    'Try again. If you have forgotten it, ask an owner.',
  ],
)
export const SecretWrong = refusal(
  'access.wrong',
  'forbidden',
  () => [
    'パスワードまたは暗証番号（PIN）が正しくありません。何も変更していません。',
    'もう一度入力してください。',
  ],
  () => ['The password or PIN is not right. Nothing was changed.', 'Enter it again.'],
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
  (d) => ['試行回数が多すぎます。', `${d.seconds}秒後にもう一度お試しください。`],
  (d) => ['Too many attempts.', `Try again in ${d.seconds} seconds.`],
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

export const StepUp = refusal(
  'access.step_up',
  'forbidden',
  () => [
    'この操作の前に、ご本人であることをもう一度確かめます。何も変更していません。',
    'パスワード、パスキー、認証アプリの確認コードのどれかで確かめてください。',
  ],
  () => [
    'Prove once more who you are before this. Nothing was changed.',
    'Use your password, a passkey, or a code of your authenticator app.',
  ],
)
export const SecondFactorNeeded = refusal<{ passkey: boolean }>(
  'access.second_factor',
  'forbidden',
  () => ['認証アプリの確認コードも入力してください。', '端末をなくしたときは、回復コードを使えます。'],
  () => [
    'Enter a code of your authenticator app as well.',
    'If the device is lost, a recovery code will do.',
  ],
)
export const CodeWrong = refusal(
  'access.code_wrong',
  'forbidden',
  () => [
    '確認コードが正しくないか、すでに使われています。',
    '次のコードが表示されてから、もう一度お試しください。端末の時計も確かめてください。',
  ],
  () => [
    'The code is not right, or was used already.',
    'Wait for the next one and try again. See that the device’s clock is right.',
  ],
)
export const PasskeyWrong = refusal(
  'access.passkey_wrong',
  'forbidden',
  () => [
    'このパスキーでは確かめられませんでした。何も変更していません。',
    'もう一度お試しいただくか、別の方法をお使いください。',
  ],
  () => ['This passkey could not be verified. Nothing was changed.', 'Try again, or use another way.'],
)
export const PasskeyHost = refusal(
  'access.passkey_host',
  'refused',
  () => [
    'この管理画面のアドレスでは、パスキーを使えません。',
    '名前のあるアドレス（https）を AKINAI_BASE_URL に設定してください。',
  ],
  () => [
    'Passkeys do not work at this address of the console.',
    'Set an address with a name (https) as AKINAI_BASE_URL.',
  ],
)
export const InvitationGone = refusal(
  'access.invitation_gone',
  'missing',
  () => [
    'この招待は使えません。期限が切れたか、すでに使われたか、取り消されています。',
    '管理者（オーナー）に、新しい招待を依頼してください。',
  ],
  () => [
    'This invitation cannot be used. It has expired, was used, or was taken back.',
    'Ask an owner for a new one.',
  ],
)
export const StaffKnown = refusal<{ staff: number }>(
  'access.staff_known',
  'conflict',
  () => [
    'このメールアドレスの担当者はすでにいます。何も変更していません。',
    '一覧からその人を選んでください。',
  ],
  () => [
    'There is a member of staff with this address already. Nothing was changed.',
    'Choose them in the list.',
  ],
)
export const StaffOutdated = refusal<{ version: number }>(
  'access.staff_outdated',
  'conflict',
  () => [
    'ほかの人が先に変更しました。何も変更していません。',
    '最新の内容を確かめて、もう一度お試しください。',
  ],
  () => ['Somebody has changed this meanwhile. Nothing was changed.', 'Look at it again and try once more.'],
)
export const NotSelf = refusal(
  'access.not_self',
  'refused',
  () => [
    'ご自分に対しては行えません。何も変更していません。',
    'ほかの管理者（オーナー）に依頼してください。',
  ],
  () => ['You cannot do this to yourself. Nothing was changed.', 'Ask another owner.'],
)
export const LastWay = refusal(
  'access.last_way',
  'refused',
  () => [
    'サインインの方法がなくなるため、削除できません。',
    '先に、パスワードを決めるか別のパスキーを加えてください。',
  ],
  () => [
    'No way to sign in would be left. Nothing was changed.',
    'Set a password or add another passkey first.',
  ],
)
export const FactorState = refusal(
  'access.factor_state',
  'conflict',
  () => [
    '認証アプリの設定が、ほかの画面で変わりました。何も変更していません。',
    '画面を開き直してください。',
  ],
  () => [
    'The authenticator app was set up or turned off elsewhere. Nothing was changed.',
    'Open the screen again.',
  ],
)
export const ViewMissing = refusal(
  'access.view_missing',
  'missing',
  () => ['保存した表示が見つかりません。何も変更していません。', '削除されたか、共有が終わっています。'],
  () => ['There is no such view. Nothing was changed.', 'It was removed, or is no longer shared.'],
)
export const TooManyViews = refusal<{ most: number }>(
  'access.too_many_views',
  'refused',
  (d) => [
    `保存できる表示は ${d.most} 件までです。保存していません。`,
    '使わない表示を削除してから、もう一度お試しください。',
  ],
  (d) => [
    `At most ${d.most} views are kept. This one was not.`,
    'Remove one that is not used, and try again.',
  ],
)
export const TillMissing = refusal<{ till: number }>(
  'access.till_missing',
  'missing',
  (d) => [`レジ（番号 ${d.till}）が見つかりません。`, '一覧を読み込み直してください。'],
  (d) => [`There is no till number ${d.till}.`, 'Load the list again.'],
)
export const TillCodeTaken = refusal<{ code: string }>(
  'access.till_code_taken',
  'conflict',
  (d) => [
    `レジの番号「${d.code}」はすでに使われています。何も変更していません。`,
    '別の番号を入力してください。',
  ],
  (d) => [`The till number “${d.code}” is in use. Nothing was changed.`, 'Enter another one.'],
)
export const NoStore = refusal(
  'access.no_store',
  'refused',
  () => [
    'レジを置けるのは、このショップの会社の、使用中の店舗だけです。何も変更していません。',
    '種類が「店舗」の拠点を選んでください。',
  ],
  () => [
    'A till stands in a store that is in use, of the company whose shop this is. Nothing was changed.',
    'Choose a place that is a store.',
  ],
)
export const PinTaken = refusal(
  'access.pin_taken',
  'conflict',
  () => [
    'この暗証番号は使えません。何も変更していません。',
    '別の数字にしてください。同じ数字では、誰がレジを使ったのか分からなくなります。',
  ],
  () => [
    'This PIN cannot be used. Nothing was changed.',
    'Choose other digits: with the same ones nobody could tell who used the till.',
  ],
)
export const FounderThere = refusal(
  'access.founder_there',
  'missing',
  () => [
    'このリンクはもう使えません。最初のオーナーはすでに登録されています。',
    '管理画面からサインインしてください。担当者に加わるには、オーナーに招待を頼んでください。',
  ],
  () => [
    'This link opens nothing any more: the first owner has signed up already.',
    'Sign in at the console. To join the staff, ask an owner for an invitation.',
  ],
)
// A file of persons, which leaves with two people.
export const ReleaseMissing = refusal(
  'access.release_missing',
  'missing',
  () => ['この持ち出しの申請が見つかりません。', '申請の一覧からお選びください。'],
  () => ['There is no such request for a file of persons.', 'Choose it from the list of requests.'],
)
export const OwnRelease = refusal(
  'access.own_release',
  'refused',
  () => [
    'ご自分の申請は、ご自分では承認も却下もできません。何も変更していません。',
    'ほかの管理者（オーナー）に依頼してください。いない場合は、スタッフの画面で招待できます。',
  ],
  () => [
    'You cannot decide on your own request. Nothing was changed.',
    'Ask another owner; where there is none, invite one under Staff.',
  ],
)
export const ReleaseGone = refusal(
  'access.release_gone',
  'refused',
  () => [
    'この申請は、もう決まっているか、期限が過ぎています。何も変更していません。',
    '必要なら、あらためて申請してください。',
  ],
  () => [
    'This request was decided already, or its time is over. Nothing was changed.',
    'Ask anew if need be.',
  ],
)
export const ReleaseNeeded = refusal(
  'access.release_needed',
  'refused',
  () => [
    '氏名や連絡先を含むファイルには、ほかの管理者（オーナー）の承認が必要です。書き出していません。',
    '同じ対象で申請し、承認から 1 時間以内に取り出してください。対象の人数が増えた場合は、申請し直してください。',
  ],
  () => [
    'A file with names and addresses wants another owner’s word. Nothing was written.',
    'Ask for just these rows, and take the file within an hour of the answer. Where more persons match by now, ask again.',
  ],
)
export const TooManyReleases = refusal<{ most: number }>(
  'access.too_many_releases',
  'refused',
  (d) => [
    `承認待ちの申請が ${d.most} 件あります。申請していません。`,
    '決まるか、24 時間たつのをお待ちください。',
  ],
  (d) => [
    `${d.most} requests of yours are waiting. Nothing was asked for.`,
    'Wait until they are decided, or a day has gone by.',
  ],
)
