import * as channels from '#domains/channels'
import type { Tx } from '#kernel/gate'

/** What cannot be read or done as it is: kept aside with the reason, for a person to look at and to replay. */
export async function setAside(
  tx: Tx,
  ask: { message: number; reason: string; place: string },
): Promise<{ aside: boolean }> {
  const message = await channels.messageOf(tx, ask.message)
  if (message.state !== 'waiting') return { aside: false }
  channels.settle(tx, message, { state: 'quarantined', reason: ask.reason, place: ask.place })
  return { aside: true }
}
export async function settleMessage(
  tx: Tx,
  ask: { message: number; state: 'done' | 'skipped'; reason?: string },
): Promise<{ settled: boolean }> {
  const message = await channels.messageOf(tx, ask.message)
  if (message.state !== 'waiting') return { settled: false }
  channels.settle(tx, message, { state: ask.state, ...(ask.reason && { reason: ask.reason }) })
  return { settled: true }
}
/** Written down before it is sent: if nobody can say afterwards whether it arrived, that much is known. */
export async function putOffMessage(
  tx: Tx,
  ask: { message: number; reason: string; until: string; unsure: boolean },
): Promise<{ waits: boolean }> {
  const message = await channels.messageOf(tx, ask.message)
  if (message.state !== 'waiting') return { waits: false }
  channels.putOff(tx, message, { reason: ask.reason, until: new Date(ask.until), unsure: ask.unsure })
  return { waits: true }
}
/** What was set aside is tried again: one, a range, or all, as many as fit one commit. */
export async function replayMessages(
  tx: Tx,
  ask: { connection: number; from: number; to: number },
): Promise<{ replayed: number; more: boolean }> {
  const found = await tx.list<{ id: number }>(
    channels.quarantinedBetween(ask.connection, ask.from, ask.to, 501),
  )
  const messages = await Promise.all(found.slice(0, 500).map((m) => channels.messageOf(tx, m.id)))
  for (const m of messages) if (m.state === 'quarantined') channels.again(tx, m)
  return { replayed: messages.length, more: found.length > 500 }
}
