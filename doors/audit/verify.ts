import type pg from 'pg'
import { chain, firstHash, hashOfEntry, markOfDeed, unlinked, type Entry, type Link } from '#domains/access'
import type { Vault } from '#domains/persons'
import { ask } from '#kernel/db'
import { checked } from '#kernel/trust'

export type Fault = 'changed' | 'removed' | 'planted' | 'unlinked' | 'cut'
export type Verdict = {
  entries: number
  /** Not linked yet: what was done in the last second. */
  waiting: number
  head: { no: number; hash: string } | null
  faults: { fault: Fault; no: number | null; deed: string | null; seq: number | null }[]
  more: boolean
}
const listed = 100

/**
 * Recomputes the chain and names each entry that is not what it was: changed, removed, put in past the house, or a link that is gone.
 * `head` is a hash noted earlier, outside this database: a chain that does not contain it was cut or written anew.
 */
export async function verifyChain(pool: pg.Pool, vault: Vault, head?: string): Promise<Verdict> {
  const faults: Verdict['faults'] = []
  const note = (fault: Fault, no: number | null, deed: string | null = null, seq: number | null = null) =>
    void faults.push({ fault, no, deed, seq })
  const isOurs = (e: Entry) => markOfDeed(vault.sign, e.id, e).equals(e.mark)
  // Asked first: what is linked meanwhile is met in the chain.
  const fresh = new Map((await ask<Entry>(pool, unlinked(0, 10_000))).map((e) => [e.id, e]))
  let hash: Buffer = firstHash
  let no = 0
  let isKnown = head === undefined
  for (let after = 0; ; after = no) {
    const rows = await ask<Link & { deed: string } & (Entry | { id: null })>(pool, chain(after, 2000))
    for (const r of rows) {
      for (no++; no < r.no; no++) note('unlinked', no)
      fresh.delete(r.deed)
      if (r.id === null) note('removed', no, r.deed)
      else {
        const e = checked<Entry>(r)
        if (!isOurs(e)) note(hashOfEntry(hash, no, e).equals(r.hash) ? 'planted' : 'changed', no, e.id, e.seq)
        else if (!hashOfEntry(hash, no, e).equals(r.hash)) note('changed', no, e.id, e.seq)
      }
      // What stands there is gone on from, so that one fault is named once and not at every entry behind it.
      hash = r.hash
      isKnown ||= hash.toString('hex') === head
    }
    if (rows.length < 2000) break
  }
  for (const e of fresh.values()) if (!isOurs(e)) note('planted', null, e.id, e.seq)
  if (!isKnown) note('cut', null)
  return {
    entries: no,
    waiting: fresh.size,
    head: no === 0 ? null : { no, hash: hash.toString('hex') },
    faults: faults.slice(0, listed),
    more: faults.length > listed,
  }
}
