import { addDays } from '#kernel/time'
import type { Tx } from '#kernel/gate'
import { addEndpoint, changeEndpoint, endpointAt } from '#domains/webhooks'

/** Days for which the secret before signs beside the new one: long enough to exchange it without losing a message. */
const overlapDays = 1

export type Wanted = { url: string; shop: number | null; kinds: string[] | null }
/** A new place that the journal is sent to. `secret` comes sealed. */
export const createEndpoint = (sealed: (id: number) => Buffer) =>
  async function createEndpoint(tx: Tx, ask: Wanted): Promise<{ endpoint: number }> {
    const id = tx.number()
    addEndpoint(tx, { id, ...ask, secret: sealed(id) })
    return { endpoint: id }
  }
/** Another address or choice of events, switched off, or on again after it was broken. */
export async function setEndpoint(
  tx: Tx,
  ask: Wanted & { endpoint: number; version: number; state: 'on' | 'off' },
): Promise<{ endpoint: number; version: number }> {
  const e = await endpointAt(tx, ask)
  const { url, shop, kinds, state } = ask
  changeEndpoint(tx, e, { url, shop, kinds, state, ...(state === 'on' && { failing_since: null }) })
  return { endpoint: e.id, version: e.version + 1 }
}
/** A new secret. For a day messages are signed with both. */
export const rotateSecret = (sealed: (id: number) => Buffer) =>
  async function rotateSecret(
    tx: Tx,
    ask: { endpoint: number },
  ): Promise<{ endpoint: number; until: string }> {
    const e = await endpointAt(tx, ask)
    const until = addDays(tx.now, overlapDays)
    changeEndpoint(tx, e, { secret: sealed(e.id), secret_before: e.secret, before_until: until })
    return { endpoint: e.id, until: until.toISOString() }
  }
/** Nothing has reached it for long: it is left alone until somebody looks at it. What waits, waits. */
export async function giveUpEndpoint(tx: Tx, ask: { endpoint: number }): Promise<{ given_up: boolean }> {
  const e = await endpointAt(tx, ask)
  if (e.state !== 'on') return { given_up: false }
  changeEndpoint(tx, e, { state: 'broken' })
  return { given_up: true }
}
/** Used no more: nothing is sent, its secrets are gone; what was sent stays to be looked at until it is swept. */
export async function archiveEndpoint(
  tx: Tx,
  ask: { endpoint: number; version: number },
): Promise<{ endpoint: number }> {
  const e = await endpointAt(tx, ask)
  const gone = { secret: Buffer.alloc(0), secret_before: null, before_until: null }
  changeEndpoint(tx, e, { ...gone, state: 'off', archived_at: tx.now })
  return { endpoint: e.id }
}
