import { refusal } from '#kernel/refusal'
export const LetterMissing = refusal<{ message: string }>(
  'mail.missing',
  'missing',
  () => [
    'このメールは見つかりません。',
    '送信箱を読み込み直してください。送信から90日たったメールは残っていません。',
  ],
  () => ['There is no such mail.', 'Load the outbox again. Mails are kept for ninety days.'],
)
export const NoSmtp = refusal(
  'mail.no_smtp',
  'refused',
  () => [
    'メールサーバーが設定されていないため、送信できません。',
    '管理者に、AKINAI_SMTP_URL と AKINAI_MAIL_FROM の設定を依頼してください。メールは送信箱に残っています。',
  ],
  () => [
    'No mail server is set up, so nothing can be sent.',
    'Ask an administrator to set AKINAI_SMTP_URL and AKINAI_MAIL_FROM. The mail stays in the outbox.',
  ],
)
export const LetterErased = refusal(
  'mail.erased',
  'refused',
  () => [
    'お客様の情報が消去されているため、送れません。何も送っていません。',
    '宛先も本文も残っていないので、このメールは送信箱に置いたままにしてください。',
  ],
  () => [
    'The customer’s data was erased, so this cannot be sent. Nothing was sent.',
    'Neither its address nor its words are left; leave it in the outbox.',
  ],
)
