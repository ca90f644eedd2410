import { sql } from '#kernel/db'

/** Whose sign-in address this is: the address itself is known to nobody but the person's card. */
export const staffByMark = (mark: Buffer) => sql`
  select s.id, s.role, s.shops, s.place, s.password, s.pin from persons.mark m join access.staff s on s.id = m.person where m.kind = 'email' and m.mark = ${mark}::bytea and s.disabled_at is null`
/** The same, whether they may come in or not. */
export const anyStaffByMark = (mark: Buffer) =>
  sql`select s.id from persons.mark m join access.staff s on s.id = m.person where m.kind = 'email' and m.mark = ${mark}::bytea`

/** Who has this very mail address or telephone number, with those they are known to be besides. */
export const personsMarked = (kind: 'email' | 'phone', mark: Buffer) => sql`
  with marked as (select person from persons.mark where kind = ${kind}::text and mark = ${mark}::bytea limit 200)
  select person from marked
  union select o.id from marked m join customers.identity i on i.id = m.person join customers.identity o on o.customer = i.customer`

/** The newest sealed card of each of these who is staff: a customer among them is passed over. */
export const staffCards = (ids: readonly number[]) => sql`
  select distinct on (c.person) c.id, c.person, c.box, k.wrapped from access.staff s join persons.card c on c.person = s.id join persons.key k on k.id = c.person
  where s.id = any(${ids}::bigint[]) order by c.person, c.created_at desc`

/** Whom a link invites, as long as it is good. */
export const staffByInvitation = (hash: string) =>
  sql`select id as staff from access.staff where invitation = ${hash}::text and invited_until > now() and disabled_at is null`
/** The newest sealed card of one of them. */
export const staffCard = (staff: number) => sql`
  select c.id, c.person, c.box, k.wrapped from persons.card c join persons.key k on k.id = c.person where c.person = ${staff}::bigint order by c.created_at desc limit 1`

/** Everybody of the staff, in the order in which they came. Somebody has come in once they have a password or a passkey. */
export const staffList = sql`
  select s.id as staff, s.version, s.role, s.shops, s.place, s.disabled_at, s.invited_until, s.created_at,
    s.password is not null as password, s.pin is not null as pin, (select count(*)::int from access.passkey p where p.staff = s.id) as passkeys,
    exists (select from access.totp t where t.staff = s.id and t.confirmed_at is not null) as totp,
    (select max(x.created_at) from access.session x where x.staff = s.id) as signed_in_at
  from access.staff s order by s.created_at, s.id limit 5000`

/** Whether anybody can come in. Until then the first owner is waited for. */
export const staffIn = sql`
  select s.id from access.staff s where s.disabled_at is null and (s.password is not null or exists (select from access.passkey p where p.staff = s.id)) limit 1`
/** The owner of whom nothing is known yet but the link that they are to open. */
export const ownerAwaited = sql`
  select s.id from access.staff s where s.role = 'owner' and s.shops is null and s.disabled_at is null and not exists (select from persons.card c where c.person = s.id) order by s.id limit 1`
/** Everybody who opens a till, with the hash of their PIN. */
export const pinsOf = sql`select id, pin from access.staff where pin is not null and disabled_at is null order by id limit 500`
