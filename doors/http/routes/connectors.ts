/** Connections to outside systems: set up, looked at, tried, and what was set aside replayed. Secrets go in and never out. */
import { hash, timingSafeEqual } from 'node:crypto'
import Type, { type Static } from 'typebox'
import * as channels from '#domains/channels'
import { failureWords, reasonWords } from '#doors/connect'
import { Outage, type Connector, type Limit } from '#doors/kit'
import { replayMessages } from '#flows/channels'
import { listingList } from '#flows/reads'
import { skuByCode, skusById } from '#domains/catalog'
import { SignInFailed } from '#domains/access'
import { ask } from '#kernel/db'
import type { Tx } from '#kernel/gate'
import { route, type Context, type Services } from '../route.ts'
import { moment } from './answers.ts'
import { code, cut, cursor, decode, limit, nullable, number, page, strict, text } from './shapes.ts'

const count = Type.Integer()
const name = Type.String({ pattern: '^[a-z0-9_-]{2,30}$' })
const at = { params: Type.Object({ connection: name }, strict) }
const setting = Type.Object({
  name: Type.String(),
  kind: Type.Enum(['text', 'url', 'choice', 'secret', 'moment']),
  label: text,
  hint: nullable(text),
  choices: nullable(Type.Array(Type.String())),
  standard: nullable(Type.String()),
})
const kind = Type.Object({
  name: Type.String(),
  label: text,
  verified: nullable(Type.String()),
  can: Type.Object({
    orders: Type.Boolean(),
    parcels: Type.Boolean(),
    levels: Type.Boolean(),
    notices: Type.Boolean(),
  }),
  settings: Type.Array(setting),
  /** How the other side’s number of a thing is called, where offers of such things can be made from here. */
  item: nullable(text),
})
const failure = Type.Object({
  code: Type.String(),
  operation: Type.String(),
  status: nullable(count),
  words: Type.String(),
})
const connection = Type.Object({
  connection: Type.String(),
  connector: Type.String(),
  label: text,
  verified: nullable(Type.String()),
  shop: count,
  active: Type.Boolean(),
  tried_at: nullable(moment),
  worked_at: nullable(moment),
  next_at: nullable(moment),
  failures: count,
  failure: nullable(failure),
  waiting_in: count,
  waiting_out: count,
  quarantined: count,
  untold: count,
  listed: count,
  lag_seconds: count,
  read_at: nullable(moment),
  read_until: nullable(Type.String()),
})
const limitSeen = Type.Object({ operation: Type.String(), rate: Type.Number(), burst: count, left: count })
const listing = Type.Object({
  sku: Type.String(),
  name: text,
  external_sku: Type.String(),
  product_type: Type.String(),
  item: nullable(
    Type.String({ description: 'What the offer was made of from here, in the other side’s numbers' }),
  ),
  told: nullable(Type.Integer({ description: 'The quantity that was last said' })),
  told_price: nullable(Type.Integer({ description: 'The price that was last said, in whole yen with tax' })),
  told_at: nullable(moment),
  failure: nullable(Type.String({ description: 'The number by which the other side names what is wrong' })),
})
/** What may still be asked at once. */
function leftOf(operation: string, limit: Limit, seen: channels.TurnSeen | undefined) {
  const rate = seen?.rate ?? limit.rate
  const left = Math.floor(limit.burst - (seen?.seconds ?? 0) * rate + 1e-6)
  return { operation, rate, burst: limit.burst, left: Math.max(0, left) }
}
const exchange = Type.Object({
  id: count,
  at: moment,
  operation: Type.String(),
  method: Type.String(),
  path: Type.String(),
  status: nullable(count),
  outage: nullable(Type.String()),
  words: nullable(Type.String()),
  ms: count,
  tries: count,
})
const whole = Type.Object({
  connection,
  settings: Type.Record(Type.String(), Type.String()),
  /** Which secrets are there; never what they are. */
  secrets: Type.Array(Type.String()),
  limits: Type.Array(limitSeen),
  exchanges: Type.Array(exchange),
})
const message = Type.Object({
  message: count,
  way: Type.Enum(['in', 'out']),
  kind: Type.String(),
  external_id: Type.String(),
  state: Type.Enum(['waiting', 'done', 'skipped', 'quarantined']),
  reason: nullable(Type.String()),
  words: nullable(Type.String()),
  place: nullable(Type.String()),
  tries: count,
  unsure: Type.Boolean(),
  order: nullable(count),
  by: nullable(Type.String()),
  at: moment,
  done_at: nullable(moment),
})
const certificate = Type.Object({
  external_id: Type.String(),
  order: nullable(count),
  last_parcel_at: nullable(moment),
  erased_at: moment,
  days_after_parcel: nullable(count),
  found: Type.Record(Type.String(), count),
  checked_at: moment,
})

