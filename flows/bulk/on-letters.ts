import type { Tx } from '#kernel/gate'
import { mail } from './rooms.ts'

/** One letter of a run; answers whether it is sent now, or waited already. */
export async function doLetter(
  tx: Tx,
  ask: { letter: number; shops: readonly number[] | null },
): Promise<boolean> {
  const letter = await mail.letterById(tx, ask.letter)
  if (!letter || (ask.shops && !ask.shops.includes(letter.shop)))
    throw mail.LetterMissing({ message: String(ask.letter) })
  return mail.sendOnceMore(tx, letter)
}
/** What the audit log calls it. */
export async function letterName(tx: Tx, id: number): Promise<string> {
  const letter = await mail.letterById(tx, id)
  return `message ${letter ? mail.letterId(letter) : id}`
}
