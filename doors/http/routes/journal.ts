import type pg from 'pg'
import Type, { type Static } from 'typebox'
import { events, readEvents, type Cursor } from '#kernel/journal'
import { messageId, messageOf } from '#doors/webhooks'
import { checked } from '#kernel/trust'
import { InvalidInput } from '../problem.ts'
import { Live, route, type Services } from '../route.ts'
import { limit, nullable, strict } from './shapes.ts'

const place = Type.String({
  pattern: '^evt_\\d{1,9}_\\d{1,19}_\\d{1,16}$',
  description: 'The number of the last event seen',
})
const kinds = Type.String({
  maxLength: 2000,
  pattern: '^[a-z_.,]+$',
  description: 'Kinds of events, separated by commas',
})
const filter = { kinds: Type.Optional(kinds), shop: Type.Optional(Type.Integer({ minimum: 1 })) }
const message = Type.Object({
  type: Type.String(),
  timestamp: Type.String(),
  data: Type.Object({
    id: Type.String(),
    version: Type.Integer(),
    subject: Type.String(),
    shop: nullable(Type.Integer()),
    recorded_at: Type.String(),
    body: Type.Record(Type.String(), Type.Unknown()),
  }),
})
export function cursorOf(id: string | undefined): Cursor {
  if (id === undefined) return { epoch: 0, xid: '0', seq: 0 }
  const [, epoch, xid, seq] = /^evt_(\d+)_(\d+)_(\d+)$/.exec(id) ?? []
  if (xid === undefined || BigInt(xid) > 2n ** 63n)
    throw new InvalidInput([{ path: 'query/after', message: 'is no number of an event' }])
  // PostgreSQL would read a leading zero as octal.
  return { epoch: Number(epoch), xid: String(BigInt(xid)), seq: Number(seq) }
}
function kindsOf(text: string | undefined): string[] | undefined {
  const named = text?.split(',').filter(Boolean)
  const unknown = named?.find((k) => !events.has(k))
  if (unknown) throw new InvalidInput([{ path: 'query/kinds', message: `there is no event ${unknown}` }])
  return named
}

/** `shops`: those that whoever asks works for, when not all. */
type Filter = {
  readonly kinds: string[] | undefined
  readonly shop: number | undefined
  readonly shops: readonly number[] | undefined
}
/** A page after a place, and the place it ends at: also past what the filter left out, so that nothing is read twice. */
async function pageAfter(client: pg.ClientBase, after: Cursor, o: Filter & { limit: number }) {
  const { happened } = await readEvents(client, after, o.kinds, o.limit)
  const last = happened.at(-1)
  return {
    messages: happened
      .filter(
        (h) => h.shop === null || ((o.shop ?? h.shop) === h.shop && (o.shops?.includes(h.shop) ?? true)),
      )
      .map((h) => messageOf(checked({ ...h, version: events.get(h.kind)?.version ?? 1 }))),
    next: last,
    full: happened.length === o.limit,
  }
}
const lines = (m: Static<typeof message>) =>
  `id: ${m.data.id}\nevent: ${m.type}\ndata: ${JSON.stringify(m)}\n\n`

/** What happens, as it happens; a comment now and then, so that a line that died is noticed. Ends when the server does. */
async function* streamed(s: Services, from: Cursor, o: Filter): AsyncGenerator<string> {
  let after = from
  yield 'retry: 3000\n\n'
  let spoken = performance.now()
  while (!s.ending.aborted) {
    const page = await s.streams.inTurn(async () => {
      const client = await s.pool.connect()
      return pageAfter(client, after, { ...o, limit: 200 }).finally(() => client.release())
    })
    if (page.next) after = page.next
    if (page.messages.length) {
      yield page.messages.map(lines).join('')
      spoken = performance.now()
    } else if (performance.now() - spoken > 15_000) {
      yield ': here\n\n'
      spoken = performance.now()
    }
    if (page.full) continue
    await s.happened(1000)
    // What is committed in the next moments is read together.
    await new Promise((r) => setTimeout(r, 100))
  }
}

export const journal = [
  route({
    name: 'events',
    method: 'GET',
    path: '/admin/v1/events',
    who: 'events.read',
    summary: 'What happened, in order, after an event: ids, codes and amounts, never persons',
    input: {
      query: Type.Object({ after: Type.Optional(place), limit: limit(1000, 100), ...filter }, strict),
    },
    output: Type.Object({ items: Type.Array(message), next: nullable(Type.String()), more: Type.Boolean() }),
    run: async (c) => {
      const { after, kinds: named, shop, limit: most = 100 } = c.input
      const client = await c.services.pool.connect()
      try {
        const page = await pageAfter(client, cursorOf(after), {
          kinds: kindsOf(named),
          shop,
          shops: c.shops,
          limit: most,
        })
        return {
          items: page.messages,
          next: page.next ? messageId(page.next) : (after ?? null),
          more: page.full,
        }
      } finally {
        client.release()
      }
    },
  }),
  route({
    name: 'events.stream',
    method: 'GET',
    path: '/admin/v1/events/stream',
    who: 'events.read',
    summary:
      'The same as it happens (server-sent events); goes on behind the header Last-Event-ID or `after`',
    input: { query: Type.Object({ after: Type.Optional(place), ...filter }, strict) },
    output: Type.String({
      description: 'text/event-stream: id, event and data of each, data as in `events`',
    }),
    run: async (c) => {
      const { after, kinds: named, shop } = c.input
      const from = c.lastEventId ?? after
      let start = cursorOf(from)
      if (from === undefined) {
        // From now on.
        const { rows } = await c.services.pool.query(
          `select (select max(epoch) from kernel.epoch) as epoch, pg_snapshot_xmin(pg_current_snapshot())::text as xid`,
        )
        start = { epoch: rows[0].epoch, xid: rows[0].xid, seq: 0 }
      }
      return checked<string>(
        new Live(
          streamed(c.services, start, { kinds: kindsOf(named), shop, shops: c.shops }),
          c.services.streams.enter(),
        ),
      )
    },
  }),
]
