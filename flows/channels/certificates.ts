import { sql } from '#kernel/db'

/** Sales whose buyer has been erased and of which no certificate says so yet, with what is left of them: nothing. */
export const uncertified = (limit: number) => sql`
  select s.connection, s.external_id, s."order", e.at as erased_at,
    (select max(shipped_at) from fulfilment.shipment f where f."order" = s."order") as last_parcel_at,
    (select count(*) from persons.key k where k.id = s.person)::int as keys,
    (select count(*) from persons.card c where c.person = s.person)::int as cards,
    (select count(*) from persons.note n where n.person = s.person)::int as notes,
    (select count(*) from persons.mark m where m.person = s.person)::int as marks,
    (select count(*) from channels.message m where m.connection = s.connection and m.external_id = s.external_id)::int as messages
  from channels.sale s join persons.erasure e on e.person = s.person
  where not exists (select from channels.certificate c where c.connection = s.connection and c.external_id = s.external_id)
  order by s.id limit ${limit}::int`
export type Uncertified = {
  connection: number
  external_id: string
  order: number | null
  erased_at: Date
  last_parcel_at: Date | null
  keys: number
  cards: number
  notes: number
  marks: number
  messages: number
}
