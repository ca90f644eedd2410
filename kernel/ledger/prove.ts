import type pg from 'pg'

/** One thing that is not as it must be, with enough to find it. */
export type Difference = {
  readonly check: string
  readonly what: string
  readonly expected?: string
  readonly found?: string
}
export type Proof = {
  readonly at: Date
  readonly transfers: number
  readonly accounts: number
  readonly events: number
  readonly differences: readonly Difference[]
  /** True when more were found than are listed. */
  readonly more: boolean
}
export type Check = { readonly name: string; readonly query: string }

const listed = 100
const kindOf = (column: string) => `(${column} >> 44)`

/** What must hold of the books whatever stands on them. Each query returns only what is wrong: `what`, and where it helps `expected` and `found`. */
const checks: Check[] = [
  {
    name: 'every balance equals its transfers',
    query: `
      with replayed as (
        select id, sum(amount) as balance from (
          select credit as id, amount from ledger.transfer union all select debit, -amount from ledger.transfer) t
        group by id)
      select 'account ' || coalesce(a.id, r.id) || coalesce(' (' || k.name || ')', '') as what, coalesce(r.balance, 0)::text as expected, coalesce(a.balance, 0)::text as found
      from replayed r full join ledger.account a using (id) left join ledger.kind k on k.kind = ${kindOf('coalesce(a.id, r.id)')}
      where coalesce(a.balance, 0) <> coalesce(r.balance, 0) and not coalesce(k.counter, false)`,
  },
  {
    name: 'no account is below its floor',
    query: `select 'account ' || a.id || ' (' || k.name || ')' as what, k.floor::text as expected, a.balance::text as found
      from ledger.account a join ledger.kind k using (kind) where a.balance < k.floor or a.floor is distinct from k.floor`,
  },
  {
    name: 'both sides of a transfer count the same thing',
    query: `
      select 'transfer ' || t.seq as what, a.book || ' ' || a.unit || coalesce(' ' || a.currency, '') as expected, t.book || ' ' || t.unit || coalesce(' ' || t.currency, '') as found
      from ledger.transfer t cross join lateral (values (t.debit), (t.credit)) s(id) join ledger.account a on a.id = s.id
      where (a.book, a.unit) <> (t.book, t.unit) or a.currency is distinct from t.currency`,
  },
  {
    name: 'each unit sums to zero',
    // A transfer takes from one account what it gives to another, so a unit can only fail to sum to zero when one account was used for two units.
    query: `select 'account ' || id as what, 'one unit' as expected, count(*)::text || ' units' as found
      from (select id, book, unit, currency from (select debit as id, book, unit, currency from ledger.transfer union select credit, book, unit, currency from ledger.transfer) s group by 1, 2, 3, 4) u
      join ledger.kind k on k.kind = ${kindOf('u.id')} where not k.counter
      group by id having count(*) > 1`,
  },
  {
    name: 'every account is of a known kind',
    query: `select 'account ' || id as what, coalesce(k.book, 'a known kind') as expected, kind::text as found from ledger.account a left join ledger.kind k using (kind) where k.kind is null or k.book <> a.book or a.kind <> ${kindOf('a.id')}
      union all select 'transfer ' || seq, 'known kinds', debit || ' ' || credit from ledger.transfer t
      where not exists (select from ledger.kind k where k.kind = ${kindOf('t.debit')} and k.book = t.book) or not exists (select from ledger.kind k where k.kind = ${kindOf('t.credit')} and k.book = t.book)`,
  },
  {
    name: 'every account bears the numbers it is made of',
    query: `select 'account ' || id as what, kind || ' and ' || owner as expected, ${kindOf('id')} || ' and ' || (id & ((1::bigint << 44) - 1)) as found
      from ledger.account where kind <> ${kindOf('id')} or owner <> id & ((1::bigint << 44) - 1)`,
  },
  {
    name: 'every transfer and event belongs to an answered request',
    // Remembered requests are forgotten after a while; up to where is noted when it is done.
    query: `
      select 'transfer ' || t.seq as what, 'request ' || t.key as expected, 'none' as found from ledger.transfer t
      where t.seq > (select seq from kernel.forgotten) and not exists (select from kernel.request r where r.key = t.key)
      union all
      select 'event ' || e.seq, 'request ' || e.key, 'none' from kernel.event e
      where e.seq > (select event from kernel.forgotten) and not exists (select from kernel.request r where r.key = e.key)`,
  },
  {
    name: 'every request has the transfers and events it wrote',
    query: `
      select 'request ' || r.key as what, r.transfers || ' transfers of ' || r.moved || ', ' || r.events || ' events' as expected,
        coalesce(t.count, 0) || ' transfers of ' || coalesce(t.moved, 0) || ', ' || coalesce(e.count, 0) || ' events' as found
      from kernel.request r
      left join (select key, count(*) as count, sum(amount) as moved from ledger.transfer group by key) t using (key)
      left join (select key, count(*) as count from kernel.event group by key) e using (key)
      where r.transfers <> coalesce(t.count, 0) or r.moved <> coalesce(t.moved, 0) or r.events <> coalesce(e.count, 0)`,
  },
]

/**
 * Recomputes the books from their transfers and events and names every difference. Reads one snapshot; changes nothing.
 * `more` are the checks of those who stand on the ledger (orders, projections): the kernel does not know them.
 */
export async function prove(client: pg.ClientBase, more: readonly Check[] = []): Promise<Proof> {
  await client.query('begin isolation level repeatable read read only')
  // Everything is compared with everything: where the statistics are old, a plan of nested loops would take hours.
  await client.query(`set local enable_nestloop = off; set local jit = off; set local work_mem = '64MB'`)
  try {
    const differences: Difference[] = []
    let cut = false
    for (const c of [...checks, ...more]) {
      const { rows } = await client.query(`select * from (${c.query}) d limit ${listed + 1}`)
      if (rows.length > listed) cut = true
      for (const r of rows.slice(0, listed))
        differences.push({
          check: c.name,
          what: r.what,
          ...(r.expected != null && { expected: r.expected }),
          ...(r.found != null && { found: r.found }),
        })
    }
    const size = (
      await client.query(
        `select (select count(*) from ledger.transfer) as transfers, (select count(*) from ledger.account) as accounts, (select count(*) from kernel.event) as events, now() as at`,
      )
    ).rows[0]
    return {
      at: size.at,
      transfers: Number(size.transfers),
      accounts: Number(size.accounts),
      events: Number(size.events),
      differences,
      more: cut,
    }
  } finally {
    await client.query('rollback')
  }
}
