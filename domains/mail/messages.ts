import { raw, sql, type Statement } from '#kernel/db'

export const kinds = ['placed', 'shipped', 'cancelled', 'paid', 'refunded'] as const
export type Kind = (typeof kinds)[number]
export const states = ['waiting', 'sent', 'failed', 'kept'] as const
export type State = (typeof states)[number]
/** The place in the journal of what a letter tells: its number, too. */
export type Spot = { epoch: number; xid: string; seq: number }
export type Letter = Spot & { kind: Kind; order: number; person: number | null; shop: number }
/** Days after which a letter that could not be sent is given up. */
export const patienceDays = 3

/** The number of a letter: the same however often it is sent. */
export const letterId = (s: Spot): string => `mail_${s.epoch}_${s.xid}_${s.seq}`
// PostgreSQL would read a number of a transaction that begins with 0 as octal.
export const letterPattern = '^mail_\\d{1,9}_(?:0|[1-9]\\d{0,18})_\\d{1,15}$'
export function spotOf(id: string): Spot {
  const [, epoch, xid, seq] = id.split('_')
  return { epoch: Number(epoch), xid: xid!, seq: Number(seq) }
}

/** An event read twice makes one letter. */
export const write = (letters: readonly Letter[], state: 'waiting' | 'kept'): Statement => sql`
  insert into mail.message (epoch, xid, seq, kind, "order", person, shop, state, next_at, give_up_at)
  select l.epoch, l.xid, l.seq, l.kind, l."order", l.person, l.shop, ${state}, now(), now() + make_interval(days => ${patienceDays}::int)
  from unnest(${letters.map((l) => l.epoch)}::int[], ${letters.map((l) => l.xid)}::xid8[], ${letters.map((l) => l.seq)}::bigint[], ${letters.map((l) => l.kind)}::text[],
    ${letters.map((l) => l.order)}::bigint[], ${letters.map((l) => l.person)}::bigint[], ${letters.map((l) => l.shop)}::int[]) l(epoch, xid, seq, kind, "order", person, shop)
  on conflict do nothing`

export type Due = Letter & { attempts: number; give_up_at: Date }
/** Takes what is due and puts it off while it is sent: each letter is taken by one process, and taken over when that one dies. */
export const takeDue = (now: Date, most: number, leaseSeconds: number): Statement => sql`
  with due as (
    select epoch, xid, seq from mail.message where state = 'waiting' and next_at <= ${now}::timestamptz
    order by next_at limit ${most}::int for update skip locked)
  update mail.message m set attempts = m.attempts + 1, next_at = ${now}::timestamptz + make_interval(secs => ${leaseSeconds}::int)
  from due where (m.epoch, m.xid, m.seq) = (due.epoch, due.xid, due.seq)
  returning m.epoch, m.xid::text as xid, m.seq, m.kind, m."order", m.person, m.shop, m.attempts, m.give_up_at`

type Outcome = { state: State; next: Date | null; sent: Date | null; failure: string | null }
/** What came of an attempt. One that has lost its letter to another process, or to somebody who sends it again, says nothing. */
export const settle = (d: Due, o: Outcome): Statement => sql`
  update mail.message set state = ${o.state}, version = version + 1, next_at = coalesce(${o.next}::timestamptz, next_at), sent_at = coalesce(${o.sent}::timestamptz, sent_at), failure = ${o.failure}
  where epoch = ${d.epoch}::int and xid = ${d.xid}::xid8 and seq = ${d.seq}::bigint and state = 'waiting' and attempts = ${d.attempts}::int`

/** Sent once more, whatever had become of it, but for what is under way. */
export const sendAgain = (s: Spot, now: Date): Statement => sql`
  update mail.message set state = 'waiting', version = version + 1, attempts = 0, next_at = ${now}::timestamptz, give_up_at = ${now}::timestamptz + make_interval(days => ${patienceDays}::int), failure = null
  where epoch = ${s.epoch}::int and xid = ${s.xid}::xid8 and seq = ${s.seq}::bigint and state <> 'waiting' returning 1`
export const sendKept = (shops: readonly number[] | null, now: Date): Statement => sql`
  update mail.message set state = 'waiting', version = version + 1, attempts = 0, next_at = ${now}::timestamptz, give_up_at = ${now}::timestamptz + make_interval(days => ${patienceDays}::int), failure = null
  where state = 'kept' and (${shops}::int[] is null or shop = any(${shops}::int[])) returning 1`

const shown = `m.id, m.epoch, m.xid::text as xid, m.seq, m.kind, m."order", m.shop, m.state, m.attempts, m.next_at, m.sent_at, m.failure, m.created_at from mail.message m`
/** Newest first; after a letter. */
export const letters = (ask: {
  state: State | null
  order: number | null
  shops: readonly number[] | null
  before: Spot | undefined
  limit: number
}): Statement =>
  raw(
    'letters',
    `select ${shown}
  where ($1::text is null or m.state = $1) and ($2::bigint is null or m."order" = $2) and ($3::int[] is null or m.shop = any($3))
    and ($4::int is null or (m.epoch, m.xid, m.seq) < ($4, $5::xid8, $6::bigint))
  order by m.epoch desc, m.xid desc, m.seq desc limit $7::int`,
    [
      ask.state,
      ask.order,
      ask.shops,
      ask.before?.epoch ?? null,
      ask.before?.xid ?? null,
      ask.before?.seq ?? null,
      ask.limit,
    ],
  )
/** All of a state, or those of these numbers, the oldest first; each with its number. */
export const letterMatches = (ask: {
  state: State | null
  ids: readonly number[] | null
  shops: readonly number[] | null
  limit: number
}): Statement => sql`
  select m.id from mail.message m
  where (${ask.state}::text is null or m.state = ${ask.state}) and (${ask.ids}::bigint[] is null or m.id = any(${ask.ids}::bigint[]))
    and (${ask.shops}::int[] is null or m.shop = any(${ask.shops}::int[])) order by m.epoch, m.xid, m.seq limit ${ask.limit}::int`
/** Rows of the list by their numbers, as they are now. */
export const lettersOf = (ids: readonly number[]): Statement =>
  raw('letters of', `select ${shown} where m.id = any($1::bigint[]) order by m.epoch, m.xid, m.seq`, [ids])
export const letterAt = (s: Spot): Statement => sql`
  select epoch, xid::text as xid, seq, kind, "order", person, shop from mail.message where epoch = ${s.epoch}::int and xid = ${s.xid}::xid8 and seq = ${s.seq}::bigint`
export const shopOfLetter = (s: Spot): Statement => sql`
  select shop from mail.message where epoch = ${s.epoch}::int and xid = ${s.xid}::xid8 and seq = ${s.seq}::bigint`
/** How many wait, were kept, and could not be sent; 10,001 stands for more. */
export const letterCounts = (shops: readonly number[] | null): Statement => sql`
  select s.state, (select count(*)::int from (select from mail.message m where m.state = s.state and (${shops}::int[] is null or m.shop = any(${shops}::int[])) limit 10001) x) as n
  from unnest(array['waiting', 'failed', 'kept']) s(state)`
/** What was sent, or nobody sent, is there to be looked at for a while. */
export const sweepLetters = sql`
  delete from mail.message where state <> 'waiting' and created_at < now() - interval '90 days'`
