/** How somebody of the staff proves who they are: a password, a code of their app or of their list, a passkey. */
import {
  CodeWrong,
  matches,
  recoveryHash,
  stepAt,
  stepOfCode,
  staffById,
  TooMany,
  totpOf,
  useRecovery,
  useStep,
  type Staff,
} from '#domains/access'
import { takeOut } from '#domains/persons'
import { ask } from '#kernel/db'
import type { Services } from './route.ts'

export type Totp = { box: Buffer; confirmed_at: Date | null; created_at: Date }
export const totpPlace = (staff: number) => `totp ${staff}`
export async function totpInForce(s: Services, staff: number): Promise<Totp | undefined> {
  const [found] = await ask<Totp>(s.pool, totpOf(staff))
  return found?.confirmed_at ? found : undefined
}
/** The step of a code, as this moment has it. */
export const stepNow = (s: Services, staff: number, totp: Totp, code: string): number | undefined =>
  stepOfCode(
    Buffer.from(takeOut(s.vault, totpPlace(staff), totp.box), 'base64'),
    code.normalize('NFKC').replace(/\s/g, ''),
    stepAt(new Date()),
  )

/** Six digits of the app, or a recovery code; each good once. Five guesses, then one a minute. */
export async function demandCode(s: Services, staff: number, code: string): Promise<void> {
  const wait = s.limits.take(`code of ${staff}`, 1 / 60, 5)
  if (wait) throw TooMany({ seconds: wait })
  const totp = await totpInForce(s, staff)
  if (!totp) throw CodeWrong({})
  const step = stepNow(s, staff, totp, code)
  const used =
    step === undefined
      ? await ask(s.pool, useRecovery(staff, recoveryHash(code)))
      : await ask(s.pool, useStep(staff, step))
  if (used.length === 0) throw CodeWrong({})
}
export async function isPassword(s: Services, staff: number, password: string): Promise<boolean> {
  const [known] = await ask<Staff>(s.pool, staffById(staff))
  return matches(password, known?.password)
}