const mine = (c: { shops: readonly number[] | undefined }, shop: number) => !c.shops || c.shops.includes(shop)
async function connectionOf(c: Context<{ connection: string }>): Promise<channels.Connection> {
  const [found] = await ask<channels.Connection>(c.services.pool, channels.connectionBy(c.input.connection))
  if (!found || !mine(c, found.shop)) throw channels.ConnectionMissing({ connection: c.input.connection })
  return found
}
async function seen(c: Context<unknown>, x: channels.Connection): Promise<Static<typeof connection>> {
  const [backlog] = await ask<channels.Backlog>(c.services.pool, channels.backlogOf(x.id))
  const connector = c.services.connect.connectors.get(x.connector)
  return {
    connection: x.code,
    connector: x.connector,
    label: connector?.label ?? { ja: x.connector, en: x.connector },
    verified: connector?.verified ?? null,
    shop: x.shop,
    active: x.active,
    tried_at: x.tried_at,
    worked_at: x.worked_at,
    next_at: x.next_at,
    failures: x.failures,
    failure: x.failure && { ...x.failure, words: failureWords(x.failure.code)[c.lang] },
    ...backlog!,
  }
}
const described = (c: Connector): Static<typeof kind> => ({
  name: c.name,
  label: c.label,
  verified: c.verified,
  can: { orders: !!c.orders, parcels: !!c.parcels, levels: !!c.offers, notices: !!c.notices },
  item: c.offers?.item?.label ?? null,
  settings: Object.entries(c.settings).map(([of, s]) => ({
    name: of,
    kind: s.kind,
    label: s.label,
    hint: s.hint ?? null,
    choices: s.choices ? [...s.choices] : null,
    standard: s.standard ?? null,
  })),
})

const onThisMachine = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/
/** An address on this machine is for a simulator, beside a shop that is tried out on this machine. */
function isAddress(value: string, services: Services): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  if (url.username || url.password || url.search || url.hash) return false
  return url.protocol === 'https:' || (onThisMachine.test(value) && onThisMachine.test(services.baseUrl))
}
function demandSettings(
  connector: Connector,
  told: Record<string, string>,
  secret: boolean,
  services: Services,
) {
  for (const [of, value] of Object.entries(told)) {
    const s = Object.hasOwn(connector.settings, of) ? connector.settings[of] : undefined
    const good =
      s !== undefined &&
      (s.kind === 'secret') === secret &&
      (value === '' ||
        (s.kind === 'url'
          ? isAddress(value, services)
          : s.kind === 'choice'
            ? s.choices!.includes(value)
            : s.kind === 'moment'
              ? /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value))
              : !s.pattern || new RegExp(s.pattern).test(value)))
    if (!good) throw channels.SettingWrong({ setting: of })
  }
}
async function skuNumber(tx: Tx, asked: { sku: string }) {
  return (await skuByCode(tx, asked.sku)).id
}
const values = Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 4000 }))
const same = (a: string, b: string) =>
  timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'))

