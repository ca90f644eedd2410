import { sql } from '#kernel/db'
import { reader, table, type Guarded, type Tx } from '#kernel/gate'
import { startOfTime } from '#kernel/time'
import { MessageMissing } from './refusals.ts'

type StreamRow = { id: number; connection: number; name: string; position: unknown; moved_at: Date | null }
const streamTable = table<StreamRow>(
  'channels.stream',
  { id: 'bigint', connection: 'integer', name: 'text', position: 'jsonb', moved_at: 'timestamptz' },
  { stream_connection_name_key: 'rerun' },
  (r) => `${r.connection} ${r.name}`,
)
const streamByName = reader<string, StreamRow & { key: string; version: number }>(
  'key',
  (keys) => sql`
  select k.key, s.id, s.version, s.connection, s.name, s.position, s.moved_at from unnest(${keys}::text[]) k(key)
  join channels.stream s on s.connection = split_part(k.key, ' ', 1)::int and s.name = split_part(k.key, ' ', 2)`,
)
export type Stream = Guarded<StreamRow> & StreamRow
export const streamOf = (tx: Tx, connection: number, name: string): Promise<Stream | undefined> =>
  streamByName.guard(tx, streamTable, `${connection} ${name}`)
export const readStream = (connection: number, name: string) =>
  sql`select position, moved_at from channels.stream where connection = ${connection}::int and name = ${name}`
/** Moves a stream on; begins it when it has not begun. */
export function moveStream(
  tx: Tx,
  stream: Stream | undefined,
  ask: { connection: number; name: string; position: unknown },
): void {
  if (stream) tx.update(streamTable, stream, { position: ask.position, moved_at: tx.now })
  else
    tx.insert(streamTable, {
      id: tx.number(),
      connection: ask.connection,
      name: ask.name,
      position: ask.position,
      moved_at: tx.now,
    })
}

export type SaleState = 'seen' | 'pending' | 'placed' | 'shipped' | 'cancelled'
type SaleRow = {
  id: number
  connection: number
  external_id: string
  person: number
  order: number | null
  state: SaleState
  revision: Date
  items: { line: number; item: string }[] | null
  opened_at: Date
}
export type Sale = Guarded<SaleRow> & SaleRow
const saleTable = table<SaleRow>(
  'channels.sale',
  {
    id: 'bigint',
    connection: 'integer',
    external_id: 'text',
    person: 'bigint',
    order: 'bigint',
    state: 'text',
    revision: 'timestamptz',
    items: 'jsonb',
    opened_at: 'timestamptz',
  },
  { sale_connection_external_id_key: 'rerun' },
  (r) => `${r.connection} ${r.external_id}`,
)
const saleByExternal = reader<string, SaleRow & { key: string; version: number }>(
  'key',
  (keys) => sql`
  select k.key, s.id, s.version, s.connection, s.external_id, s.person, s."order", s.state, s.revision, s.items, s.opened_at from unnest(${keys}::text[]) k(key)
  join channels.sale s on s.connection = split_part(k.key, chr(10), 1)::int and s.external_id = split_part(k.key, chr(10), 2)`,
)
const saleByOrder = reader<
  number,
  { order: number; connection: number; external_id: string; state: SaleState; items: SaleRow['items'] }
>(
  'order',
  (ids) =>
    sql`select "order", connection, external_id, state, items from channels.sale where "order" = any(${ids}::bigint[])`,
)
export const saleOf = (tx: Tx, connection: number, external: string): Promise<Sale | undefined> =>
  saleByExternal.guard(tx, saleTable, `${connection}\n${external}`)
export const saleOfOrder = (tx: Tx, order: number) => saleByOrder.one(tx, order)
/** A sale of the outside is seen for the first time. */
export const openSale = (tx: Tx, s: { connection: number; external_id: string; person: number }): void =>
  void tx.insert(saleTable, {
    id: tx.number(),
    connection: s.connection,
    external_id: s.external_id,
    person: s.person,
    order: null,
    state: 'seen',
    revision: startOfTime,
    items: null,
    opened_at: tx.now,
  })
