import Type, { type Static } from 'typebox'
import { ShopMissing } from '#domains/shops'
import { AddressUnfit, EndpointMissing, EndpointMoved } from '#domains/webhooks'
import { lockAway, takeOut } from '#domains/persons'
import {
  archiveEndpoint,
  createEndpoint,
  deliveries,
  endpoints,
  replayDead,
  replayRange,
  replaySome,
  rotateSecret,
  setEndpoint,
} from '#flows/webhooks'
import { events } from '#kernel/journal'
import { ask, sql } from '#kernel/db'
import { fit, messageId, newSecret, send, signatureOf, Unfit } from '#doors/webhooks'
import { InvalidInput } from '../problem.ts'
import { route, type Services } from '../route.ts'
import { cursorOf } from './journal.ts'
import { limit, nullable, number, strict, text } from './shapes.ts'

const endpoint = Type.Object({
  endpoint: Type.Integer(),
  version: Type.Integer(),
  url: Type.String(),
  shop: nullable(Type.Integer()),
  kinds: nullable(Type.Array(Type.String())),
  state: Type.Enum(['on', 'off', 'broken']),
  failing_since: nullable(Type.String()),
  before_until: nullable(Type.String({ description: 'Until when the secret before signs as well' })),
  created_at: Type.String(),
  delivered_at: nullable(Type.String({ description: 'When something last arrived; kept for thirty days' })),
  retrying: Type.Integer({ description: 'How many of those that wait were tried in vain' }),
  waiting: Type.Integer({ description: 'Messages not delivered yet; 10,001 stands for more' }),
  dead: Type.Integer({ description: 'Messages given up; 10,001 stands for more' }),
})
const delivery = Type.Object({
  event: Type.String(),
  kind: Type.String(),
  state: Type.Enum(['pending', 'done', 'dead']),
  attempts: Type.Integer(),
  next_at: Type.String(),
  status: nullable(Type.Integer()),
  failure: nullable(Type.String()),
  done_at: nullable(Type.String()),
  created_at: Type.String(),
})
const wanted = {
  url: Type.String({ minLength: 8, maxLength: 2000 }),
  kinds: nullable(
    Type.Array(Type.String({ maxLength: 80 }), { minItems: 1, maxItems: 200, uniqueItems: true }),
  ),
  shop: nullable(Type.Integer({ minimum: 1 })),
}
const event = Type.String({ pattern: '^evt_\\d{1,9}_\\d{1,19}_\\d{1,16}$' })
const params = Type.Object({ endpoint: number }, strict)

/** Who works for some shops has one of them told, not all. */
function demandShop(mine: readonly number[] | undefined, shop: number | null) {
  if (mine && (shop === null || !mine.includes(shop))) throw ShopMissing({ shop: String(shop ?? '*') })
}
/** Refused before it is kept, and again at each sending: a name may point elsewhere by then. */
async function demandFit(s: Services, w: { url: string; kinds: readonly string[] | null }) {
  const unknown = w.kinds?.find((k) => !events.has(k))
  if (unknown) throw new InvalidInput([{ path: 'body/kinds', message: `there is no event ${unknown}` }])
  try {
    await fit(w.url, { allowed: s.config.webhookNetworks })
  } catch (e) {
    if (e instanceof Unfit) throw AddressUnfit({ why: e.why })
    throw e
  }
}
const secretOf = (id: number) =>
  sql`select url, secret from webhooks.endpoint where id = ${id}::bigint and archived_at is null`
const unsealed = (s: Services, id: number, box: Buffer): string => takeOut(s.vault, `webhook ${id}`, box)
const isMine = (s: Services, id: number, box: Buffer, secret: string) => unsealed(s, id, box) === secret
const sealed = (s: Services, secret: string) => (id: number) => lockAway(s.vault, `webhook ${id}`, secret)

