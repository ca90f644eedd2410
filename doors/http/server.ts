import type http from 'node:http'
import type net from 'node:net'
import { Readable } from 'node:stream'
import { checked } from '#kernel/trust'
import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { pino, type DestinationStream } from 'pino'
import {
  allows,
  NotAllowed,
  permissions,
  SignInFirst,
  StepUp,
  type Permission,
  type Session,
} from '#domains/access'
import * as access from '#domains/access'
import { openVault } from '#domains/persons'
import { Shopfront } from '#flows/shopfront'
import { secretKey, type Config } from '#kernel/config'
import { ask, pool, type ClientConfig } from '#kernel/db'
import { Gate } from '#kernel/gate'
import { scopedKey, uuid } from '#kernel/ids'
import { Refusal } from '#kernel/refusal'
import { Bell } from '#kernel/time'
import { Followers, type Position } from '#kernel/journal'
import { Connect } from '#doors/connect'
import type { Connector, Patience } from '#doors/kit'
import { followersOf, startWork } from '#doors/worker'
import { DeedOf, leavesDeed, proofLasts } from './audit.ts'
import { checker, isKey, parseJson } from './check.ts'
import { agentOf, cookiesOf, langOf, sameOrigin, setCookie } from './asker.ts'
import { describe } from './openapi.ts'
import { loadExtensions, ourExtensions } from './extensions.ts'
import { Jobs } from '#doors/products'
import { Limits } from './limits.ts'
import {
  Invalid,
  KeyMissing,
  NoRoute,
  problemOf,
  RateLimited,
  TooLarge,
  TooSlow,
  WrongOrigin,
} from './problem.ts'
import { Live, Ready, Sheet, type Context, type Route, type Services, type Witness } from './route.ts'
import { routes as all } from './routes/index.ts'
import { demandOwnShop, shopOf } from './own-shop.ts'
import { mountPages } from './pages.ts'
import { reference } from './reference.ts'
import { metrics } from './metrics.ts'
import { Sessions } from './sessions.ts'
import { Streams } from './streams.ts'

export type Server = {
  readonly url: string
  /** Where it listens on this machine. */ readonly local: string
  readonly services: Services
  stop(): Promise<void>
}
export const version = '0.1.0'
const passwords = ['body.password', 'body.pin', 'body.key']

