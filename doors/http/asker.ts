/** What a request tells of whoever sent it: language, cookies, where its page is from. */
import type { FastifyReply } from 'fastify'
import type { Lang } from '#kernel/refusal'

export function langOf(request: { headers: Record<string, unknown> }): Lang {
  const asked = String(request.headers['accept-language'] ?? '')
  return /^\s*en\b/i.test(asked) ? 'en' : 'ja'
}

/** Commands come from our own pages or from programs: a browser says where its page is from. */
export function sameOrigin(request: { headers: Record<string, unknown> }, baseUrl: string): boolean {
  const site = request.headers['sec-fetch-site']
  if (site === 'cross-site') return false
  const origin = request.headers.origin
  if (origin === undefined) return true
  if (origin === baseUrl) return true
  return (
    origin === `http://${String(request.headers.host)}` &&
    /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(String(request.headers.host))
  )
}

export function cookiesOf(request: { headers: Record<string, unknown> }): Record<string, string> {
  const all: Record<string, string> = {}
  for (const part of String(request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0) all[part.slice(0, at).trim()] = part.slice(at + 1).trim()
  }
  return all
}
export function setCookie(
  reply: FastifyReply,
  baseUrl: string,
  name: string,
  value: string | null,
  hours?: number,
) {
  const secure = baseUrl.startsWith('https:') ? '; Secure' : ''
  const life = value === null ? '; Max-Age=0' : hours ? `; Max-Age=${Math.round(hours * 3600)}` : ''
  const before = reply.getHeader('set-cookie')
  const line = `${name}=${value ?? ''}; Path=/; HttpOnly; SameSite=Lax${secure}${life}`
  reply.header('set-cookie', before === undefined ? line : [before, line].flat().map(String))
}

const browsers: [RegExp, string][] = [
  [/Edg\//, 'edge'],
  [/Firefox\//, 'firefox'],
  [/Chrome\//, 'chrome'],
  [/Safari\//, 'safari'],
]
const systems: [RegExp, string][] = [
  [/iPhone|iPad/, 'ios'],
  [/Android/, 'android'],
  [/Windows/, 'windows'],
  [/Mac OS/, 'macos'],
  [/Linux|CrOS/, 'linux'],
]
/** The kind of browser in two words, so that somebody knows their sessions apart; the rest of what it tells is kept nowhere. */
export function agentOf(told: string | undefined): string | null {
  const of = (known: [RegExp, string][]) => known.find(([pattern]) => pattern.test(told ?? ''))?.[1]
  const browser = of(browsers)
  return browser ? `${browser} ${of(systems) ?? 'other'}` : null
}
