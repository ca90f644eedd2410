import { sql, type Statement } from '#kernel/db'

export type Movement = {
  seq: number
  key: string
  from: number
  to: number
  amount: number
  reason: string
  ref: number | null
  actor: number
  happened_at: Date
  recorded_at: Date
}

/** The rows behind a balance, newest first, a page at a time: `before` is the `seq` of the last one seen. Amounts are signed as the accounts saw them. */
export const movements = (
  accounts: readonly number[],
  before: number | undefined,
  limit: number,
): Statement => sql`
  select seq, key, debit as "from", credit as "to", amount, reason, ref, actor, happened_at, recorded_at
  from (
    (select t.* from ledger.transfer t where t.debit = any(${accounts}::bigint[]) and t.seq < ${before ?? Number.MAX_SAFE_INTEGER}::bigint order by t.seq desc limit ${limit}::int)
    union
    (select t.* from ledger.transfer t where t.credit = any(${accounts}::bigint[]) and t.seq < ${before ?? Number.MAX_SAFE_INTEGER}::bigint order by t.seq desc limit ${limit}::int)
  ) m
  order by seq desc limit ${limit}::int`