export const advanceSale = (
  tx: Tx,
  sale: Sale,
  to: { state: SaleState; revision: Date; order?: number; items?: { line: number; item: string }[] },
): void =>
  tx.update(saleTable, sale, {
    state: to.state,
    revision: to.revision,
    ...(to.order !== undefined && { order: to.order }),
    ...(to.items && { items: to.items }),
  })

export type MessageState = 'waiting' | 'done' | 'skipped' | 'quarantined'
type MessageRow = {
  id: number
  connection: number
  way: 'in' | 'out'
  kind: string
  external_id: string
  mark: string
  revision: Date | null
  note: string | null
  order: number | null
  body: unknown
  state: MessageState
  reason: string | null
  place: string | null
  tries: number
  next_at: Date | null
  unsure: boolean
  at: Date
  done_at: Date | null
}
export type Message = Guarded<MessageRow> & MessageRow
const messageTable = table<MessageRow>(
  'channels.message',
  {
    id: 'bigint',
    connection: 'integer',
    way: 'text',
    kind: 'text',
    external_id: 'text',
    mark: 'text',
    revision: 'timestamptz',
    note: 'uuid',
    order: 'bigint',
    body: 'jsonb',
    state: 'text',
    reason: 'text',
    place: 'text',
    tries: 'integer',
    next_at: 'timestamptz',
    unsure: 'boolean',
    at: 'timestamptz',
    done_at: 'timestamptz',
  },
  { message_connection_way_kind_mark_key: 'rerun' },
  (r) => `${r.connection} ${r.way} ${r.kind} ${r.mark}`,
)
const messageById = reader<number, MessageRow & { version: number }>(
  'id',
  (ids) => sql`
  select id, version, connection, way, kind, external_id, mark, revision, note, "order", body, state, reason, place, tries, next_at, unsure, at, done_at
  from channels.message where id = any(${ids}::bigint[])`,
)
const known = reader<string, { key: string }>(
  'key',
  (keys) => sql`
  select k.key from unnest(${keys}::text[]) k(key) join channels.message m
  on m.connection = split_part(k.key, chr(10), 1)::int and m.way = split_part(k.key, chr(10), 2) and m.kind = split_part(k.key, chr(10), 3) and m.mark = split_part(k.key, chr(10), 4)`,
)
/** Whether this very message is kept already. */
export const isKept = async (
  tx: Tx,
  m: { connection: number; way: 'in' | 'out'; kind: string; mark: string },
): Promise<boolean> => (await known.one(tx, [m.connection, m.way, m.kind, m.mark].join('\n'))) !== undefined
export const messageOf = async (tx: Tx, id: number): Promise<Message> => {
  const found = await messageById.guard(tx, messageTable, id)
  if (!found) throw MessageMissing({ message: id })
  return found
}
export const keepMessage = (
  tx: Tx,
  m: {
    connection: number
    way: 'in' | 'out'
    kind: string
    external_id: string
    mark: string
    revision?: Date | null
    note?: string | null
    order?: number | null
    body?: unknown
    state?: MessageState
    reason?: string
  },
): number =>
  tx.insert(messageTable, {
    id: tx.number(),
    connection: m.connection,
    way: m.way,
    kind: m.kind,
    external_id: m.external_id,
    mark: m.mark,
    revision: m.revision ?? null,
    note: m.note ?? null,
    order: m.order ?? null,
    body: m.body ?? null,
    state: m.state ?? 'waiting',
    reason: m.reason ?? null,
    place: null,
    tries: 0,
    next_at: null,
    unsure: false,
    at: tx.now,
    done_at: m.state && m.state !== 'waiting' ? tx.now : null,
  }).id
