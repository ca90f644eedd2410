import Type from 'typebox'
import { matches, SecretWrong, staffById, TooMany, type Staff } from '#domains/access'
import { ask } from '#kernel/db'
import type { Context } from '../route.ts'

export const digits = Type.String({ pattern: '^\\d{4,8}$' })
/** One's own, where a store gives money back. */
export const pin = Type.Optional(digits)
/** A PIN that comes with a command is the person's own, or nothing is begun. */
export async function pinOf(c: Context<unknown>, pin: string | undefined): Promise<{ pin?: true }> {
  if (pin === undefined) return {}
  const { staff } = c.session!
  const wait = c.services.limits.take(`pin of ${staff}`, 0.1, 8)
  if (wait) throw TooMany({ seconds: wait })
  const [known] = await ask<Staff>(c.services.pool, staffById(staff))
  if (!(await matches(pin, known?.pin))) throw SecretWrong({})
  return { pin: true }
}
