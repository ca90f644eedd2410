import { sql } from '#kernel/db'

/** Of which shop, or of which places, something is: whoever works for other shops is told that it is not there. */
export const shopOfOrder = (order: number) => sql`select shop from orders.header where id = ${order}::bigint`
export const shopOfShortage = (shortage: number) =>
  sql`select h.shop from fulfilment.shortage x join orders.header h on h.id = x."order" where x.id = ${shortage}::bigint`
export const shopOfMember = (code: string) =>
  sql`select shop from customers.identity where code = ${code}::text`
/** A customer is of the shop they came to first; a member of staff of those they work for. */
export const shopsOfPerson = (person: number) => sql`
  select i.shop from customers.identity i where i.id = ${person}::bigint
  union all select x::int from access.staff s cross join lateral jsonb_array_elements_text(coalesce(s.shops, '[0]')) x where s.id = ${person}::bigint`
export const placesOfTransfer = (transfer: number) =>
  sql`select p as place from stock.journey j, unnest(array[j.origin, j.target]) p where j.id = ${transfer}::bigint`
export const whereaboutsOf = (sku: string, serial: string) => sql`
  select h.place, o.shop, j.target from stock.serial r join catalog.sku s on s.id = r.sku left join stock.shelf h on h.id = r.shelf
  left join orders.header o on o.id = r."order" left join stock.journey j on j.id = r.journey where s.code = ${sku}::text and r.serial = ${serial}::text`
