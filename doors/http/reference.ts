/** The API for people: one page, made from the routes, without a script. */
import type { TSchema } from 'typebox'
import { refusals } from '#kernel/refusal'
import { headersOf } from './openapi.ts'
import type { Route } from './route.ts'

const escape = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)
const schema = (title: string, s: TSchema | undefined) =>
  s ? `<details><summary>${title}</summary><pre>${escape(JSON.stringify(s, null, 2))}</pre></details>` : ''
const kinds: [string, string][] = [
  ['/store/', 'Store API: anybody'],
  ['/admin/', 'Admin API: signed-in staff'],
  ['/till/', 'Till API: a signed-in till'],
]

export function reference(routes: readonly Route[], nonce: string): string {
  const section = ([prefix, title]: [string, string]) => {
    const mine = routes.filter((r) => r.path.startsWith(prefix))
    const one = (r: Route) =>
      `<article id="${r.name}"><h3><code>${r.method} ${escape(r.path)}</code></h3><p>${escape(r.summary)}</p><p class="who">${r.who === 'public' ? 'public' : `permission <code>${r.who}</code>`}${r.method !== 'GET' && !r.keyless ? ' · Idempotency-Key' : ''}${headersOf(
        r,
      )
        .filter(([, required]) => required)
        .map(([name]) => ` · ${name}`)
        .join(
          '',
        )}</p>${schema('path', r.input.params)}${schema('query', r.input.query)}${schema('body', r.input.body)}${schema('answer', r.output)}</article>`
    return `<section><h2>${title}</h2>${mine.map(one).join('')}</section>`
  }
  const codes = [...refusals.values()]
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .map((r) => `<tr><td><code>${r.code}</code></td><td>${r.kind}</td></tr>`)
    .join('')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Akinai API</title><style nonce="${nonce}">:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:960px;margin:0 auto;padding:16px}h3{margin:0}article{border-top:1px solid #8886;padding:12px 0}p{margin:4px 0}.who{font-size:14px;opacity:.8}pre{overflow-x:auto;font-size:13px}table{border-collapse:collapse}td{padding:2px 12px 2px 0}</style></head><body><main><h1>Akinai API</h1><p>The same as a file: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1). Errors are RFC 9457 problems with one of the codes at the end of this page, in the Accept-Language you send. Staff sign in by POST /admin/v1/sessions, which answers a cookie; a command says who it is by an Idempotency-Key, a UUID you mint.</p>${kinds.map(section).join('')}<section><h2>Codes</h2><table>${codes}</table></section></main></body></html>`
}
