/** The shop's pages are an app like any other: it knows the store API alone. Here its calls are answered without the network. */
import { checked } from '#kernel/trust'
import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { uuid } from '#kernel/ids'
import { NoRoute, RateLimited, WrongOrigin } from './problem.ts'
import type { Services } from './route.ts'
import { cookiesOf, langOf, sameOrigin, setCookie } from './asker.ts'
import { callInProcess } from './in-process.ts'

type PageRequest = {
  method: string
  path: string
  query: Record<string, string>
  form: Record<string, string> | undefined
  cookies: Record<string, string>
  lang: 'ja' | 'en'
  nonce: string
  baseUrl: string
  address: string
  newKey(): string
}
type PageAnswer = {
  status: number
  body: string
  location?: string
  cookies?: { name: string; value: string | null; hours?: number }[]
  type?: string
}
const isLang = (lang: unknown): lang is 'ja' | 'en' => lang === 'ja' || lang === 'en'
type App = {
  handle(request: PageRequest, api: (name: string, input: object) => Promise<unknown>): Promise<PageAnswer>
}

/** Where a page sends somebody, as a header can hold it, and nowhere but within the shop: `back` is what an address said. */
export function withinShop(location: string): string {
  const shop = 'http://shop.invalid'
  const to = URL.parse(location, shop)
  return to?.origin === shop ? to.pathname.replace(/^\/{2,}/, '/') + to.search + to.hash : '/'
}

export async function mountStorefront(app: FastifyInstance, services: Services, url: string): Promise<void> {
  const storefront = (await import(url)) as App
  app.route({
    method: ['GET', 'POST'],
    url: '/*',
    handler: async (request, reply) => {
      // Programs ask under these: they are answered in their own form, not with a page.
      if (/^\/(store|admin|till|connect)\/v\d+\//.test(request.url)) throw NoRoute({ path: '' })
      const post = request.method === 'POST'
      if (post && !sameOrigin(request, services.baseUrl)) throw WrongOrigin({})
      if (
        post &&
        services.limits.take(
          `command ${request.ip}`,
          services.config.commandsPerSecond,
          services.config.commandsPerSecond * 2,
        ) > 0
      )
        throw RateLimited({})
      const cookies = cookiesOf(request)
      const query = request.query as Record<string, string>
      // An address may name its language, for search engines and for links that are passed on; else whoever looks has chosen one.
      const named = isLang(query['lang']) ? query['lang'] : undefined
      const lang = named ?? (isLang(cookies.lang) ? cookies.lang : langOf(request))
      const nonce = randomBytes(16).toString('base64url')
      const at = request.url.indexOf('?')
      const answer = await storefront.handle(
        {
          method: request.method,
          path: decodeURI(at < 0 ? request.url : request.url.slice(0, at)),
          query,
          form: post ? (request.body as Record<string, string>) : undefined,
          cookies,
          lang,
          nonce,
          baseUrl: services.baseUrl,
          address: request.ip,
          newKey: uuid,
        },
        (name, input) => callInProcess(services, name, checked(input), { lang, address: request.ip }),
      )
      if (named && !post) setCookie(reply, services.baseUrl, 'lang', named, 24 * 365)
      for (const c of answer.cookies ?? []) setCookie(reply, services.baseUrl, c.name, c.value, c.hours)
      reply.header(
        'content-security-policy',
        `default-src 'self'; img-src 'self' data:; style-src 'self' 'nonce-${nonce}'; script-src 'self' 'nonce-${nonce}'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'`,
      )
      reply.header('cache-control', 'no-store').header('vary', 'cookie, accept-language')
      if (answer.location !== undefined)
        return reply.code(answer.status).header('location', withinShop(answer.location)).send('')
      return reply
        .code(answer.status)
        .type(answer.type ?? 'text/html; charset=utf-8')
        .send(answer.body)
    },
  })
}
