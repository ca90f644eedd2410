/** Every error leaves as an RFC 9457 problem: what happened, in the reader's language, and what to do next. */
import { checked } from '#kernel/trust'
import { outage } from '#kernel/db'
import { uuid } from '#kernel/ids'
import { Busy, KeyReused, Refusal, refusal, refusalOf, words, type Lang } from '#kernel/refusal'

export type Problem = {
  type: string
  title: string
  status: number
  code: string
  todo?: string
  detail?: unknown
  errors?: { path: string; message: string }[]
  id: string
}
const status = { invalid: 400, missing: 404, forbidden: 403, conflict: 409, refused: 422 } as const

export const Invalid = refusal(
  'http.invalid',
  'invalid',
  () => [
    '入力内容に誤りがあります。何も変更していません。',
    '示された項目を直して、もう一度お送りください。',
  ],
  () => ['The request is not valid. Nothing was changed.', 'Correct the fields named and send it again.'],
)
export const NoRoute = refusal<{ path: string }>(
  'http.no_route',
  'missing',
  () => ['ご指定のページまたは機能はありません。', 'アドレスをご確認ください。'],
  () => ['There is no such page or function.', 'Check the address.'],
)
export const KeyMissing = refusal(
  'http.key_missing',
  'invalid',
  () => ['Idempotency-Key がありません。', '要求ごとに新しい UUID を付けてください。'],
  () => ['The Idempotency-Key header is missing.', 'Send a new UUID with each command.'],
)
// Told where the kernel throws; here they have their words.
refusal(
  'http.key_reused',
  'conflict',
  () => [
    '同じ Idempotency-Key が別の内容で使われました。何も変更していません。',
    '新しい要求には新しいキーをお使いください。',
  ],
  () => [
    'This Idempotency-Key was used with another body. Nothing was changed.',
    'Use a new key for a new request.',
  ],
)
refusal(
  'http.busy',
  'refused',
  () => ['混み合っています。何も変更していません。', '数秒おいて、同じキーでもう一度お送りください。'],
  () => [
    'Too busy right now. Nothing was changed.',
    'Wait a few seconds and send it again with the same key.',
  ],
)
// Declared for their words: an outage is answered with them, never thrown. Whether a commit took place is not known when the
// connection was lost during it, so the words promise only what the key promises.
const repeat = {
  ja: '少し待って、同じ内容を同じキーでもう一度お送りください（画面ではもう一度押してください）。二重にはなりません。',
  en: 'Wait a little and send the same again with the same key (on a screen: press once more). It will not be done twice.',
}
refusal(
  'http.away',
  'refused',
  () => ['ただいまデータベースにつながりません。確定済みの内容は失われていません。', repeat.ja],
  () => ['The database cannot be reached right now. Nothing that was confirmed is lost.', repeat.en],
)
refusal(
  'http.full',
  'refused',
  () => ['ただいま保存する場所に空きがありません。確定済みの内容は失われていません。', repeat.ja],
  () => ['There is no room to store anything right now. Nothing that was confirmed is lost.', repeat.en],
)
export const TooLarge = refusal(
  'http.too_large',
  'invalid',
  () => ['送られた内容が大きすぎます。何も変更していません。', '分けてお送りください。'],
  () => ['The request is too large. Nothing was changed.', 'Send it in parts.'],
)
export const TooSlow = refusal(
  'http.too_slow',
  'invalid',
  () => ['送信に時間がかかりすぎました。何も変更していません。', 'もう一度お送りください。'],
  () => ['The request took too long to arrive. Nothing was changed.', 'Send it again.'],
)
export const WrongOrigin = refusal(
  'http.origin',
  'forbidden',
  () => ['別のサイトからの操作のため、受け付けませんでした。', 'このサイトの画面から操作してください。'],
  () => ['The request came from another site and was not accepted.', 'Do it on a page of this site.'],
)
export const RateLimited = refusal(
  'http.rate',
  'refused',
  () => ['短い時間に操作が多すぎます。何も変更していません。', '少し待ってからお試しください。'],
  () => ['Too many requests. Nothing was changed.', 'Wait a moment and try again.'],
)
refusal(
  // Declared for its words: a fault is answered with them, never thrown.

  'http.fault',
  'refused',
  () => [
    'システムの不具合が起きました。途中の変更は残っていません。',
    'しばらくしてからお試しください。続く場合はこの番号を添えてお知らせください。',
  ],
  () => [
    'Something went wrong on our side. Nothing was left half-done.',
    'Try again later. If it persists, quote this number.',
  ],
)

/** The base of problem types: paths of our own documentation, not of somebody's host. */
const made = (
  code: string,
  http: number,
  lang: Lang,
  more: Partial<Problem> = {},
  detail: object = {},
): Problem => {
  const said = words(code, checked(detail), lang)
  return {
    type: `/problems/${code}`,
    title: said.title,
    status: http,
    code,
    ...(said.todo && { todo: said.todo }),
    ...(Object.keys(detail).length && { detail }),
    ...more,
    id: uuid(),
  }
}
export function problemOf(e: unknown, lang: Lang): { problem: Problem; fault: boolean; retryAfter?: number } {
  if (e instanceof InvalidInput)
    return { problem: made('http.invalid', 400, lang, { errors: e.errors }), fault: false }
  if (e instanceof Refusal) {
    const declared = refusalOf(e.code)
    if (e.code === 'http.rate') return { problem: made(e.code, 429, lang), fault: false, retryAfter: 1 }
    if (e.code === 'access.sign_in' || e.code === 'access.failed')
      return { problem: made(e.code, 401, lang), fault: false }
    if (e.code === 'access.too_many')
      return {
        problem: made(e.code, 429, lang, {}, e.detail),
        fault: false,
        retryAfter: Number(e.detail.seconds),
      }
    if (e.code === 'http.too_large') return { problem: made(e.code, 413, lang), fault: false }
    return { problem: made(e.code, status[declared.kind], lang, {}, e.detail), fault: false }
  }
  if (e instanceof KeyReused) return { problem: made('http.key_reused', 409, lang), fault: false }
  if (e instanceof Busy) return { problem: made('http.busy', 503, lang), fault: false, retryAfter: 2 }
  const out = outage(e)
  if (out) return { problem: made(`http.${out}`, 503, lang), fault: false, retryAfter: 5 }
  const http = (e as { statusCode?: number }).statusCode
  const code = (e as { code?: string }).code
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return { problem: made('http.too_large', 413, lang), fault: false }
  if (http !== undefined && http >= 400 && http < 500)
    return { problem: made('http.invalid', http, lang), fault: false }
  return { problem: made('http.fault', 500, lang), fault: true }
}
export class InvalidInput extends Error {
  readonly errors: { path: string; message: string }[]
  constructor(errors: { path: string; message: string }[]) {
    super('invalid input')
    this.errors = errors
  }
}