/** What has become of a message. */
export const settle = (
  tx: Tx,
  message: Message,
  to: { state: 'done' | 'skipped' | 'quarantined'; reason?: string; place?: string; order?: number },
): void =>
  tx.update(messageTable, message, {
    state: to.state,
    reason: to.reason ?? null,
    place: to.place ?? null,
    done_at: tx.now,
    unsure: false,
    ...(to.order !== undefined && { order: to.order }),
  })
/** It did not get through, or nobody knows whether it did: again later. */
export const putOff = (
  tx: Tx,
  message: Message,
  to: { reason: string; until: Date; unsure: boolean },
): void =>
  tx.update(messageTable, message, {
    tries: message.tries + 1,
    reason: to.reason,
    next_at: to.until,
    unsure: to.unsure,
  })
/** A message that was set aside is looked at again. */
export const again = (tx: Tx, message: Message): void =>
  tx.update(messageTable, message, {
    state: 'waiting',
    reason: null,
    place: null,
    done_at: null,
    next_at: null,
    tries: 0,
  })
export const quarantinedBetween = (connection: number, from: number, to: number, limit: number) => sql`
  select id from channels.message where connection = ${connection}::int and state = 'quarantined' and id between ${from}::bigint and ${to}::bigint order by id limit ${limit}::int`
/** Each waiting message of a way, oldest first, whose time has come. */
export const waiting = (connection: number, way: 'in' | 'out', limit: number) => sql`
  select id, kind, external_id, note, "order", body, revision, tries, unsure from channels.message
  where connection = ${connection}::int and state = 'waiting' and way = ${way} and (next_at is null or next_at <= now()) order by id limit ${limit}::int`
export type Waiting = Pick<
  MessageRow,
  'id' | 'kind' | 'external_id' | 'note' | 'order' | 'body' | 'revision' | 'tries' | 'unsure'
>

/** Messages for people, newest first: what they were, not what they said. */
export const messagesOf = (a: {
  connection: number
  state: MessageState | null
  way: 'in' | 'out' | null
  before: number
  limit: number
}) => sql`
  select id, way, kind, external_id, state, reason, place, tries, unsure, "order", at, done_at, body->>'by' as by from channels.message
  where connection = ${a.connection}::int and (${a.state}::text is null or state = ${a.state}) and (${a.way}::text is null or way = ${a.way}) and id < ${a.before}::bigint
  order by id desc limit ${a.limit}::int`
export type MessageSeen = Pick<
  MessageRow,
  | 'id'
  | 'way'
  | 'kind'
  | 'external_id'
  | 'state'
  | 'reason'
  | 'place'
  | 'tries'
  | 'unsure'
  | 'order'
  | 'at'
  | 'done_at'
> & { by: string | null }
/** How much waits, and since when. */
export const backlogOf = (connection: number) => sql`
  select (select count(*)::int from (select from channels.message where connection = ${connection}::int and state = 'waiting' and way = 'in' limit 100000) x) as waiting_in,
    (select count(*)::int from (select from channels.message where connection = ${connection}::int and state = 'waiting' and way = 'out' limit 100000) x) as waiting_out,
    (select count(*)::int from (select from channels.message where connection = ${connection}::int and state = 'quarantined' limit 100000) x) as quarantined,
    (select count(*)::int from channels.listing where connection = ${connection}::int and (told_at is null or moved_at > told_at)) as untold,
    (select count(*)::int from channels.listing where connection = ${connection}::int) as listed,
    (select coalesce(extract(epoch from now() - min(at)), 0)::int from channels.message where connection = ${connection}::int and state = 'waiting') as lag_seconds,
    (select moved_at from channels.stream where connection = ${connection}::int and name = 'orders') as read_at,
    (select position->>'since' from channels.stream where connection = ${connection}::int and name = 'orders') as read_until`
export type Backlog = {
  waiting_in: number
  waiting_out: number
  quarantined: number
  untold: number
  listed: number
  lag_seconds: number
  read_at: Date | null
  read_until: string | null
}