/** Serves API and screens from one process. `work`: the followers and schedules, too. */
export async function startServer(ask: {
  config: Config
  app: ClientConfig
  work: boolean
  routes?: readonly Route[]
  witness?: Witness
  /** Where a merchant's own folders are. */
  extensions?: string
  /** How patient connections are. */
  connect?: { patience?: Partial<Patience>; look?: number; connectors?: ReadonlyMap<string, Connector> }
  /** Where log lines go; standard output, where nothing is said. */
  logTo?: DestinationStream
  /** What the time is, for a test that moves it. */
  clock?: () => Date
}): Promise<Server> {
  const { config } = ask
  for (const r of ask.routes ?? all) demandPermission(r)
  await loadExtensions(ask.extensions ?? ourExtensions)
  // Addresses, bodies and names are not logged: a request is its method, its route and its outcome.
  const log = pino({ level: config.logLevel, base: { service: 'akinai' }, redact: passwords }, ask.logTo)
  const secret = secretKey(config)
  const vault = openVault(secret)
  const gate = await Gate.open(ask.app, {
    batch: config.gateBatch,
    inFlight: config.gateInFlight,
    readers: config.readConnections,
    lanes: config.gateLanes,
    secret: vault.sign.toString('base64'),
    ...(ask.clock && { clock: ask.clock }),
  })
  const connections = pool(ask.app, 8)
  const shopfront = new Shopfront(
    ask.app,
    () => new Date(),
    (tables) => gate.reads.forget(tables),
  )
  await shopfront.start()
  const followers = new Followers(ask.app, followersOf(gate, config), (name, e) =>
    log.error(
      { follower: name, code: (e as { code?: string }).code, what: e instanceof Error ? e.name : 'error' },
      'a follower failed',
    ),
  )
  gate.onCommit(() => {
    shopfront.wake()
    followers.wake()
  })
  gate.onTrouble((what) =>
    what ? log.error({ trouble: what }, 'nothing can be written') : log.info('writing again'),
  )
  const bell = new Bell()
  const ending = new AbortController()
  gate.onCommit(bell.ring)
  const connect = new Connect({
    gate,
    pool: connections,
    vault,
    alarm: (what, e) => log.error({ what, ...faultOf(e) }, 'a connection failed on our side'),
    ...ask.connect,
  })
  let baseUrl = config.baseUrl
  const services: { -readonly [K in keyof Services]: Services[K] } = {
    config,
    gate,
    pool: connections,
    shopfront,
    followers,
    connect,
    vault,
    baseUrl,
    version,
    appConfig: ask.app,
    limits: new Limits(),
    streams: new Streams(),
    imports: new Jobs(gate, connections, {
      directory: config.dataDirectory,
      megabytes: config.importMegabytes,
      zone: config.timeZone,
      alarm: (e) => log.error({ ...faultOf(e) }, 'an import failed on our side'),
    }),
    sessions: new Sessions(),
    witness: ask.witness,
    deliveries: undefined,
    mailer: undefined,
    walker: undefined,
    ending: ending.signal,
    happened: (ms) => bell.wait(ms),
  }
  const work = ask.work
    ? await startWork({
        config,
        app: ask.app,
        gate,
        followers,
        connect,
        pool: connections,
        log: (line) => log.info(line),
      })
    : undefined
  services.deliveries = work?.deliveries
  services.mailer = work?.mailer
  services.walker = work?.walker

  const app = Fastify({
    logger: false,
    bodyLimit: 1_048_576,
    trustProxy: false,
    routerOptions: { maxParamLength: 200 },
    // Whoever sends slowly is cut off, and so is who does not take an answer: each holds a socket and a buffer of ours.
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 },
    requestTimeout: 30_000,
    connectionTimeout: 120_000,
    keepAliveTimeout: 72_000,
    clientErrorHandler: unreadable,
    forceCloseConnections: 'idle',
    // An address that is no address, or too long to be one of ours.
    frameworkErrors: (_error, request, reply) => void fail(request, reply, NoRoute({ path: '' })),
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, parseJson(text as string))
    } catch (e) {
      done(e as Error)
    }
  })
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 65_536 },
    (_request, text, done) => done(null, Object.fromEntries(new URLSearchParams(text as string))),
  )
  let draining = false
  const fail = (request: FastifyRequest, reply: FastifyReply, e: unknown) => {
    const { problem, fault, retryAfter } = problemOf(e, langOf(request))
    if (fault) log.error({ id: problem.id, route: request.routeOptions.url, ...faultOf(e) }, 'fault')
    if (retryAfter) reply.header('retry-after', retryAfter)
    // A no may come before the body has: the rest of it is not waited for.
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers
    if ((length ?? encoding) !== undefined && !request.raw.complete) reply.header('connection', 'close')
    return reply
      .code(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem))
  }
  app.setErrorHandler((e, request, reply) => fail(request, reply, e))
  app.setNotFoundHandler((request, reply) => fail(request, reply, NoRoute({ path: '' })))
  app.addHook('onSend', async (_request, reply) => {
    reply
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'same-origin')
      .header('x-frame-options', 'DENY')
      .header('cross-origin-opener-policy', 'same-origin')
    if (!reply.hasHeader('content-security-policy'))
      reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    if (draining) reply.header('connection', 'close')
  })

  const unkept = (e: unknown) => log.error({ ...faultOf(e) }, 'an entry of the audit log is missing')
  for (const r of ask.routes ?? all) mount(app, r, services, () => draining, unkept)
  const description = JSON.stringify(describe(ask.routes ?? all, baseUrl, version))
  app.get('/api', (_q, reply) => {
    const nonce = randomBytes(12).toString('base64url')
    return reply
      .type('text/html; charset=utf-8')
      .header(
        'content-security-policy',
        `default-src 'none'; style-src 'nonce-${nonce}'; frame-ancestors 'none'`,
      )
      .send(reference(ask.routes ?? all, nonce))
  })
  app.get('/openapi.json', (_q, reply) => reply.type('application/json').send(description))
  app.get('/healthz', async () => ({ ok: true }))
  app.get('/readyz', async (_q, reply) => {
    const ready =
      !draining &&
      (await connections.query('select 1').then(
        () => true,
        () => false,
      ))
    // Ready means that it can answer: with a full disk the window stays open, and every command is told so in words.
    return reply.code(ready ? 200 : 503).send({ ready, trouble: gate.trouble ?? null })
  })
  app.get('/metrics', (_q, reply) => reply.type('text/plain; version=0.0.4').send(metrics(services)))
  await mountPages(app, services)

  limitConnections(app.server)
  await app.listen({ host: config.host, port: config.port })
  const at = app.server.address()
  const port = typeof at === 'object' && at ? at.port : config.port
  // Port 0 takes a free one: its address is known only now.
  if (config.port === 0 && baseUrl.endsWith(':0'))
    baseUrl = services.baseUrl = baseUrl.replace(/:0$/, `:${port}`)
  log.info({ port }, 'open')
  return {
    local: `http://127.0.0.1:${port}`,
    url: services.baseUrl,
    services,
    /** Answers what was begun, takes nothing new, then lets go. */
    async stop() {
      draining = true
      ending.abort()
      bell.ring()
      await services.imports.stop()
      await app.close()
      await work?.stop()
      await followers.stop()
      await shopfront.stop()
      await gate.close()
      await connections.end()
    },
  }
}

