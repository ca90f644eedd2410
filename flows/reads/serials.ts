import { raw, sql, type Statement } from '#kernel/db'

/** Units that bear numbers, each with where it is: on a shelf, on its way, with a buyer, or gone. By number, SKU and place. */
export function serialList(ask: {
  serial?: string
  sku?: string
  place?: number
  state?: string
  /** Of these shops, and at these places. */
  own?: { shops: readonly number[]; places: readonly number[] }
  after?: number
  limit: number
}): Statement {
  const values: unknown[] = [ask.after ?? 0, ask.limit]
  const where: string[] = []
  const add = (test: string, value: unknown) => {
    if (value === undefined) return
    values.push(value)
    where.push(`and ${test} $${values.length}`)
  }
  add('r.serial =', ask.serial)
  add('s.code =', ask.sku)
  add('h.place =', ask.place)
  add('r.state =', ask.state)
  if (ask.own) {
    const at = values.push(ask.own.shops, ask.own.places)
    where.push(
      `and (h.place is null or h.place = any($${at}::int[])) and (r."order" is null or (select shop from orders.header o where o.id = r."order") = any($${at - 1}::int[]))
       and (r.journey is null or (select j.target from stock.journey j where j.id = r.journey) = any($${at}::int[]))`,
    )
  }
  return raw(
    `serial list ${where.join(' ')}`,
    `select r.id, r.serial, s.code as sku, p.name, r.state, l.code as place, l.name as place_name, h.condition, r.journey as transfer, r."order"
     from stock.serial r join catalog.sku s on s.id = r.sku join catalog.product p on p.id = s.product
     left join stock.shelf h on h.id = r.shelf left join places.place l on l.id = h.place
     where r.id > $1 ${where.join(' ')} order by r.id limit $2`,
    values,
  )
}
/** Where one unit has been, oldest first. */
export const serialHistory = (serial: number): Statement => sql`
  select e.seq, e.body->>'state' as state, l.code as place, (e.body->>'journey')::bigint as transfer, (e.body->>'order')::bigint as "order", e.actor, e.happened_at
  from kernel.event e left join stock.shelf h on h.id = (e.body->>'shelf')::bigint left join places.place l on l.id = h.place
  where e.subject = 'serial:' || ${serial}::bigint and e.kind = 'stock.serial_moved' order by e.seq limit 200`