export const webhooks = [
  route({
    name: 'webhooks',
    method: 'GET',
    path: '/admin/v1/webhooks',
    who: 'webhooks.read',
    summary: 'Where the journal is sent to, with what waits and what was given up',
    input: {},
    output: Type.Object({
      items: Type.Array(endpoint),
      kinds: Type.Array(Type.String()),
      shops: Type.Array(Type.Object({ shop: Type.Integer(), code: Type.String(), name: text }), {
        description: 'Those whose events whoever asks may have sent',
      }),
    }),
    run: async (c) => ({
      items: (await ask<Static<typeof endpoint>>(c.services.pool, endpoints)).filter(
        (e) => c.shops === undefined || (e.shop !== null && c.shops.includes(e.shop)),
      ),
      kinds: [...events.keys()].filter((k) => k !== EndpointMoved.kind).toSorted(),
      shops: c.services.shopfront
        .shops()
        .filter((s) => c.shops === undefined || c.shops.includes(s.id))
        .map(({ id, code, name }) => ({ shop: id, code, name })),
    }),
  }),
  route({
    name: 'webhook.create',
    method: 'POST',
    path: '/admin/v1/webhooks',
    who: 'webhooks.write',
    fresh: true,
    summary: 'A new place to send the journal to (Standard Webhooks); its secret is shown once',
    input: { body: Type.Object(wanted, strict) },
    output: Type.Object({ endpoint: Type.Integer(), secret: nullable(Type.String()) }),
    run: async (c) => {
      demandShop(c.shops, c.input.body.shop)
      await demandFit(c.services, c.input.body)
      const secret = newSecret()
      const made = await c.command(createEndpoint(sealed(c.services, secret)), c.input.body)
      // Asked again under the same key, the secret that is in force is another's: it is not shown twice.
      const [kept] = await ask<{ secret: Buffer }>(c.services.pool, secretOf(made.endpoint))
      return {
        ...made,
        secret: kept && isMine(c.services, made.endpoint, kept.secret, secret) ? secret : null,
      }
    },
  }),
  route({
    name: 'webhook.change',
    method: 'PUT',
    path: '/admin/v1/webhooks/:endpoint',
    who: 'webhooks.write',
    fresh: true,
    summary: 'Another address or choice of events; off, or on again',
    input: {
      params,
      body: Type.Object({ ...wanted, version: Type.Integer(), state: Type.Enum(['on', 'off']) }, strict),
    },
    output: Type.Object({ endpoint: Type.Integer(), version: Type.Integer() }),
    run: async (c) => {
      demandShop(c.shops, c.input.body.shop)
      await demandFit(c.services, c.input.body)
      return c.command(setEndpoint, { ...c.input.body, endpoint: c.input.endpoint })
    },
  }),
  route({
    name: 'webhook.archive',
    method: 'POST',
    path: '/admin/v1/webhooks/:endpoint/archive',
    who: 'webhooks.write',
    summary: 'Uses a place no more: nothing is sent to it, its secrets are destroyed',
    input: { params, body: Type.Object({ version: Type.Integer() }, strict) },
    output: Type.Object({ endpoint: Type.Integer() }),
    run: (c) => c.command(archiveEndpoint, { endpoint: c.input.endpoint, version: c.input.body.version }),
  }),
  route({
    name: 'webhook.rotate',
    method: 'POST',
    path: '/admin/v1/webhooks/:endpoint/secret',
    who: 'webhooks.write',
    fresh: true,
    summary: 'A new secret, shown once; for a day messages are signed with both',
    input: { params, body: Type.Object({}, strict) },
    output: Type.Object({ endpoint: Type.Integer(), until: Type.String(), secret: nullable(Type.String()) }),
    run: async (c) => {
      const secret = newSecret()
      const done = await c.command(rotateSecret(sealed(c.services, secret)), { endpoint: c.input.endpoint })
      const [kept] = await ask<{ secret: Buffer }>(c.services.pool, secretOf(done.endpoint))
      return {
        ...done,
        secret: kept && isMine(c.services, done.endpoint, kept.secret, secret) ? secret : null,
      }
    },
  }),
  route({
    name: 'webhook.deliveries',
    method: 'GET',
    path: '/admin/v1/webhooks/:endpoint/deliveries',
    who: 'webhooks.read',
    summary: 'What was sent and what came of it, the latest event first',
    input: {
      params,
      query: Type.Object(
        {
          state: Type.Optional(Type.Enum(['pending', 'done', 'dead'])),
          before: Type.Optional(event),
          limit: limit(200, 50),
        },
        strict,
      ),
    },
    output: Type.Object({ items: Type.Array(delivery), next: nullable(Type.String()) }),
    run: async (c) => {
      const { endpoint: id, state, before, limit: most = 50 } = c.input
      const rows = await ask<
        { epoch: number; xid: string; seq: number } & Omit<Static<typeof delivery>, 'event'>
      >(
        c.services.pool,
        deliveries(id, state, before ? { endpoint: id, ...cursorOf(before) } : undefined, most),
      )
      const last = rows.at(-1)
      return {
        items: rows.map(({ epoch, xid, seq, ...d }) => ({ event: messageId({ epoch, xid, seq }), ...d })),
        next: last && rows.length === most ? messageId(last) : null,
      }
    },
  }),
  route({
    name: 'webhook.replay',
    method: 'POST',
    path: '/admin/v1/webhooks/:endpoint/replay',
    who: 'webhooks.write',
    keyless: true,
    summary: 'Sends some events once more, all that was given up, or everything between two events',
    input: {
      params,
      body: Type.Union([
        Type.Object({ events: Type.Array(event, { minItems: 1, maxItems: 1000 }) }, strict),
        Type.Object({ dead: Type.Literal(true) }, strict),
        Type.Object({ from: event, to: event }, strict),
      ]),
    },
    output: Type.Object({ again: Type.Integer() }),
    run: async (c) => {
      const b = c.input.body
      const id = c.input.endpoint
      const now = new Date()
      const what =
        'events' in b
          ? replaySome(id, b.events.map(cursorOf), now)
          : 'dead' in b
            ? replayDead(id, now)
            : replayRange(id, cursorOf(b.from), cursorOf(b.to), now)
      const again = (await ask(c.services.pool, what)).length
      c.services.deliveries?.wake()
      return { again }
    },
  }),
  route({
    name: 'webhook.try',
    method: 'POST',
    path: '/admin/v1/webhooks/:endpoint/try',
    who: 'webhooks.write',
    keyless: true,
    summary: 'Sends a message of the type webhooks.test now, and says what came of it',
    input: { params, body: Type.Object({}, strict) },
    output: Type.Object({
      ok: Type.Boolean(),
      status: nullable(Type.Integer()),
      failure: nullable(Type.String()),
      milliseconds: Type.Integer(),
    }),
    run: async (c) => {
      const s = c.services
      const [e] = await ask<{ url: string; secret: Buffer }>(s.pool, secretOf(c.input.endpoint))
      if (!e) throw EndpointMissing({ endpoint: c.input.endpoint })
      const id = `test_${crypto.randomUUID()}`
      const seconds = Math.floor(Date.now() / 1000)
      const body = JSON.stringify({ type: 'webhooks.test', timestamp: new Date().toISOString(), data: {} })
      const began = performance.now()
      const secret = unsealed(s, c.input.endpoint, e.secret)
      const sent = await send(
        e.url,
        {
          'content-type': 'application/json',
          'user-agent': 'Akinai-Webhooks',
          'webhook-id': id,
          'webhook-timestamp': String(seconds),
          'webhook-signature': signatureOf([secret], id, seconds, body),
        },
        body,
        { allowed: s.config.webhookNetworks, timeout: 10_000 },
      )
      return {
        ok: sent.failure === undefined,
        status: sent.status ?? null,
        failure: sent.failure ?? null,
        milliseconds: Math.round(performance.now() - began),
      }
    },
  }),
]
