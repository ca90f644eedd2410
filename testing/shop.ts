import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { witnesses } from './answers.ts'
import { openProcess } from './process.ts'
import { freshDatabase, type FreshDatabase } from './fresh-database.ts'

export type Answer = { status: number; body: Record<string, never>; headers: Headers }
export type Client = {
  (
    method: string,
    path: string,
    body?: unknown,
    more?: { key?: string; headers?: Record<string, string> },
  ): Promise<Answer>
  readonly cookie: string
}

/** A shop of its own for a test file: a fresh database, the sample goods, a server on a free port. */
export async function openShop(
  ask: {
    /** `full`: the whole range of goods and eighteen months of trade. */
    sample?: boolean | 'full'
    settings?: Record<string, string>
    work?: boolean
    routes?: readonly unknown[]
    database?: FreshDatabase
    extensions?: string
    connect?: object
    clock?: () => Date
    /** Keeps what the server logs. */
    logTo?: { write(line: string): void }
  } = {},
) {
  const [{ startServer }, { loadSample }, { loadConfig }] = await Promise.all([
    import('#doors/http'),
    import('#doors/sample'),
    import('#kernel/config'),
  ])
  const database = ask.database ?? (await freshDatabase())
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-shop-'))
  const config = loadConfig(
    {
      AKINAI_DATA: directory,
      AKINAI_PORT: '0',
      AKINAI_LOG_LEVEL: 'silent',
      AKINAI_COMMANDS_PER_SECOND: '100000',
      ...ask.settings,
    },
    directory,
  )
  if (ask.sample !== false) await loadSample({ config, app: database.app, full: ask.sample === 'full' })
  const answers = witnesses()
  const server = await startServer({
    config,
    witness: answers.witness,
    app: database.app,
    work: ask.work ?? true,
    ...(ask.connect && { connect: ask.connect }),
    ...(ask.clock && { clock: ask.clock }),
    ...(ask.logTo && { logTo: ask.logTo }),
    ...(ask.extensions && { extensions: ask.extensions }),
    ...(ask.routes && { routes: ask.routes as never }),
  })
  return {
    server,
    config,
    database,
    url: server.url,
    services: server.services,
    answers,
    /** Somebody with a cookie jar of their own. */
    client: () => clientOf(server.local),
    staff: (name: string) => signIn(server.url, name),
    async close() {
      await server.stop()
      if (!ask.database) await database.drop()
      fs.rmSync(directory, { recursive: true, force: true })
      answers.demandNone()
    },
  }
}
/** The same shop served by another process, with the same key; what it writes to its logs is kept. */
export async function forkShop(shop: Shop, settings: Record<string, string> = {}) {
  const program = `
    import { startServer } from '#doors/http'
    import { loadConfig } from '#kernel/config'
    const { env, directory, owner, app } = JSON.parse(process.env.AKINAI_TEST_SHOP)
    const server = await startServer({ config: loadConfig(env, directory), app, work: true })
    process.stdin.on('end', () => server.stop().then(() => process.exit(0))).resume()
    console.log('open ' + server.url)`
  const directory = shop.config.dataDirectory
  const env = {
    AKINAI_DATA: directory,
    AKINAI_PORT: '0',
    AKINAI_LOG_LEVEL: 'trace',
    AKINAI_COMMANDS_PER_SECOND: '100000',
    ...settings,
  }
  const told = { env, directory, owner: shop.database.owner, app: shop.database.app }
  const other = await openProcess({
    program,
    cwd: path.resolve(import.meta.dirname, '..'),
    env: { AKINAI_TEST_SHOP: JSON.stringify(told) },
  })
  return { ...other, client: () => clientOf(other.url), staff: (name: string) => signIn(other.url, name) }
}
export type Shop = Awaited<ReturnType<typeof openShop>>

/** Somebody of the sample's staff at a shop's address. */
export async function signIn(url: string, name: string): Promise<Client> {
  const { sample } = await import('#sample')
  const { email, password } = sample.staff.find((s) => s.email.startsWith(`${name}@`))!
  const client = clientOf(url)
  const answer = await client('POST', '/admin/v1/sessions', { email, password })
  if (answer.status !== 200) throw new Error(`sign-in of ${name}: ${answer.status}`)
  return client
}
/** Somebody with a cookie jar of their own at a shop's address. */
export function clientOf(url: string): Client {
  const jar = new Map<string, string>()
  const cookie = () => [...jar].map(([k, v]) => `${k}=${v}`).join('; ')
  const call = async (
    method: string,
    at: string,
    body?: unknown,
    more: { key?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer> => {
    const response = await fetch(url + at, {
      method,
      redirect: 'manual',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        'idempotency-key': more.key ?? crypto.randomUUID(),
        cookie: cookie(),
        ...more.headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const eq = pair.indexOf('=')
      if (/Max-Age=0/.test(line)) jar.delete(pair.slice(0, eq))
      else jar.set(pair.slice(0, eq), pair.slice(eq + 1))
    }
    const endless = response.headers.get('content-type')?.startsWith('text/event-stream')
    if (endless) await response.body?.cancel()
    const text = endless ? '' : await response.text()
    return {
      status: response.status,
      body: (text.startsWith('{') ? JSON.parse(text) : { text }) as Record<string, never>,
      headers: response.headers,
    }
  }
  return Object.defineProperty(call, 'cookie', { get: cookie }) as unknown as Client
}

/** Buys over the API: cart, address, order. */
export async function buy(
  client: Client,
  lines: { sku: string; quantity: number }[],
  more: { payment?: string; email?: string; member?: string; birth_date?: string; family?: string } = {},
) {
  const cart = await client('POST', '/store/v1/carts', { lines })
  if (cart.status !== 200) return cart
  const { cart: id, token } = cart.body as unknown as { cart: string; token: string }
  const headers = { 'akinai-cart-token': token }
  const quote = await client(
    'PUT',
    `/store/v1/carts/${id}/checkout`,
    {
      contact: {
        family: more.family ?? '山田',
        given: '花子',
        email: more.email ?? 'hanako@example.jp',
        phone: '090-0000-0000',
      },
      address: { postal: '150-0001', prefecture: 13, city: '渋谷区', line1: '神宮前1-1' },
      payment: more.payment ?? 'cod',
      ...(more.member && { member: more.member }),
      ...(more.birth_date && { birth_date: more.birth_date }),
    },
    { headers },
  )
  if (quote.status !== 200) return quote
  return client(
    'POST',
    '/store/v1/orders',
    { cart: id, expects: (quote.body as unknown as { total: number }).total },
    { headers },
  )
}