/** More sockets than this would be taken from the database and the files. Before it comes to that, those that ask nothing are closed. */
const connectionsMost = 8_000
function limitConnections(server: http.Server) {
  server.maxConnections = connectionsMost
  let open = 0
  let closed = 0
  server.on('connection', (socket) => {
    open++
    socket.once('close', () => open--)
    if (open < connectionsMost * 0.9 || performance.now() - closed < 1000) return
    closed = performance.now()
    server.closeIdleConnections()
  })
}

/** What could not be read as a request: too slow, too many headers, no HTTP. Its language is not known, so it is told in both. */
function unreadable(error: Error & { code?: string }, socket: net.Socket) {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const slow = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
  const large = error.code === 'HPE_HEADER_OVERFLOW'
  const [status, refused] = slow
    ? ['408 Request Timeout', TooSlow({})]
    : large
      ? ['431 Request Header Fields Too Large', TooLarge({})]
      : ['400 Bad Request', Invalid({})]
  const { problem } = problemOf(refused, 'ja')
  const title = `${problem.title} / ${problemOf(refused, 'en').problem.title}`
  const text = JSON.stringify({ ...problem, title, status: Number.parseInt(status, 10) })
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  )
}

/** Where it happened, and never what was in hand: messages may bear anything. */
const faultOf = (e: unknown) => ({
  code: (e as { code?: string }).code,
  stack: e instanceof Error ? (e.stack ?? '').split('\n').slice(1, 6).join('\n') : '',
})

/** A route that does not say who may is a hole, not a default. */
function demandPermission(r: Route) {
  if (r.who !== 'public' && r.who !== 'till' && !permissions.includes(r.who as Permission))
    throw new Error(`route ${r.method} ${r.path} has no permission`)
}

