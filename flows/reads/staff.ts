import { sql } from '#kernel/db'

/** Whose sign-in address this is: the address itself is known to nobody but the person's card. */
export const staffByMark = (mark: Buffer) => sql`
  select s.id, s.role, s.shop, s.place, s.password, s.pin from persons.mark m join access.staff s on s.id = m.person where m.kind = 'email' and m.mark = ${mark}::bytea and s.disabled_at is null`
