import { Type } from 'typebox'
import { sql } from '#kernel/db'
import { reader, table, type Tx } from '#kernel/gate'
import { append, event } from '#kernel/journal'
import {
  IdentityMissing,
  JoinedElsewhere,
  MemberCodeTaken,
  MemberMissing,
  NotJoined,
  SameIdentity,
} from './refusals.ts'

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
/**
 * Says that two identities are one customer. Each keeps its orders and its points; they are only looked at together, so that
 * parting them again leaves nothing to put right. Of two that belong to different customers neither is taken away.
 */
export async function join(tx: Tx, ask: { identity: number; other: number }): Promise<{ customer: number }> {
  if (ask.identity === ask.other) throw SameIdentity({})
  const [one, other] = await Promise.all([guarded(tx, ask.identity), guarded(tx, ask.other)])
  if (one.customer !== null && other.customer !== null && one.customer !== other.customer)
    throw JoinedElsewhere({ identity: ask.other })
  // A number of its own, not an identity's: whoever is parted takes nobody along.
  const customer = one.customer ?? other.customer ?? tx.number()
  for (const row of [one, other]) {
    if (row.customer === customer) continue
    tx.update(identityTable, row, { customer })
    append(tx, IdentityJoined, {
      subject: `identity:${row.id}`,
      body: { identity: row.id, customer },
    })
  }
  return { customer }
}
/** Undoes a joining: this identity is a customer by itself again. */
export async function part(tx: Tx, ask: { identity: number }): Promise<{ customer: number }> {
  const row = await guarded(tx, ask.identity)
  const { customer } = row
  if (customer === null) throw NotJoined({ identity: ask.identity })
  tx.update(identityTable, row, { customer: null })
  append(tx, IdentityParted, {
    subject: `identity:${ask.identity}`,
    body: { identity: ask.identity, customer },
  })
  return { customer }
}
async function guarded(tx: Tx, identity: number) {
  const row = await byId.guard(tx, identityTable, identity)
  if (!row) throw IdentityMissing({ identity })
  return row
}
