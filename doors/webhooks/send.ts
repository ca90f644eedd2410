import http from 'node:http'
import https from 'node:https'
import { fit, Unfit, type Resolve } from './guard.ts'

export type Sent = { status?: number; failure?: string }
const hops = 3

/**
 * Posts a message and says what came of it, in a code: never in words of the other side, which may hold anything. Redirects
 * (307, 308) are followed three times at most, each hop checked and pinned like the first.
 */
export async function send(
  to: string,
  headers: Record<string, string>,
  body: string,
  o: { allowed?: readonly string[]; resolve?: Resolve; timeout?: number } = {},
): Promise<Sent> {
  const until = performance.now() + (o.timeout ?? 15_000)
  let at = to
  for (let hop = 0; ; hop++) {
    try {
      const target = await fit(at, o)
      const answer = await post(target, headers, body, Math.max(1, until - performance.now()))
      if ((answer.status === 307 || answer.status === 308) && answer.location && hop < hops) {
        at = new URL(answer.location, target.url).href
        continue
      }
      const { status } = answer
      return status >= 200 && status < 300 ? { status } : { status, failure: `status_${status}` }
    } catch (error) {
      if (error instanceof Unfit) return { failure: `address_${error.why}` }
      const { code } = error as { code?: string }
      return {
        failure:
          code === 'TIMEOUT'
            ? 'timeout'
            : /^[A-Z_]{3,40}$/.test(code ?? '')
              ? code!.toLowerCase()
              : 'connection',
      }
    }
  }
}

function post(
  target: { url: URL; address: string; family: number },
  headers: Record<string, string>,
  body: string,
  ms: number,
): Promise<{ status: number; location: string | undefined }> {
  const done = Promise.withResolvers<{ status: number; location: string | undefined }>()
  const { request } = target.url.protocol === 'https:' ? https : http
  const asked = request(
    target.url,
    {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: false,
      // Pinned: whatever the name says by now.
      lookup: (_host, options, found) =>
        options.all
          ? found(null, [{ address: target.address, family: target.family }])
          : found(null, target.address, target.family),
    },
    (answer) => {
      // What it says is of no interest; it must not keep the line open by saying it for ever.
      done.resolve({ status: answer.statusCode ?? 0, location: answer.headers.location })
      answer.destroy()
    },
  )
  const timer = setTimeout(() => asked.destroy(Object.assign(new Error('late'), { code: 'TIMEOUT' })), ms)
  asked.on('error', done.reject)
  asked.end(body)
  return done.promise.finally(() => clearTimeout(timer))
}
