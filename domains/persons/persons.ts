/**
 * A person's data, sealed. Everything else in the house knows a person by a number.
 * A card is sealed under the key of its person and source; the key is sealed under the installation's.
 * AES-256-GCM; a box is nonce (12) · tag (16) · text; the additional data bind a box to its place.
 */
import assert from 'node:assert/strict'
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomFillSync } from 'node:crypto'
import { sql } from '#kernel/db'
import { reader, table, type Tx } from '#kernel/gate'
import type { Card, Vault } from './card.ts'
import { fold } from './fold.ts'
import { hintsOf } from './hints.ts'

export type PersonKey = { readonly id: number; readonly secret: Buffer }

export function openVault(secret: Buffer): Vault {
  assert(secret.length === 32, 'the secret key has 32 bytes')
  const part = (name: string) => Buffer.from(hkdfSync('sha256', secret, '', name, 32))
  return { seal: part('persons.seal'), mark: part('persons.mark'), sign: part('doors.sign') }
}

/** Drawn in stock: a call for a dozen bytes costs as much as one for thousands. What was handed out is wiped from the stock. */
const stockOf = Buffer.alloc(8192)
let drawn = stockOf.length
function random(bytes: number): Buffer {
  if (drawn + bytes > stockOf.length) {
    randomFillSync(stockOf)
    drawn = 0
  }
  const some = Buffer.from(stockOf.subarray(drawn, drawn + bytes))
  stockOf.fill(0, drawn, (drawn += bytes))
  return some
}

export function seal(key: Buffer, place: string, text: Buffer): Buffer {
  const nonce = random(12)
  const c = createCipheriv('aes-256-gcm', key, nonce)
  c.setAAD(Buffer.from(place))
  const body = Buffer.concat([c.update(text), c.final()])
  return Buffer.concat([nonce, c.getAuthTag(), body])
}
export function unseal(key: Buffer, place: string, box: Buffer): Buffer {
  const d = createDecipheriv('aes-256-gcm', key, box.subarray(0, 12))
  d.setAAD(Buffer.from(place))
  d.setAuthTag(box.subarray(12, 28))
  return Buffer.concat([d.update(box.subarray(28)), d.final()])
}

type KeyRow = { id: number; source: string; wrapped: Buffer; created_at: Date; erase_at: Date | null }
export const keyTable = table<KeyRow>('persons.key', {
  id: 'bigint',
  source: 'text',
  wrapped: 'bytea',
  created_at: 'timestamptz',
  erase_at: 'timestamptz',
})
type CardRow = { id: string; person: number; box: Buffer; created_at: Date; hints: readonly number[] }
const cardTable = table<CardRow>('persons.card', {
  id: 'uuid',
  person: 'bigint',
  box: 'bytea',
  created_at: 'timestamptz',
  hints: 'jsonb',
})
const markTable = table<{ person: number; kind: string; mark: Buffer }>('persons.mark', {
  person: 'bigint',
  kind: 'text',
  mark: 'bytea',
})
export const keyById = reader<number, KeyRow & { version: number }>(
  'id',
  (ids) =>
    sql`select id, version, source, wrapped, created_at, erase_at from persons.key where id = any(${ids}::bigint[])`,
)