const bodyOfAnybody = 4_194_304
function mount(
  app: FastifyInstance,
  r: Route,
  services: Services,
  draining: () => boolean,
  unkept: (e: unknown) => void,
) {
  const params = checker(r.input.params, true)
  const query = checker(r.input.query, true)
  const body = checker(r.input.body, false)
  const command = r.method !== 'GET'
  const kind = r.who === 'till' || (r.who === 'public' && r.path.startsWith('/till/')) ? 'till' : 'console'
  const serve = async (
    request: FastifyRequest,
    reply: FastifyReply,
    who: {
      session: Session | undefined
      hash: string | undefined
      address: string
      deed: DeedOf | undefined
    },
  ): Promise<unknown> => {
    const { session, deed } = who
    const reach = r.who === 'public' || r.who === 'till' ? 'all' : allows(session!.role, r.who)
    if (!reach) throw NotAllowed({ permission: r.who })
    const path = (params(request.params, 'path') ?? {}) as Record<string, unknown>
    const input = {
      ...path,
      ...(query(request.query, 'query') as object),
      body: body(request.body ?? {}, 'body'),
    }
    const raw = request.headers['idempotency-key']
    if (command && !r.keyless && !isKey(raw, !session)) throw KeyMissing({})
    // A key belongs to whoever sent it: another's answer cannot be had with it.
    const scope = session ? `staff ${session.staff}` : 'public'
    const key = typeof raw === 'string' ? scopedKey(`${scope} ${r.name}`, raw) : undefined
    const context: Context<never> = {
      services,
      input: checked(input),
      lang: langOf(request),
      session,
      sessionHash: who.hash,
      reach,
      address: who.address,
      key,
      shop: shopOf(services, session, told(request, 'akinai-shop')),
      shops: session?.shops ?? undefined,
      actor: session ? { id: session.staff, name: session.role } : { id: 0, name: 'public' },
      within: reach === 'own' ? (session?.place ?? -1) : undefined,
      lastEventId: told(request, 'last-event-id'),
      bearer: /^Bearer (\S{1,300})$/.exec(String(request.headers.authorization ?? ''))?.[1],
      cartToken: told(request, 'akinai-cart-token'),
      agent: agentOf(told(request, 'user-agent')),
      async command(flow, value, part) {
        const answer = await services.gate.command(deed ? deed.inCommit(flow) : flow, value, {
          key: r.keyless ? uuid() : part === undefined ? key! : scopedKey(part, key!),
          actor: this.actor,
          name: r.name,
        })
        deed?.kept()
        position(reply, services.baseUrl, answer.position)
        return answer.value
      },
      async caughtUp(name) {
        const seen = positionOf(request)
        if (seen) await services.followers.reached(services.pool, name, seen, 1000)
      },
      tell: (more) => deed?.tell(more),
      reply: {
        header: (name, value) => void reply.header(name, value),
        status: (code) => void reply.code(code),
        cookie: (name, value, hours) => setCookie(reply, services.baseUrl, name, value, hours),
      },
    }
    if (session) deed?.about(path, context.shop)
    await demandOwnShop(context, path)
    const isProven = session !== undefined && session.proven_seconds <= proofLasts
    if (r.fresh && !isProven && (r.fresh === true || (await r.fresh(context)))) throw StepUp({})
    return r.run(context)
  }
  app.route({
    method: r.method,
    url: r.path,
    ...(r.limit && { bodyLimit: r.limit }),
    // A large body is read from somebody who has signed in only.
    ...(r.limit &&
      r.limit > bodyOfAnybody && {
        onRequest: async (request: FastifyRequest) => {
          const hash = presented(request, kind)
          if (hash === undefined || !(await sessionOf(services, hash, kind))) throw SignInFirst({})
        },
      }),
    handler: async (request, reply) => {
      const address = request.ip
      if (command) {
        if (!sameOrigin(request, services.baseUrl)) throw WrongOrigin({})
        const perSecond = services.config.commandsPerSecond
        if (services.limits.take(`command ${address}`, perSecond, perSecond * 2) > 0) throw RateLimited({})
        if (draining()) reply.header('connection', 'close')
      }
      const hash = presented(request, kind)
      const session =
        r.who === 'public' || hash === undefined ? undefined : await sessionOf(services, hash, kind)
      if (r.who !== 'public' && !session) throw SignInFirst({})
      const deed = leavesDeed(r) ? new DeedOf(services, r, { session, address }) : undefined
      let answer
      try {
        answer = await serve(request, reply, { session, hash, address, deed })
        await deed?.done(answer).catch(unkept)
      } catch (e) {
        if (e instanceof Refusal && e.code !== 'access.too_many') await deed?.refused(e.code).catch(unkept)
        const at = (e as { position?: Position }).position
        if (at) position(reply, services.baseUrl, at)
        throw e
      }
      if (answer instanceof Live) {
        const stream = Readable.from(answer.chunks, { objectMode: false, encoding: 'utf8' })
        afterwards(reply, () => {
          stream.destroy()
          answer.left()
        })
        reply.header('content-type', 'text/event-stream').header('cache-control', 'no-store')
        return reply.send(stream)
      }
      if (answer instanceof Sheet) {
        services.witness?.(r, '""')
        if (answer.left) afterwards(reply, answer.left)
        reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="${answer.name}"`)
          .header('cache-control', 'no-store')
        return reply.send(Readable.from(answer.chunks, { objectMode: false }))
      }
      const text = answer instanceof Ready ? answer.text() : JSON.stringify(answer)
      services.witness?.(r, text.toString())
      reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store')
      return reply.send(text)
    },
  })
}

/** When nobody takes an answer any more: it was sent, or whoever asked has hung up, perhaps before there was one. */
function afterwards(reply: FastifyReply, then: () => void) {
  if (reply.raw.closed) then()
  else reply.raw.once('close', then)
}

const told = (request: FastifyRequest, header: string): string | undefined => {
  const value = request.headers[header]
  return typeof value === 'string' ? value : undefined
}

const positionPattern = /^(\d{1,9})\.(\d{1,19})$/
function position(reply: FastifyReply, baseUrl: string, p: Position) {
  const text = `${p.epoch}.${p.xid}`
  reply.header('akinai-position', text)
  setCookie(reply, baseUrl, 'akinai_position', text, 1 / 60)
}
function positionOf(request: FastifyRequest): Position | undefined {
  const m = positionPattern.exec(
    String(request.headers['akinai-position'] ?? cookiesOf(request).akinai_position ?? ''),
  )
  return m ? { epoch: Number(m[1]), xid: m[2]! } : undefined
}

type Kind = 'console' | 'till'
/** The hash of what a browser or a program holds as its session. */
function presented(request: FastifyRequest, kind: Kind): string | undefined {
  const held =
    cookiesOf(request)[kind === 'till' ? 'akinai_till' : 'akinai_staff'] ??
    /^Bearer (\S+)$/.exec(String(request.headers.authorization ?? ''))?.[1]
  return held && held.length <= 100 ? access.tokenHash(held) : undefined
}
async function sessionOf(services: Services, hash: string, kind: Kind): Promise<Session | undefined> {
  const session = await services.sessions.find(
    hash,
    async () => (await ask<Session>(services.pool, access.sessionOf(hash)))[0],
  )
  return session?.kind === kind ? session : undefined
}