export const connectors = [
  route({
    name: 'connectors',
    method: 'GET',
    path: '/admin/v1/connectors',
    who: 'connectors.read',
    summary: 'Every connection with its standing, and every kind of connector there is',
    input: {},
    output: Type.Object({ items: Type.Array(connection), kinds: Type.Array(kind) }),
    run: async (c) => {
      const all = await ask<channels.Connection>(c.services.pool, channels.allConnections)
      return {
        items: await Promise.all(all.filter((x) => mine(c, x.shop)).map((x) => seen(c, x))),
        kinds: [...c.services.connect.connectors.values()].map(described),
      }
    },
  }),
  route({
    name: 'connector',
    method: 'GET',
    path: '/admin/v1/connectors/:connection',
    who: 'connectors.read',
    summary: 'A connection: standing, settings without secrets, limits, the last calls',
    input: at,
    output: whole,
    run: async (c) => {
      const x = await connectionOf(c)
      const connector = c.services.connect.connectors.get(x.connector)
      const turns = new Map(
        (await ask<channels.TurnSeen>(c.services.pool, channels.turnsOf(x.id))).map((t) => [t.operation, t]),
      )
      return {
        connection: await seen(c, x),
        settings: x.settings,
        secrets: Object.keys(c.services.connect.secretsOf(x)),
        limits: Object.entries(connector?.limits ?? {}).map(([operation, l]) =>
          leftOf(operation, l, turns.get(operation)),
        ),
        exchanges: (await ask<channels.ExchangeSeen>(c.services.pool, channels.exchangesOf(x.id))).map(
          (e) => ({
            ...e,
            words: e.outage && failureWords(e.outage)[c.lang],
          }),
        ),
      }
    },
  }),
  route({
    name: 'connector.save',
    method: 'PUT',
    path: '/admin/v1/connectors/:connection',
    who: 'connectors.write',
    keyless: true,
    fresh: true,
    summary:
      'Sets a connection up or changes it. Secrets left out stay as they are, unless an address changes: then they are given anew, so that nobody can have them sent elsewhere.',
    input: {
      ...at,
      body: Type.Object(
        {
          connector: Type.String({ maxLength: 40 }),
          active: Type.Boolean(),
          settings: values,
          secrets: values,
        },
        strict,
      ),
    },
    output: Type.Object({ connection: Type.String(), secrets: Type.Array(Type.String()) }),
    run: async (c) => {
      const { body, connection: of } = c.input
      const { services } = c
      const connector = services.connect.connectors.get(body.connector)
      if (!connector) throw channels.ConnectionMissing({ connection: body.connector })
      demandSettings(connector, body.settings, false, services)
      demandSettings(connector, body.secrets, true, services)
      const [held] = await ask<channels.Connection>(services.pool, channels.connectionBy(of))
      if (held && (held.connector !== body.connector || !mine(c, held.shop)))
        throw channels.ConnectionElse({ connection: of })
      const moved = Object.entries(connector.settings).some(
        ([n, s]) =>
          s.kind === 'url' && (held?.settings[n] ?? s.standard) !== (body.settings[n] ?? s.standard),
      )
      const secrets = {
        ...(held && !moved && services.connect.secretsOf(held)),
        ...Object.fromEntries(Object.entries(body.secrets).filter(([, v]) => v !== '')),
      }
      await ask(
        services.pool,
        channels.saveConnection({
          code: of,
          connector: connector.name,
          shop: held?.shop ?? c.shop,
          active: body.active,
          settings: body.settings,
          secrets: services.connect.sealSecrets(of, secrets),
        }),
      )
      if (held) {
        services.connect.memoryOf(held.id).tokens.forget()
        await ask(services.pool, channels.lookAgain(held.id))
      }
      return { connection: of, secrets: Object.keys(secrets) }
    },
  }),
  route({
    name: 'connector.try',
    method: 'POST',
    path: '/admin/v1/connectors/:connection/try',
    who: 'connectors.write',
    keyless: true,
    summary: 'Asks the other side something harmless, and says in words how it went',
    input: { ...at, body: Type.Object({}, strict) },
    output: Type.Object({ works: Type.Boolean(), words: Type.String() }),
    run: async (c) => {
      const x = await connectionOf(c)
      try {
        return { works: true, words: (await c.services.connect.greet(x))[c.lang] }
      } catch (e) {
        if (!(e instanceof Outage)) throw e
        return { works: false, words: failureWords(e.code)[c.lang] }
      }
    },
  }),
  route({
    name: 'connector.run',
    method: 'POST',
    path: '/admin/v1/connectors/:connection/run',
    who: 'connectors.write',
    keyless: true,
    summary: 'Begins a round now; where one is under way, another follows it at once',
    input: { ...at, body: Type.Object({}, strict) },
    output: Type.Object({ ran: Type.Boolean() }),
    run: async (c) => ({ ran: await c.services.connect.hurry(await connectionOf(c)) }),
  }),
  route({
    name: 'connector.messages',
    method: 'GET',
    path: '/admin/v1/connectors/:connection/messages',
    who: 'connectors.read',
    summary: 'Messages in and out, newest first: what became of each, without what it said',
    input: {
      ...at,
      query: Type.Object(
        {
          state: Type.Optional(Type.Enum(['waiting', 'done', 'skipped', 'quarantined'])),
          way: Type.Optional(Type.Enum(['in', 'out'])),
          cursor,
          limit: limit(200, 50),
        },
        strict,
      ),
    },
    output: page(message),
    run: async (c) => {
      const x = await connectionOf(c)
      const most = c.input.limit ?? 50
      const after = decode(c.input.cursor, number)
      const rows = await ask<channels.MessageSeen>(
        c.services.pool,
        channels.messagesOf({
          connection: x.id,
          state: (c.input.state as channels.MessageState | undefined) ?? null,
          way: (c.input.way as 'in' | 'out' | undefined) ?? null,
          before: after ?? Number.MAX_SAFE_INTEGER,
          limit: most + 1,
        }),
      )
      return cut(
        rows.map(({ id, ...m }) => ({
          message: id,
          ...m,
          words: m.state === 'quarantined' && m.reason ? reasonWords(m.reason)[c.lang] : null,
        })),
        most,
        (last) => last.message,
      )
    },
  }),
  route({
    name: 'connector.replay',
    method: 'POST',
    path: '/admin/v1/connectors/:connection/replays',
    who: 'connectors.write',
    summary: 'Tries again what was set aside: one message, a range, or all of them',
    input: {
      ...at,
      body: Type.Object({ from: Type.Optional(number), to: Type.Optional(number) }, strict),
    },
    output: Type.Object({ replayed: count, more: Type.Boolean() }),
    run: async (c) => {
      const x = await connectionOf(c)
      return c.command(replayMessages, {
        connection: x.id,
        from: c.input.body.from ?? 1,
        to: c.input.body.to ?? Number.MAX_SAFE_INTEGER,
      })
    },
  }),
  route({
    name: 'connector.listed',
    method: 'GET',
    path: '/admin/v1/connectors/:connection/listings',
    who: 'connectors.read',
    summary: 'What of ours is offered there, under which code, and what was last said about its stock',
    input: {
      ...at,
      query: Type.Object(
        {
          q: Type.Optional(Type.String({ maxLength: 100 })),
          only: Type.Optional(Type.Enum(['failed'])),
          limit: limit(200, 50),
          cursor,
        },
        strict,
      ),
    },
    output: page(listing),
    run: async (c) => {
      const x = await connectionOf(c)
      const { q, only, limit: most = 50 } = c.input
      const rows = await ask<Static<typeof listing> & { id: number }>(
        c.services.pool,
        listingList({
          connection: x.id,
          q: q ? q.replace(/[\\%_]/g, '\\$&') : null,
          failed: only === 'failed',
          after: decode(c.input.cursor, number) ?? 0,
          limit: most + 1,
        }),
      )
      const { items, next } = cut(rows, most, (r) => r.id)
      return { items: items.map(({ id: _, ...r }) => r), next }
    },
  }),
  route({
    name: 'connector.listings',
    method: 'PUT',
    path: '/admin/v1/connectors/:connection/listings',
    who: 'connectors.write',
    keyless: true,
    summary:
      'What of ours is offered there, under which code. It is told from then on; `external_sku` null ends it. With `item`, the other side’s number of what it sells, the offer is made there.',
    input: {
      ...at,
      body: Type.Object(
        {
          lines: Type.Array(
            Type.Object(
              {
                sku: code,
                external_sku: nullable(
                  Type.String({ maxLength: 40, pattern: '^[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?$' }),
                ),
                product_type: Type.Optional(Type.String({ pattern: '^[A-Z0-9_]{1,60}$' })),
                item: Type.Optional(nullable(Type.String({ maxLength: 40 }))),
              },
              strict,
            ),
            { minItems: 1, maxItems: 500 },
          ),
        },
        strict,
      ),
    },
    output: Type.Object({ listed: count }),
    run: async (c) => {
      const x = await connectionOf(c)
      const { gate, pool } = c.services
      const numbers = await Promise.all(c.input.body.lines.map((l) => gate.read(skuNumber, { sku: l.sku })))
      const lines = c.input.body.lines.map((l, i) => ({ ...l, number: numbers[i]! }))
      const ended = lines.filter((l) => l.external_sku === null).map((l) => l.number)
      const linked = lines.flatMap(
        ({ sku, number: n, external_sku, product_type = 'PRODUCT', item = null }) =>
          external_sku === null ? [] : [{ code: sku, sku: n, external_sku, product_type, item }],
      )
      const pattern = c.services.connect.connectors.get(x.connector)?.offers?.item?.pattern
      for (const { item } of linked)
        if (item !== null && !(pattern && new RegExp(pattern).test(item))) throw channels.ItemWrong({ item })
      // One of ours is one of theirs, within what is asked as well.
      for (const [i, l] of linked.entries()) {
        const other = linked.findIndex((x) => x.external_sku === l.external_sku || x.sku === l.sku)
        if (other < i) throw channels.ListingTaken({ external_sku: l.external_sku, sku: linked[other]!.code })
      }
      const [taken] = await ask<{ external_sku: string; sku: number }>(
        pool,
        channels.takenListings(x.id, linked, ended),
      )
      if (taken) {
        const sku = await gate.read(async (tx: Tx) => (await skusById(tx, [taken.sku]))[0]!.code, undefined)
        throw channels.ListingTaken({ external_sku: taken.external_sku, sku })
      }
      if (ended.length) await ask(pool, channels.dropListings(x.id, ended))
      if (linked.length) await ask(pool, channels.saveListings(x.id, linked))
      return { listed: c.input.body.lines.filter((l) => l.external_sku !== null).length }
    },
  }),
  route({
    name: 'connector.certificates',
    method: 'GET',
    path: '/admin/v1/connectors/:connection/certificates',
    who: 'connectors.read',
    summary: 'Whose buyers’ data are gone, since when, and what was found of them afterwards: nothing',
    input: at,
    output: Type.Object({ items: Type.Array(certificate) }),
    run: async (c) => {
      const x = await connectionOf(c)
      return { items: await ask<channels.Certificate>(c.services.pool, channels.certificatesOf(x.id, 1000)) }
    },
  }),
  route({
    name: 'connector.notice',
    method: 'POST',
    path: '/connect/v1/:connection/notices',
    who: 'public',
    keyless: true,
    summary:
      'Where the other side says that something has changed. Shows the connection’s own key as a bearer; what changed is then asked for. Twice, late or out of order changes nothing.',
    input: { ...at, body: Type.Object({}) },
    output: Type.Object({ kept: Type.Boolean() }),
    limit: 262_144,
    run: async (c) => {
      const [x] = await ask<channels.Connection>(c.services.pool, channels.connectionBy(c.input.connection))
      const key = x && c.services.connect.secretsOf(x).notice_key
      // Whether there is such a connection is not told to whoever lacks its key.
      if (!same(c.bearer ?? '', key ?? 'none') || !key || !x?.active) throw SignInFailed({})
      try {
        return await c.services.connect.notice(x, c.input.body)
      } catch (e) {
        if (e instanceof Error && e.name === 'BadRow') throw channels.NoticeUnread({})
        throw e
      }
    },
  }),
]
