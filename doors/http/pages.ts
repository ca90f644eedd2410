/** The screens: console and till as built files, the shop as pages made here, pictures. */
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { fileOf } from '#domains/media'
import { ask } from '#kernel/db'
import type { Services } from './route.ts'
import { mountStorefront } from './storefront.ts'

const root = path.resolve(import.meta.dirname, '../..')
const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.ico': 'image/x-icon',
}
const own =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

type Kept = { type: string; data: Buffer }
/** Files of one directory, by names that stay inside it. */
function files(
  app: FastifyInstance,
  prefix: string,
  directory: string,
  o: { page?: boolean; immutable?: RegExp; kept?: (name: string) => Promise<Kept | undefined> | undefined },
) {
  const send = (reply: FastifyReply, name: string) => {
    const file = path.join(directory, path.normalize(`/${name}`))
    if (!file.startsWith(directory + path.sep) || !fs.existsSync(file) || !fs.statSync(file).isFile())
      return false
    reply.header('content-type', types[path.extname(file)] ?? 'application/octet-stream')
    reply.header('content-security-policy', own)
    reply.header(
      'cache-control',
      o.immutable?.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
    )
    reply.send(fs.readFileSync(file))
    return true
  }
  const answer = (name: string, reply: FastifyReply) => {
    if (name !== '' && send(reply, name)) return reply
    // The till's API lives under the till's pages: what is not there is not a page.
    if (o.page && !path.extname(name) && !/^v\d+\//.test(name) && send(reply, 'index.html')) return reply
    return reply.callNotFound()
  }
  app.get(`${prefix}/`, (_q, reply) => answer('', reply))
  app.get(`${prefix}/*`, async (q, reply) => {
    const name = (q.params as { '*': string })['*']
    const kept = await o.kept?.(name)
    if (!kept) return answer(name, reply)
    return reply
      .header('content-type', kept.type)
      .header('content-security-policy', own)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(kept.data)
  })
  if (o.page) app.get(prefix, (_q, reply) => reply.redirect(`${prefix}/`))
}

export async function mountPages(app: FastifyInstance, services: Services): Promise<void> {
  for (const name of ['console', 'till'])
    files(app, `/${name}`, path.join(root, 'apps', name, 'dist'), { page: true, immutable: /^assets\// })
  files(app, '/pictures', path.join(root, 'sample/pictures'), {
    immutable: /./,
    kept: (name) => {
      const wanted = fileOf(name)
      return wanted && ask<Kept>(services.pool, wanted).then((found) => found[0])
    },
  })
  files(app, '/assets', path.join(root, 'apps/storefront/dist/assets'), { immutable: /./ })
  const built = path.join(root, 'apps/storefront/dist/server/server.js')
  if (fs.existsSync(built)) await mountStorefront(app, services, pathToFileURL(built).href)
}
