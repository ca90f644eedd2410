import Type, { type Static } from 'typebox'
import {
  channels,
  consentsOf,
  IdentityMissing,
  join,
  mouths,
  notesOf,
  part,
  removeNote,
  tellConsent,
  type Consent,
} from '#domains/customers'
import { newestCards, open, openNote, readNotes, type Card, type Sealed } from '#domains/persons'
import { adjustReasons } from '#domains/points'
import { adjustPoints, changeContact, writeNote } from '#flows/desk'
import { customerList, identitiesOf, ordersOf, pointMovements } from '#flows/reads'
import { ask } from '#kernel/db'
import { demandOwnShop } from '../own-shop.ts'
import { route, type Context } from '../route.ts'
import { personsSought } from '../sought.ts'
import { staffNames } from '../staff-names.ts'
import { moment, status } from './answers.ts'
import {
  address,
  contact,
  cursor,
  cut,
  decode,
  instant,
  limit,
  nullable,
  number,
  page,
  strict,
  word,
} from './shapes.ts'

const identityParams = Type.Object({ identity: number }, strict)
export const kinds = ['guest', 'member', 'mall', 'phone', 'organisation', 'till'] as const
const known = Type.Optional(Type.String())
/** What somebody is called and where they are found; what is not known is left out. */
const person = Type.Object({
  family: known,
  given: known,
  family_kana: known,
  given_kana: known,
  organisation: known,
  email: known,
  phone: known,
  postal: known,
  prefecture: known,
  city: known,
  line1: known,
  line2: known,
})
const consent = Type.Object({
  channel: Type.Enum([...channels]),
  given: Type.Boolean(),
  told_by: Type.Enum([...mouths]),
  told_at: moment,
})
const note = Type.Object({
  note: number,
  words: Type.String(),
  staff: number,
  staff_name: nullable(Type.String()),
  written_at: moment,
})
const movement = Type.Object({
  seq: number,
  amount: Type.Integer(),
  reason: Type.String(),
  order: nullable(number),
  actor_name: nullable(Type.String()),
  happened_at: moment,
})
const one = Type.Object({
  identity: number,
  customer: nullable(number),
  kind: Type.Enum([...kinds]),
  source: Type.String(),
  shop: Type.Integer(),
  code: nullable(Type.String()),
  created_at: moment,
  points: Type.Integer(),
  orders: Type.Integer(),
})
const order = Type.Object({
  order: number,
  identity: number,
  channel: Type.String(),
  status,
  placed_at: moment,
  total: Type.Integer(),
})

/** What these are called, for those who may see it. */
export async function cardsOf(c: Context<unknown>, of: readonly number[]): Promise<Map<number, Card>> {
  if (c.reach === 'masked' || of.length === 0) return new Map()
  const rows = await ask<Sealed>(c.services.pool, newestCards(of))
  return new Map(rows.map((r) => [r.person, open(c.services.vault, r)]))
}
const shownOf = ({ note: _, birth_date: __, lang: ___, ...card }: Card) => card
const nameOf = (card: Card | undefined) =>
  (card && ([card.family, card.given].filter(Boolean).join(' ') || card.organisation)) ?? null
/** Who may be meant by what was typed: a number of theirs or of their card finds them, too. */
export async function sought(c: Context<unknown>, q: string) {
  const persons = /^\d{1,15}$/.test(q) ? [Number(q)] : []
  if (c.reach === 'masked') return { persons, code: q }
  return { persons: [...persons, ...(await personsSought(c.services, q)).persons], code: q }
}

type Kept = { id: number; note: string; staff: number; written_at: Date }
type Moved = Omit<Static<typeof movement>, 'actor_name'> & { actor: number }