/** A new person's key, with the clock after which it is destroyed. */
export function remember(
  tx: Tx,
  vault: Vault,
  ask: { source: string; id?: number; eraseAt?: Date },
): PersonKey {
  const id = ask.id ?? tx.number()
  const secret = random(32)
  tx.insert(keyTable, {
    id,
    source: ask.source,
    wrapped: seal(vault.seal, `key ${id}`, secret),
    created_at: tx.now,
    erase_at: ask.eraseAt ?? null,
  })
  return { id, secret }
}
/** Some person's key as it lies in the database: what `opens` is asked about. */
export const someKey = sql`select id::text, wrapped from persons.key order by id limit 1`
/** Is this the vault under which a key was laid away? */
export function opens(vault: Vault, lies: { id: string; wrapped: Buffer }): boolean {
  try {
    unseal(vault.seal, `key ${lies.id}`, lies.wrapped)
    return true
  } catch {
    return false
  }
}
/** A known person's key; nothing when they have been erased. */
export async function keyFor(tx: Tx, vault: Vault, person: number): Promise<PersonKey | undefined> {
  const row = await keyById.one(tx, person)
  return row && { id: person, secret: unseal(vault.seal, `key ${person}`, row.wrapped) }
}
/** By what somebody is found: a whole mail address or number by its mark, whatever staff may type of a customer by hints. */
export type Findable = { readonly marks?: Vault; readonly hints?: Vault }
/** Seals a card and answers its id. A card is never changed: a new address is a new card. */
export function record(tx: Tx, key: PersonKey, card: Card, { marks, hints }: Findable = {}): string {
  const id = tx.id()
  tx.insert(cardTable, {
    id,
    person: key.id,
    box: seal(key.secret, `card ${id}`, Buffer.from(JSON.stringify(card))),
    created_at: tx.now,
    hints: hints ? hintsOf(hints, card) : [],
  })
  if (marks) {
    if (card.email)
      tx.insert(markTable, { person: key.id, kind: 'email', mark: markOf(marks, 'email', card.email) })
    if (card.phone)
      tx.insert(markTable, { person: key.id, kind: 'phone', mark: markOf(marks, 'phone', card.phone) })
  }
  return id
}

const marksOf = reader<number, { person: number; kind: string; mark: Buffer }>(
  'person',
  (ids) => sql`select person, kind, mark from persons.mark where person = any(${ids}::bigint[])`,
)
/**
 * A known person is called or lives otherwise: a new card. Reads now; what it answers records it. Answers nothing where
 * they were erased. They are still found by what they had before; whoever looks them up compares with the newest card.
 */
export async function recordAnew(
  tx: Tx,
  vault: Vault,
  person: number,
  card: Card,
): Promise<(() => string) | undefined> {
  const row = await keyById.guard(tx, keyTable, person)
  if (!row) return undefined
  const known = await marksOf.all(tx, person)
  return () => {
    tx.update(keyTable, row, { erase_at: row.erase_at }) // of two at once one is made again
    for (const kind of ['email', 'phone'] as const) {
      const value = card[kind]
      const mark = value ? markOf(vault, kind, value) : undefined
      if (mark && !known.some((k) => k.kind === kind && k.mark.equals(mark)))
        tx.insert(markTable, { person, kind, mark })
    }
    const secret = unseal(vault.seal, `key ${person}`, row.wrapped)
    return record(tx, { id: person, secret }, card, { hints: vault })
  }
}

export const markOf = (vault: Vault, kind: 'email' | 'phone', value: string): Buffer =>
  createHmac('sha256', vault.mark)
    .update(`${kind}:${fold(kind, value)}`)
    .digest()
    .subarray(0, 20)

export type Sealed = { id: string; person: number; box: Buffer; wrapped: Buffer }
/** For readers outside a command: the newest box of each of these persons, to be opened with `open`. */
export const newestCards = (persons: readonly number[]) => sql`
  select distinct on (c.person) c.id, c.person, c.box, k.wrapped from persons.card c join persons.key k on k.id = c.person where c.person = any(${[...persons]}::bigint[]) order by c.person, c.created_at desc`
/** For readers outside a command: the boxes of some cards, to be opened with `open`. */
export const read = (cards: readonly string[]) => sql`
  select c.id, c.person, c.box, k.wrapped from persons.card c join persons.key k on k.id = c.person where c.id = any(${cards}::uuid[])`
export const open = (vault: Vault, row: Sealed): Card =>
  JSON.parse(
    unseal(unseal(vault.seal, `key ${row.person}`, row.wrapped), `card ${row.id}`, row.box).toString(),
  ) as Card

/** What is nobody's but the installation's (a key to somebody else's door), sealed with the installation's own. */
export const lockAway = (vault: Vault, place: string, text: string): Buffer =>
  seal(vault.seal, `secret ${place}`, Buffer.from(text))
export const takeOut = (vault: Vault, place: string, box: Buffer): string =>
  unseal(vault.seal, `secret ${place}`, box).toString()
