import Type, { type Static } from 'typebox'
import { allows, deedCount, deeds, type Filter } from '#domains/access'
import * as bulk from '#domains/bulk'
import { verifyChain } from '#doors/audit'
import { ask } from '#kernel/db'
import { addDays, startOfDay } from '#kernel/time'
import { checked } from '#kernel/trust'
import { asLine } from '#doors/files'
import { leavesDeed } from '../audit.ts'
import { route, Sheet, type Context, type Route } from '../route.ts'
import { staffNames } from '../staff-names.ts'
import { cursor, day, decode, encode, limit, nullable, number, page, strict } from './shapes.ts'
import { chosen, numbersIn } from './sheet.ts'

const deed = Type.Object({
  seq: Type.Integer(),
  at: Type.String(),
  actor: Type.Integer({ description: '0: nobody who is known' }),
  actor_name: nullable(Type.String()),
  session: nullable(Type.String()),
  route: Type.String(),
  subject: nullable(Type.String()),
  shop: nullable(Type.Integer()),
  outcome: Type.String({ description: '“done”, or the code of the refusal' }),
  origin: nullable(Type.String({ description: 'The same for the same address; not the address' })),
  no: nullable(Type.Integer({ description: 'Its place in the chain; null until it is linked' })),
  hash: nullable(Type.String()),
})
type Deed = Static<typeof deed>
type Row = Omit<Deed, 'at' | 'actor_name'> & { at: Date }
const filter = {
  actor: Type.Optional(number),
  what: Type.Optional(Type.String({ pattern: '^[a-z_.]{1,60}$' })),
  from: Type.Optional(day),
  to: Type.Optional(day),
}
/** What somebody technical looks after. */
const technical = /^(connectors|followers|webhooks|events|facts)\./

type All = () => readonly Route[]
/** The routes whose entries are shown: those asked for among those that one may see; null is all. */
function routesShown(all: All, c: Context<unknown>, what: string | undefined): string[] | null {
  if (c.reach !== 'masked') return what === undefined ? null : [what]
  const mine = all()
    .filter((r) => technical.test(r.who) && allows(c.session!.role, checked(r.who)) !== undefined)
    .map((r) => r.name)
  return what === undefined ? mine : mine.filter((name) => name === what)
}
type Asked = {
  actor?: number | undefined
  what?: string | undefined
  from?: string | undefined
  to?: string | undefined
  seqs?: readonly number[] | undefined
}
/** The same for the database, within what whoever asks may see; undefined where that is nothing. */
function askedOf(all: All, c: Context<unknown>, asked: Asked): Omit<Filter, 'before' | 'seqs'> | undefined {
  const own = c.reach === 'own' ? c.session!.staff : undefined
  if (own !== undefined && asked.actor !== undefined && asked.actor !== own) return undefined
  const zone = c.services.config.timeZone
  return {
    actor: own ?? asked.actor ?? null,
    routes: routesShown(all, c, asked.what),
    shops: c.shops ?? null,
    from: asked.from === undefined ? null : startOfDay(zone, asked.from).toISOString(),
    to: asked.to === undefined ? null : addDays(startOfDay(zone, asked.to), 1).toISOString(),
  }
}
async function shown(
  all: All,
  c: Context<unknown>,
  asked: Asked,
  before: number | null,
  most: number,
): Promise<Deed[]> {
  const fits = askedOf(all, c, asked)
  if (!fits) return []
  const rows = await ask<Row>(c.services.pool, deeds({ ...fits, before, seqs: asked.seqs ?? null }, most))
  const names = await staffNames(
    c.services,
    rows.map((r) => r.actor),
  )
  return rows.map((r) => ({
    seq: r.seq,
    at: r.at.toISOString(),
    actor: r.actor,
    actor_name: names.get(r.actor) ?? null,
    session: r.session,
    route: r.route,
    subject: r.subject,
    shop: r.shop,
    outcome: r.outcome,
    origin: r.origin,
    no: r.no,
    hash: r.hash,
  }))
}
const columns = [
  'no',
  'seq',
  'at',
  'actor',
  'actor_name',
  'route',
  'subject',
  'shop',
  'outcome',
  'session',
  'origin',
  'hash',
] as const
async function* csv(first: Deed[], more: (before: number) => Promise<Deed[]>): AsyncGenerator<string> {
  yield `\ufeff${asLine(columns)}`
  for (let rows = first; ; rows = await more(rows.at(-1)!.seq)) {
    for (const r of rows) yield asLine(columns.map((name) => String(r[name] ?? '')))
    if (rows.length < file) return
  }
}
const file = 2000