export const customers = [
  route({
    name: 'customers',
    method: 'GET',
    path: '/admin/v1/identities',
    who: 'members.read',
    summary:
      'Customers, newest first. `q`: a card’s number or a customer’s; for those who may see persons a mail address, a telephone number or its last four digits, a name as it is read (from two kana on) or written.',
    input: {
      query: Type.Object(
        {
          q: Type.Optional(Type.String({ maxLength: 254 })),
          kind: Type.Optional(Type.Enum([...kinds])),
          limit: limit(100, 25),
          cursor,
        },
        strict,
      ),
    },
    output: page(Type.Object({ ...one.properties, name: nullable(Type.String()) })),
    run: async (c) => {
      await c.caughtUp('order-rows')
      const { q, kind, limit: most = 25 } = c.input
      const by = q?.trim() ? await sought(c, q.trim()) : { persons: null, code: null }
      const rows = await ask<Static<typeof one>>(
        c.services.pool,
        customerList({
          ...by,
          kind: kind ?? null,
          shops: c.shops ?? null,
          before: decode(c.input.cursor, number) ?? Number.MAX_SAFE_INTEGER,
          limit: most + 1,
        }),
      )
      const { items, next } = cut(rows, most, (r) => r.identity)
      const cards = await cardsOf(
        c,
        items.map((i) => i.identity),
      )
      return { items: items.map((i) => ({ ...i, name: nameOf(cards.get(i.identity)) })), next }
    },
  }),
  route({
    name: 'identity',
    method: 'GET',
    path: '/admin/v1/identities/:identity',
    who: 'members.read',
    audit: 'once',
    summary:
      'A customer: every identity that is known to be theirs, with its own points and orders; of the one that was asked for also its person, consents, notes and what happened to its points',
    input: { params: identityParams },
    output: Type.Object({
      customer: nullable(number),
      points: Type.Integer(),
      identities: Type.Array(one),
      orders: Type.Array(order),
      /** Null where it is not known, was erased, or is not shown to whoever asks. */
      person: nullable(person),
      masked: Type.Boolean(),
      consents: Type.Array(consent),
      notes: Type.Array(note),
      movements: Type.Array(movement),
    }),
    run: async (c) => {
      await c.caughtUp('order-rows')
      const { pool } = c.services
      const found = await ask<Static<typeof one>>(pool, identitiesOf(c.input.identity))
      const identities = c.shops ? found.filter((i) => c.shops!.includes(i.shop)) : found
      const mine = identities.find((i) => i.identity === c.input.identity)
      if (!mine) throw IdentityMissing({ identity: c.input.identity })
      const of = mine.identity
      const [cards, consents, kept, moves] = await Promise.all([
        cardsOf(c, [of]),
        ask<Consent>(pool, consentsOf(of)),
        c.reach === 'masked' ? [] : ask<Kept>(pool, notesOf(of)),
        ask<Moved>(pool, pointMovements(of, 100)),
      ])
      const said = await ask<Sealed>(pool, readNotes(kept.map((n) => n.note)))
      const words = new Map(said.map((r) => [r.id, openNote(c.services.vault, r)]))
      const names = await staffNames(c.services, [...kept.map((n) => n.staff), ...moves.map((m) => m.actor)])
      const card = cards.get(of)
      return {
        person: card ? shownOf(card) : null,
        masked: c.reach === 'masked',
        consents,
        notes: kept.flatMap((n) => {
          const text = words.get(n.note)
          return text === undefined
            ? []
            : [
                {
                  note: n.id,
                  words: text,
                  staff: n.staff,
                  staff_name: names.get(n.staff) ?? null,
                  written_at: n.written_at,
                },
              ]
        }),
        movements: moves.map(({ actor, ...m }) => ({ ...m, actor_name: names.get(actor) ?? null })),
        customer: mine.customer,
        points: identities.reduce((sum, i) => sum + i.points, 0),
        identities,
        orders: await ask<Static<typeof order>>(
          pool,
          ordersOf(
            identities.map((i) => i.identity),
            100,
          ),
        ),
      }
    },
  }),
  route({
    name: 'identity.join',
    method: 'POST',
    path: '/admin/v1/identities/:identity/join',
    who: 'members.join',
    summary: 'Two identities are one customer. Orders and points keep the identity they came with.',
    input: { params: identityParams, body: Type.Object({ other: number }, strict) },
    output: Type.Object({ customer: number }),
    run: async (c) => {
      await demandOwnShop(c, { identity: c.input.body.other })
      return c.command(join, { identity: c.input.identity, other: c.input.body.other })
    },
  }),
  route({
    name: 'identity.part',
    method: 'POST',
    path: '/admin/v1/identities/:identity/part',
    who: 'members.join',
    summary: 'Undoes a joining: this identity is a customer by itself again',
    input: { params: identityParams, body: Type.Object({}, strict) },
    output: Type.Object({ customer: number }),
    run: (c) => c.command(part, { identity: c.input.identity }),
  }),
  route({
    name: 'identity.contact',
    method: 'PUT',
    path: '/admin/v1/identities/:identity/contact',
    who: 'members.write',
    summary:
      'What a customer is called and where they are found. Orders keep the address they were placed with.',
    input: {
      params: identityParams,
      body: Type.Object(
        {
          family: word(50),
          given: word(50),
          family_kana: contact.properties.family_kana,
          given_kana: contact.properties.given_kana,
          organisation: Type.Optional(word(100)),
          email: Type.Optional(contact.properties.email),
          phone: Type.Optional(contact.properties.phone),
          postal: Type.Optional(address.properties.postal),
          prefecture: Type.Optional(word(20)),
          city: Type.Optional(address.properties.city),
          line1: Type.Optional(address.properties.line1),
          line2: Type.Optional(word(100)),
        },
        strict,
      ),
    },
    output: Type.Object({ identity: number }),
    run: (c) =>
      c.command(changeContact(c.services.vault), { identity: c.input.identity, card: c.input.body }),
  }),
  route({
    name: 'identity.consent',
    method: 'POST',
    path: '/admin/v1/identities/:identity/consents',
    who: 'members.write',
    summary:
      'What a customer said about being written to or called. Each word is kept; the newest one about a channel holds.',
    input: {
      params: identityParams,
      body: Type.Object(
        {
          channel: consent.properties.channel,
          given: Type.Boolean(),
          told_by: consent.properties.told_by,
          told_at: Type.Optional(instant),
        },
        strict,
      ),
    },
    output: Type.Object({ channel: consent.properties.channel, given: Type.Boolean() }),
    run: (c) => c.command(tellConsent, { identity: c.input.identity, ...c.input.body }),
  }),
  route({
    name: 'identity.note',
    method: 'POST',
    path: '/admin/v1/identities/:identity/notes',
    who: 'members.write',
    summary: 'Words about a customer for colleagues, sealed with the customer’s other data',
    input: { params: identityParams, body: Type.Object({ words: word(2000) }, strict) },
    output: Type.Object({ note: number }),
    run: (c) =>
      c.command(writeNote(c.services.vault), {
        identity: c.input.identity,
        words: c.input.body.words,
        staff: c.session?.staff ?? 0,
      }),
  }),
  route({
    name: 'identity.note_remove',
    method: 'PUT',
    path: '/admin/v1/identities/:identity/notes/:note',
    who: 'members.write',
    summary: 'Takes a note out of sight, or back into it',
    input: {
      params: Type.Object({ identity: number, note: number }, strict),
      body: Type.Object({ removed: Type.Boolean() }, strict),
    },
    output: Type.Object({ note: number, removed: Type.Boolean() }),
    run: (c) =>
      c.command(removeNote, {
        identity: c.input.identity,
        note: c.input.note,
        removed: c.input.body.removed,
      }),
  }),
  route({
    name: 'identity.points',
    method: 'POST',
    path: '/admin/v1/identities/:identity/points',
    who: 'points.write',
    summary: 'Gives points (above zero) or takes them. Nobody is left with less than none.',
    input: {
      params: identityParams,
      body: Type.Object(
        {
          amount: Type.Union([
            Type.Integer({ minimum: 1, maximum: 1_000_000 }),
            Type.Integer({ minimum: -1_000_000, maximum: -1 }),
          ]),
          reason: Type.Enum([...adjustReasons]),
        },
        strict,
      ),
    },
    output: Type.Object({ identity: number, amount: Type.Integer() }),
    run: (c) => c.command(adjustPoints, { identity: c.input.identity, ...c.input.body }),
  }),
]
