/** A file of persons leaves with two people (TRUST.md, roles): nobody gives what they asked for themselves. */
import { Type } from 'typebox'
import { sql } from '#kernel/db'
import { reader, table, type Tx } from '#kernel/gate'
import { append, event } from '#kernel/journal'
import { OwnRelease, ReleaseGone, ReleaseMissing, TooManyReleases } from './refusals.ts'

export const releaseReasons = ['mailing', 'move', 'authority', 'own_wish', 'other'] as const
export const releaseScopes = ['all', 'narrowed', 'chosen'] as const
/** Hours in which a request waits for a second person, and in which what was given may be taken. */
const releaseHours = { wait: 24, take: 1 } as const
/** Of one member of the staff, open at a time. */
const most = 20

type Row = {
  id: string
  shop: number
  scope: (typeof releaseScopes)[number]
  target: string
  persons: number
  reason: (typeof releaseReasons)[number]
  asked_by: number
  asked_at: Date
  decision: 'given' | 'refused' | null
  decided_by: number | null
  decided_at: Date | null
}
const releaseTable = table<Row>('access.release', {
  id: 'uuid',
  shop: 'integer',
  scope: 'text',
  target: 'text',
  persons: 'integer',
  reason: 'text',
  asked_by: 'bigint',
  asked_at: 'timestamptz',
  decision: 'text',
  decided_by: 'bigint',
  decided_at: 'timestamptz',
})
/** Persons are asked for, or were given or refused, as a file. */
export const ReleaseChanged = event(
  'access.release_changed',
  Type.Object({
    release: Type.String(),
    change: Type.Enum(['asked', 'given', 'refused']),
    staff: Type.Integer(),
    persons: Type.Integer(),
  }),
)
const tell = (tx: Tx, r: Pick<Row, 'id' | 'persons'>, change: 'asked' | 'given' | 'refused') =>
  append(tx, ReleaseChanged, {
    subject: `release:${r.id}`,
    body: { release: r.id, change, staff: tx.actor.id, persons: r.persons },
  })
const byId = reader<string, Row & { version: number }>(
  'id',
  (ids) => sql`
  select id, version, shop, scope, target, persons, reason, asked_by, asked_at, decision, decided_by, decided_at from access.release where id = any(${ids}::uuid[])`,
)

export async function askRelease(
  tx: Tx,
  ask: Pick<Row, 'shop' | 'scope' | 'target' | 'persons' | 'reason'>,
): Promise<{ release: string }> {
  const [open] = await tx.list<{ n: number }>(
    sql`select count(*)::int as n from access.release where asked_by = ${tx.actor.id}::bigint and decision is null and asked_at > now() - make_interval(hours => ${releaseHours.wait}::int)`,
  )
  if (open!.n >= most) throw TooManyReleases({ most })
  const id = tx.id()
  tx.insert(releaseTable, {
    id,
    shop: ask.shop,
    scope: ask.scope,
    target: ask.target,
    persons: ask.persons,
    reason: ask.reason,
    asked_by: tx.actor.id,
    asked_at: tx.now,
    decision: null,
    decided_by: null,
    decided_at: null,
  })
  tell(tx, { id, persons: ask.persons }, 'asked')
  return { release: id }
}
/** Once; by somebody else than whoever asked, and in time. */
export async function decideRelease(
  tx: Tx,
  ask: { release: string; decision: 'given' | 'refused' },
): Promise<{ release: string }> {
  const found = await byId.guard(tx, releaseTable, ask.release)
  if (!found) throw ReleaseMissing({})
  if (found.asked_by === tx.actor.id) throw OwnRelease({})
  const late = tx.now.getTime() - found.asked_at.getTime() > releaseHours.wait * 3_600_000
  if (found.decision !== null || late) throw ReleaseGone({})
  tx.update(releaseTable, found, {
    decision: ask.decision,
    decided_by: tx.actor.id,
    decided_at: tx.now,
  })
  tell(tx, found, ask.decision)
  return { release: ask.release }
}

export type Release = Row & {
  state: 'asked' | 'given' | 'refused' | 'expired'
  until: Date | null
}
/** The latest first. `until`: by when it is to be decided, or taken. */
export const releasesOf = (ask: { shop: number; limit: number }) => sql`
  select id, shop, scope, target, persons, reason, asked_by, asked_at, decision, decided_by, decided_at, until,
    case when decision = 'refused' then 'refused' when until <= now() then 'expired' else coalesce(decision, 'asked') end as state
  from access.release cross join lateral (select case decision when 'given' then decided_at + make_interval(hours => ${releaseHours.take}::int)
    when 'refused' then null else asked_at + make_interval(hours => ${releaseHours.wait}::int) end as until) u
  where shop = ${ask.shop}::int order by asked_at desc, id limit ${ask.limit}::int`
export const shopOfRelease = (release: string) =>
  sql`select shop from access.release where id = ${release}::uuid`
/** A row where it was given to whoever asks, for these rows, and not longer ago than it holds. */
export const takeable = (ask: { release: string; shop: number; staff: number; target: string }) => sql`
  select persons from access.release where id = ${ask.release}::uuid and shop = ${ask.shop}::int and asked_by = ${ask.staff}::bigint and target = ${ask.target}
    and decision = 'given' and decided_at > now() - make_interval(hours => ${releaseHours.take}::int)`