/** `all`: every route there is, this room's among them. */
export const audit = (all: All) => [
  route({
    name: 'audit',
    method: 'GET',
    path: '/admin/v1/audit',
    who: 'audit.read',
    summary: 'Who did what, when, and what came of it; the latest first',
    input: { query: Type.Object({ ...filter, cursor, limit: limit(200, 50) }, strict) },
    output: Type.Object({ ...page(deed).properties, whats: Type.Array(Type.String()) }),
    run: async (c) => {
      const { cursor: text, limit: most = 50, ...asked } = c.input
      const before = decode(text, number) ?? null
      const rows = await shown(all, c, asked, before, most + 1)
      const last = rows.length > most ? rows[most - 1] : undefined
      return {
        items: rows.slice(0, most),
        next: last ? encode(last.seq) : null,
        whats: (
          routesShown(all, c, undefined) ??
          all()
            .filter(leavesDeed)
            .map((r) => r.name)
        ).toSorted(),
      }
    },
  }),
  route({
    name: 'bulk.audit',
    method: 'POST',
    path: '/admin/v1/bulk/audit',
    who: 'audit.read',
    keyless: true,
    audit: 'never',
    summary: 'How many entries of the audit log fit; 100,001 stands for more. Changes nothing',
    input: { body: Type.Object({ filter: Type.Object(filter, strict) }, strict) },
    output: Type.Object({ count: Type.Integer({ minimum: 0 }) }),
    run: async (c) => {
      const fits = askedOf(all, c, c.input.body.filter)
      if (!fits) return { count: 0 }
      const [found] = await ask<{ count: number }>(c.services.pool, deedCount(fits, bulk.most + 1))
      return { count: found!.count }
    },
  }),
  route({
    name: 'audit.export',
    method: 'GET',
    path: '/admin/v1/audit/export',
    who: 'audit.read',
    audit: 'always',
    fresh: true,
    summary: 'The same as CSV, with the chain’s hashes',
    input: { query: Type.Object({ ...filter, ids: Type.Optional(Type.String(chosen)) }, strict) },
    output: Type.String(),
    run: async (c) => {
      const { ids, ...rest } = c.input
      const asked = ids === undefined ? rest : { seqs: numbersIn(ids) }
      // What cannot be read at all is said in words, not by a file that breaks off.
      const first = await shown(all, c, asked, null, file)
      const more = (before: number) => shown(all, c, asked, before, file)
      return checked<string>(new Sheet('audit.csv', csv(first, more)))
    },
  }),
  route({
    name: 'audit.verify',
    method: 'POST',
    path: '/admin/v1/audit/verify',
    who: 'proof.read',
    keyless: true,
    summary: 'Recomputes the chain of the audit log and names what was changed, removed or planted',
    input: {
      body: Type.Object(
        {
          head: Type.Optional(
            Type.String({ pattern: '^[0-9a-f]{64}$', description: 'A hash noted earlier' }),
          ),
        },
        strict,
      ),
    },
    output: Type.Object({
      entries: Type.Integer(),
      waiting: Type.Integer({ description: 'Entries of the last moments, not linked yet' }),
      head: nullable(Type.Object({ no: Type.Integer(), hash: Type.String() })),
      faults: Type.Array(
        Type.Object({
          fault: Type.Enum(['changed', 'removed', 'planted', 'unlinked', 'cut']),
          no: nullable(Type.Integer()),
          deed: nullable(Type.String()),
          seq: nullable(Type.Integer()),
        }),
      ),
      more: Type.Boolean(),
    }),
    run: (c) => verifyChain(c.services.pool, c.services.vault, c.input.body.head),
  }),
]
