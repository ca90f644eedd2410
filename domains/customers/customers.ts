import { Type } from 'typebox'
import { sql } from '#kernel/db'
import { reader, table, type Tx } from '#kernel/gate'
import { append, event } from '#kernel/journal'
import { MemberCodeTaken, MemberMissing } from './refusals.ts'

export type Identity = {
  id: number
  version: number
  customer: number | null
  kind: string
  source: string
  shop: number
  code: string | null
}
type Row = Omit<Identity, 'version'> & { created_at: Date }
const identityTable = table<Row>(
  'customers.identity',
  {
    id: 'bigint',
    customer: 'bigint',
    kind: 'text',
    source: 'text',
    shop: 'integer',
    code: 'text',
    created_at: 'timestamptz',
  },
  { identity_code_key: (r) => MemberCodeTaken({ code: r.code ?? '' }) },
)
const byId = reader<number, Identity>(
  'id',
  (ids) =>
    sql`select id, version, customer, kind, source, shop, code from customers.identity where id = any(${ids}::bigint[])`,
)
const byCode = reader<string, Identity & { code: string }>(
  'code',
  (codes) =>
    sql`select id, version, customer, kind, source, shop, code from customers.identity where code = any(${codes}::text[])`,
)

export const IdentityJoined = event(
  'customers.joined',
  Type.Object({ identity: Type.Integer(), customer: Type.Integer() }),
)
export const IdentityParted = event(
  'customers.parted',
  Type.Object({ identity: Type.Integer(), customer: Type.Integer() }),
)

/** One appearance of a person or organisation: a guest order, a card, a mall account. Its number is the person's number. */
export function identify(
  tx: Tx,
  ask: { id: number; kind: string; source: string; shop: number; code?: string },
): void {
  tx.insert(identityTable, {
    id: ask.id,
    customer: null,
    kind: ask.kind,
    source: ask.source,
    shop: ask.shop,
    code: ask.code ?? null,
    created_at: tx.now,
  })
}
export const identityById = (tx: Tx, id: number) => byId.one(tx, id)
export const identityIfKnown = (tx: Tx, code: string): Promise<Identity | undefined> => byCode.one(tx, code)
export async function identityByCode(tx: Tx, code: string): Promise<Identity> {
  const found = await byCode.one(tx, code)
  if (!found) throw MemberMissing({ code })
  return found
}
/** Says that an identity is this customer. Orders and points keep the identity they came with. */
export async function join(tx: Tx, ask: { identity: number; customer: number }): Promise<void> {
  const row = await byId.guard(tx, identityTable, ask.identity)
  if (!row) throw MemberMissing({ code: String(ask.identity) })
  tx.update(identityTable, row, { customer: ask.customer })
  append(tx, IdentityJoined, {
    subject: `identity:${ask.identity}`,
    body: { identity: ask.identity, customer: ask.customer },
  })
}
/** Undoes a joining. */
export async function part(tx: Tx, ask: { identity: number }): Promise<void> {
  const row = await byId.guard(tx, identityTable, ask.identity)
  if (!row || row.customer === null) throw MemberMissing({ code: String(ask.identity) })
  tx.update(identityTable, row, { customer: null })
  append(tx, IdentityParted, {
    subject: `identity:${ask.identity}`,
    body: { identity: ask.identity, customer: row.customer },
  })
}
