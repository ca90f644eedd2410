import * as carts from '#domains/carts'
import { clockOf, erase } from '#domains/persons'
import { sql } from '#kernel/db'
import type { Tx } from '#kernel/gate'

/** Persons whose clock has passed, and those of carts that became no order within thirty days. */
export const overduePersons = (limit: number) => sql`
  select k.id as person, c.id as cart, k.erase_at as due from persons.key k left join carts.cart c on c.person = k.id and c.state = 'open' and k.source = 'cart'
  where k.erase_at <= now() or k.source = 'cart' and k.created_at < now() - interval '30 days' and not exists (select from orders.destination d where d.person = k.id)
  order by k.id limit ${limit}::int`

/** Forgets a person whose time has come, unless their clock has been set anew since it was looked at. Their open cart stays, and asks for an address again: an order placed at the same moment goes first or not at all. */
export async function eraseDue(
  tx: Tx,
  ask: { person: number; cart: string | null; due: Date | null },
): Promise<{ erased: boolean }> {
  const clock = await clockOf(tx, ask.person)
  if (clock?.erase_at?.getTime() !== ask.due?.getTime()) return { erased: false }
  const cart = ask.cart === null ? undefined : await carts.openCart(tx, ask.cart)
  await erase(tx, { person: ask.person, reason: 'due' })
  if (cart) carts.forgetPerson(tx, cart)
  return { erased: true }
}
