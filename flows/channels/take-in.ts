import * as channels from '#domains/channels'
import * as persons from '#domains/persons'
import { keptUnshipped } from '#flows/desk'
import type { Tx } from '#kernel/gate'
import { addDays } from '#kernel/time'

export type Arrived = {
  readonly id: string
  readonly revision: string
  /** A keyed hash of what was said. */
  readonly mark: string
  readonly words: string
}
export type TakeIn = {
  connection: number
  channel: string
  by: 'pull' | 'notice' | 'reconcile'
  rows: readonly Arrived[]
  /** Where the list stands now, and where it stood when it was read. */
  moves?: { stream: string; from: unknown; to: unknown }
  /** The notice that is answered by it. */
  notice?: number
}

/**
 * Keeps what the outside said, each message once, sealed under its buyer's key, and moves the list on in the same commit:
 * what was read is never lost, and reading it again changes nothing. Nothing is understood here yet.
 */
export const takeIn = (vault: persons.Vault) =>
  async function takeIn(tx: Tx, ask: TakeIn): Promise<{ kept: number; known: number; moved: boolean }> {
    const stream = ask.moves && (await channels.streamOf(tx, ask.connection, ask.moves.stream))
    // Somebody else has read on meanwhile: what they kept is kept.
    if (ask.moves && JSON.stringify(stream?.position ?? null) !== JSON.stringify(ask.moves.from ?? null))
      return { kept: 0, known: ask.rows.length, moved: false }
    const notice = ask.notice === undefined ? undefined : await channels.messageOf(tx, ask.notice)
    const rows = [...new Map(ask.rows.map((r) => [r.mark, r])).values()]
    const known = await Promise.all(
      rows.map((r) =>
        channels.isKept(tx, { connection: ask.connection, way: 'in', kind: 'order', mark: r.mark }),
      ),
    )
    const fresh = rows.filter((_, i) => !known[i])
    const keys = new Map<string, persons.PersonKey | undefined>()
    const unseen: string[] = []
    for (const id of new Set(fresh.map((r) => r.id))) {
      const sale = await channels.saleOf(tx, ask.connection, id)
      // Somebody erased stays so: of what is said of them later, only that it came is kept.
      if (sale) keys.set(id, await persons.keyFor(tx, vault, sale.person))
      else unseen.push(id)
    }
    for (const id of unseen) {
      const key = persons.remember(tx, vault, {
        source: `mall:${ask.channel}`,
        eraseAt: addDays(tx.now, keptUnshipped),
      })
      keys.set(id, key)
      // What bears no number of theirs belongs to no sale; it has a key and a clock all the same.
      if (id !== '?') channels.openSale(tx, { connection: ask.connection, external_id: id, person: key.id })
    }
    for (const r of fresh) {
      const key = keys.get(r.id)
      channels.keepMessage(tx, {
        connection: ask.connection,
        way: 'in',
        kind: 'order',
        external_id: r.id,
        mark: r.mark,
        revision: new Date(r.revision),
        note: key ? persons.noteUnder(tx, key, r.words) : null,
        body: { by: ask.by },
        ...(key === undefined && { state: 'skipped' as const, reason: 'erased' }),
      })
    }
    if (notice?.state === 'waiting') channels.settle(tx, notice, { state: 'done' })
    if (ask.moves)
      channels.moveStream(tx, stream, {
        connection: ask.connection,
        name: ask.moves.stream,
        position: ask.moves.to,
      })
    return { kept: fresh.length, known: ask.rows.length - fresh.length, moved: ask.moves !== undefined }
  }

/** The outside says that a sale has changed: kept once, and asked for later. */
export async function keepNotice(
  tx: Tx,
  ask: { connection: number; sale: string; mark: string },
): Promise<{ kept: boolean }> {
  const at = { connection: ask.connection, way: 'in', kind: 'notice', mark: ask.mark } as const
  if (await channels.isKept(tx, at)) return { kept: false }
  channels.keepMessage(tx, { ...at, external_id: ask.sale })
  return { kept: true }
}
