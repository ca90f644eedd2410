import { refusal } from '#kernel/refusal'
export const EndpointMissing = refusal<{ endpoint: number }>(
  'webhooks.missing',
  'missing',
  () => ['この送信先は見つかりません。', '送信先の一覧を読み込み直してください。'],
  () => ['There is no such endpoint.', 'Load the list of endpoints again.'],
)
export const EndpointChanged = refusal<{ version: number }>(
  'webhooks.changed',
  'conflict',
  () => [
    'ほかの人がこの送信先を変更しました。何も変更していません。',
    '読み込み直してから、もう一度変更してください。',
  ],
  () => ['Somebody else has changed this endpoint. Nothing was changed.', 'Load it again, then change it.'],
)
/** `why` is a code of `doors/webhooks/guard.ts`. */
export const AddressUnfit = refusal<{ why: string }>(
  'webhooks.address',
  'invalid',
  (d) => [
    `このアドレスには送信できません（${d.why}）。`,
    'インターネットから届く https のアドレスを指定してください。',
  ],
  (d) => [
    `Nothing can be sent to this address (${d.why}).`,
    'Name an https address that the internet can reach.',
  ],
)
