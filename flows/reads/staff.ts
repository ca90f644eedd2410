import { sql } from '#kernel/db'

/** Whose sign-in address this is: the address itself is known to nobody but the person's card. */
export const staffByMark = (mark: Buffer) => sql`
  select s.id, s.role, s.shops, s.place, s.password, s.pin from persons.mark m join access.staff s on s.id = m.person where m.kind = 'email' and m.mark = ${mark}::bytea and s.disabled_at is null`

/** Who has this very mail address or telephone number, with those they are known to be besides. */
export const personsMarked = (kind: 'email' | 'phone', mark: Buffer) => sql`
  with marked as (select person from persons.mark where kind = ${kind}::text and mark = ${mark}::bytea limit 200)
  select person from marked
  union select o.id from marked m join customers.identity i on i.id = m.person join customers.identity o on o.customer = i.customer`

/** The newest sealed card of each of these who is staff: a customer among them is passed over. */
export const staffCards = (ids: readonly number[]) => sql`
  select distinct on (c.person) c.id, c.person, c.box, k.wrapped from access.staff s join persons.card c on c.person = s.id join persons.key k on k.id = c.person
  where s.id = any(${ids}::bigint[]) order by c.person, c.created_at desc`
