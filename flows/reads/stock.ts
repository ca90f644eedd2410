import { raw, sql, type Statement } from '#kernel/db'

/** Which shelves are looked for: of any field, all that fit where it is absent. */
export type StockFilter = {
  q?: string
  place?: number
  only?: 'short' | 'out'
  /** At these alone. */
  places?: readonly number[]
  /** Of these alone. */
  pairs?: readonly Pair[]
}
type Pair = { sku: number; place: number }
/** The conditions after those that `values` belong to, which they are added to. */
function whereOf(ask: StockFilter, values: unknown[]): string {
  const where: string[] = []
  if (ask.q !== undefined) {
    values.push(ask.q)
    const n = `$${values.length}`
    where.push(
      `and (s.code ilike '%' || ${n} || '%' or s.jan = ${n} or p.name->>'ja' ilike '%' || ${n} || '%' or p.name->>'en' ilike '%' || ${n} || '%')`,
    )
  }
  if (ask.place !== undefined) {
    values.push(ask.place)
    where.push(`and g.place = $${values.length}`)
  }
  if (ask.places) {
    values.push(ask.places)
    where.push(`and g.place = any($${values.length}::int[])`)
  }
  if (ask.pairs) {
    values.push(
      ask.pairs.map((x) => x.sku),
      ask.pairs.map((x) => x.place),
    )
    const [sku, place] = [`$${values.length - 1}::bigint[]`, `$${values.length}::int[]`]
    // The number of the SKU alone is what an index knows.
    where.push(`and g.sku = any(${sku}) and (g.sku, g.place) in (select * from unnest(${sku}, ${place}))`)
  }
  if (ask.only === 'short')
    where.push(
      `and exists (select from ledger.account a where a.unit = g.sku and a.kind = 4 and a.place = g.place and a.book = 'stock')`,
    )
  if (ask.only === 'out')
    where.push(
      `and not exists (select from ledger.account a where a.unit = g.sku and a.kind = 1 and a.place = g.place and a.condition = 0 and a.balance > 0 and a.book = 'stock')`,
    )
  return where.join(' ')
}
const shelves = `(select distinct sku, place from stock.shelf) g join catalog.sku s on s.id = g.sku join catalog.product p on p.id = s.product`

/** SKU × place with what the ledger says, a page at a time by SKU number and place. */
export function stockList(ask: StockFilter & { after?: Pair; limit: number }): Statement {
  const values: unknown[] = [ask.after?.sku ?? 0, ask.after?.place ?? 0, ask.limit]
  const where = whereOf(ask, values)
  const sum = (kind: number, more = '') =>
    `coalesce((select sum(a.balance) from ledger.account a where a.book = 'stock' and a.unit = g.sku and a.kind = ${kind} and a.place = g.place ${more}), 0)::bigint`
  return raw(
    `stock list ${where}`,
    `with page as (
       select g.sku, g.place, s.code, s.jan, s.serial_kept, s.options, (select jsonb_build_object('ja', coalesce(string_agg(v->'name'->>'ja', ' / '), ''), 'en', coalesce(string_agg(v->'name'->>'en', ' / '), '')) from jsonb_array_elements(p.options) o, jsonb_array_elements(o->'values') v where v->>'code' = s.options->>(o->>'code')) as options_text, p.code as product, p.name from ${shelves}
       where (g.sku, g.place) > ($1, $2) ${where} order by g.sku, g.place limit $3)
     select g.sku as id, g.code as sku, g.jan, g.serial_kept, g.product, g.name, g.options, g.options_text, g.place, pl.code as place_code, pl.name as place_name,
       ${sum(1, 'and a.condition = 0')} as on_hand, ${sum(2)} as held, -${sum(4)} as short, ${sum(1, 'and a.condition = 1')} as quarantine, ${sum(3)} as in_transit
     from page g join places.place pl on pl.id = g.place order by g.sku, g.place`,
    values,
  )
}
/** All that fit, by SKU number and place. */
export function stockMatches(ask: StockFilter, limit: number): Statement {
  const values: unknown[] = [limit]
  const where = whereOf(ask, values)
  return raw(
    `stock matches ${where}`,
    `select g.sku, g.place from ${shelves} where true ${where} order by g.sku, g.place limit $1`,
    values,
  )
}

const kinds = { on_hand: 1, held: 2, in_transit: 3, short: 4, quarantine: 1 } as const
/** The transfers behind one number of the stock screen, newest first, signed as that number saw them. */
export function movementsOf(ask: {
  sku: number
  place: number
  kind: keyof typeof kinds
  before?: number
  limit: number
}): Statement {
  const kind = kinds[ask.kind]
  const condition = ask.kind === 'on_hand' ? 0 : ask.kind === 'quarantine' ? 1 : null
  // Holds and shortages leave the table when they reach zero: their accounts are found by the allocations of the place.
  const accounts =
    kind === 1
      ? `select (1::bigint << 44) + id from stock.shelf where sku = $1 and place = $2 and condition = $6`
      : kind === 3
        ? `select distinct t.credit from ledger.transfer t where t.reason = 'stock.sent' and t.unit = $1 and $2 = (select target from stock.journey j where j.id = t.ref) and $6::int is null`
        : `select ($5::bigint << 44) + id from fulfilment.allocation where sku = $1 and place = $2 and $6::int is null`
  return raw(
    `movements of ${ask.kind}`,
    `with mine as (select array(${accounts}) as ids)
     select t.seq, t.reason, case when t.credit = any(mine.ids) then t.amount else -t.amount end * $7::int as amount, kd.name as "from", kc.name as "to", t.ref, t.actor, t.happened_at, t.recorded_at
     from mine, ledger.transfer t left join ledger.kind kd on kd.kind = t.debit >> 44 left join ledger.kind kc on kc.kind = t.credit >> 44
     where t.seq < $3 and (t.debit = any(mine.ids) or t.credit = any(mine.ids)) and $5::int is not null order by t.seq desc limit $4`,
    [
      ask.sku,
      ask.place,
      ask.before ?? Number.MAX_SAFE_INTEGER,
      ask.limit,
      kind,
      condition,
      ask.kind === 'short' ? -1 : 1,
    ],
  )
}

export const transferList = (
  state: string | null,
  before: number | undefined,
  places: readonly number[] | null,
  limit: number,
): Statement => sql`
  select j.id as transfer, o.code as origin, t.code as target, j.state, j.sent_at, j.arrived_at,
    (select jsonb_agg(jsonb_build_object('sku', s.code, 'name', p.name, 'quantity', (l->>'quantity')::bigint)) from jsonb_array_elements(j.lines) l join catalog.sku s on s.id = (l->>'sku')::bigint join catalog.product p on p.id = s.product) as lines
  from stock.journey j join places.place o on o.id = j.origin join places.place t on t.id = j.target
  where j.id < ${before ?? Number.MAX_SAFE_INTEGER}::bigint and (${state}::text is null or j.state = ${state}::text)
    and (${places}::int[] is null or j.origin = any(${places}::int[]) or j.target = any(${places}::int[])) order by j.id desc limit ${limit}::int`
