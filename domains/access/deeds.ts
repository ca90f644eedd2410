/**
 * The audit log: who did what, when, and what came of it. Numbers and codes only. An entry that was done stands in the commit of
 * what it tells of; the chain is written behind, so that no request waits for the one before it.
 */
import { createHash, createHmac } from 'node:crypto'
import { raw, sql, type Statement } from '#kernel/db'
import { uuid } from '#kernel/ids'
import { table, type Tx } from '#kernel/gate'

export type Deed = {
  at: Date
  actor: number
  session: string | null
  route: string
  /** What it was done to: `order 1042`. */
  subject: string | null
  shop: number | null
  /** `done`, or the code of the refusal. */
  outcome: string
  /** A keyed hash of the address it came from. */
  origin: string | null
}
export type Entry = Deed & { id: string; seq: number; mark: Buffer }
const deedTable = table<Deed & { id: string; mark: Buffer }>('access.deed', {
  id: 'uuid',
  at: 'timestamptz',
  actor: 'bigint',
  session: 'text',
  route: 'text',
  subject: 'text',
  shop: 'integer',
  outcome: 'text',
  origin: 'text',
  mark: 'bytea',
})

const plainly = (id: string, d: Deed): string =>
  JSON.stringify([
    id,
    d.at.toISOString(),
    d.actor,
    d.session,
    d.route,
    d.subject,
    d.shop,
    d.outcome,
    d.origin,
  ])
/** Known to the house alone: what was put into the table past it has none that is right. */
export const markOfDeed = (sign: Buffer, id: string, d: Deed): Buffer =>
  createHmac('sha256', sign)
    .update(`deed ${plainly(id, d)}`)
    .digest()
    .subarray(0, 16)
/** Over the hash before it, the entry's place, and the entry. */
export const hashOfEntry = (before: Buffer, no: number, e: Entry): Buffer =>
  createHash('sha256')
    .update(before)
    .update(`${no} ${e.seq} ${plainly(e.id, e)} `)
    .update(e.mark)
    .digest()
export const firstHash = Buffer.alloc(32)
export const originOf = (sign: Buffer, address: string): string =>
  createHmac('sha256', sign).update(`origin ${address}`).digest('hex').slice(0, 12)

export function keepDeed(tx: Tx, sign: Buffer, deed: Omit<Deed, 'at'>): void {
  const id = tx.id()
  const d = { ...deed, at: tx.now }
  tx.insert(deedTable, {
    id,
    at: d.at,
    actor: d.actor,
    session: d.session,
    route: d.route,
    subject: d.subject,
    shop: d.shop,
    outcome: d.outcome,
    origin: d.origin,
    mark: markOfDeed(sign, id, d),
  })
}
/** The same for what writes nothing else: a refusal, a sign-in, a file taken away. */
export function addDeed(sign: Buffer, d: Deed) {
  const id = uuid()
  return sql`
    insert into access.deed (id, at, actor, session, route, subject, shop, outcome, origin, mark)
    values (${id}::uuid, ${d.at}::timestamptz, ${d.actor}::bigint, ${d.session}::text, ${d.route}::text, ${d.subject}::text, ${d.shop}::int, ${d.outcome}::text, ${d.origin}::text, ${markOfDeed(sign, id, d)}::bytea)`
}

export type Filter = {
  actor: number | null
  routes: readonly string[] | null
  shops: readonly number[] | null
  from: string | null
  to: string | null
  before: number | null
  /** Of these alone. */
  seqs: readonly number[] | null
}
type Counted = Omit<Filter, 'before' | 'seqs'>
const fits = `($1::bigint is null or d.actor = $1) and ($2::text[] is null or d.route = any($2)) and ($3::int[] is null or d.shop = any($3))
    and ($4::timestamptz is null or d.at >= $4) and ($5::timestamptz is null or d.at < $5)`
const told = (f: Counted) => [f.actor, f.routes, f.shops, f.from, f.to]
/** The latest first. */
export const deeds = (f: Filter, limit: number): Statement =>
  raw(
    'deeds',
    `select d.seq, d.at, d.actor, d.session, d.route, d.subject, d.shop, d.outcome, d.origin, l.no, encode(l.hash, 'hex') as hash
  from access.deed d left join access.link l on l.deed = d.id
  where ${fits} and ($6::bigint is null or d.seq < $6) and ($7::bigint[] is null or d.seq = any($7))
  order by d.seq desc limit $8::int`,
    [...told(f), f.before, f.seqs, limit],
  )
/** How many there are, counted up to a limit. */
export const deedCount = (f: Counted, limit: number): Statement =>
  raw(
    'deed count',
    `select count(*)::int as count from (select from access.deed d where ${fits} limit $6::int) x`,
    [...told(f), limit],
  )

export type Link = { no: number; hash: Buffer }
export const lastLink = sql`select no, hash from access.link order by no desc limit 1`
/** Where the journal of transactions stands, so that no entry whose commit comes late is passed over. */
export const deedsSeen = sql`
  select coalesce((select max(seq) from access.deed), 0)::bigint as last, pg_snapshot_xmin(pg_current_snapshot())::text as xmin, pg_snapshot_xmax(pg_current_snapshot())::text as xmax`
export const unlinked = (floor: number, limit: number) => sql`
  select d.id, d.seq, d.at, d.actor, d.session, d.route, d.subject, d.shop, d.outcome, d.origin, d.mark from access.deed d
  where d.seq > ${floor}::bigint and not exists (select from access.link l where l.deed = d.id) order by d.seq limit ${limit}::int`
export const addLinks = (links: readonly { no: number; deed: string; hash: Buffer }[]) => sql`
  insert into access.link (no, deed, hash) select * from unnest(${links.map((l) => l.no)}::bigint[], ${links.map((l) => l.deed)}::uuid[], ${links.map((l) => l.hash)}::bytea[])`
export const chain = (after: number, limit: number) => sql`
  select l.no, l.deed, l.hash, d.id, d.seq, d.at, d.actor, d.session, d.route, d.subject, d.shop, d.outcome, d.origin, d.mark
  from access.link l left join access.deed d on d.id = l.deed where l.no > ${after}::bigint order by l.no limit ${limit}::int`
