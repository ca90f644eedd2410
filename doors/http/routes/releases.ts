/** A file of persons is asked for by one owner and given by another. */
import { createHmac } from 'node:crypto'
import Type, { type Static } from 'typebox'
import {
  askRelease,
  decideRelease,
  releaseReasons,
  releaseScopes,
  releasesOf,
  type Release,
} from '#domains/access'
import { most, NothingMatches, TooManyMatch } from '#domains/bulk'
import { ask } from '#kernel/db'
import { route, type Services } from '../route.ts'
import { staffNames } from '../staff-names.ts'
import { moment } from './answers.ts'
import { body, count, demandOne, ids } from './bulk.ts'
import { customerFilter, customersThatFit } from './matches.ts'
import { chosen, numbersIn } from './sheet.ts'
import { nullable, strict, uuid } from './shapes.ts'

type Target = {
  ids?: readonly number[] | undefined
  filter?: { q?: string | undefined; kind?: string | undefined } | undefined
}
/** Which rows are meant, in a word that tells nobody what was sought. */
export const targetHash = (s: Services, { ids: told, filter }: Target): string =>
  createHmac('sha256', s.vault.sign)
    .update(
      told
        ? `release ids ${told.toSorted((a, b) => a - b).join()}`
        : `release filter ${JSON.stringify([filter?.q?.trim() || null, filter?.kind ?? null])}`,
    )
    .digest('hex')
    .slice(0, 32)

const release = Type.Object({
  release: uuid,
  scope: Type.Enum([...releaseScopes], {
    description:
      'all: every customer; narrowed: those that a search or a kind leaves; chosen: rows picked one by one',
  }),
  persons: count,
  reason: Type.Enum([...releaseReasons]),
  state: Type.Enum(['asked', 'given', 'refused', 'expired']),
  asked_by: Type.Integer(),
  asked_by_name: nullable(Type.String()),
  asked_at: moment,
  decided_by_name: nullable(Type.String()),
  decided_at: nullable(moment),
  until: nullable(Type.String({ format: 'date-time', description: 'By when it is decided, or taken' })),
  own: Type.Boolean({ description: 'Asked for by whoever looks' }),
  fits: Type.Boolean({ description: 'It is about just the rows that were named; where none were, false' }),
})
const at = Type.Object({ release: uuid }, strict)
export const releases = [
  route({
    name: 'releases.list',
    method: 'GET',
    path: '/admin/v1/releases',
    who: 'persons.export',
    summary:
      'Requests for files of persons, the latest hundred; with rows named, which of them are about just these',
    input: {
      query: Type.Object(
        { ...customerFilter, ids: Type.Optional(Type.String(chosen)), all: Type.Optional(Type.Boolean()) },
        strict,
      ),
    },
    output: Type.Object({ items: Type.Array(release) }),
    run: async (c) => {
      const { ids: told, all, ...filter } = c.input
      const target = told
        ? targetHash(c.services, { ids: numbersIn(told) })
        : all || filter.q || filter.kind
          ? targetHash(c.services, { filter })
          : undefined
      const rows = await ask<Release>(c.services.pool, releasesOf({ shop: c.shop, limit: 100 }))
      const names = await staffNames(
        c.services,
        rows.flatMap((r) => [r.asked_by, ...(r.decided_by === null ? [] : [r.decided_by])]),
      )
      return {
        items: rows.map((r): Static<typeof release> => ({
          release: r.id,
          scope: r.scope,
          persons: r.persons,
          reason: r.reason,
          state: r.state,
          asked_by: r.asked_by,
          asked_by_name: names.get(r.asked_by) ?? null,
          asked_at: r.asked_at.toISOString(),
          decided_by_name: r.decided_by === null ? null : (names.get(r.decided_by) ?? null),
          decided_at: r.decided_at?.toISOString() ?? null,
          until: r.until?.toISOString() ?? null,
          own: r.asked_by === c.actor.id,
          fits: r.target === target,
        })),
      }
    },
  }),
  route({
    name: 'releases.ask',
    method: 'POST',
    path: '/admin/v1/releases',
    who: 'persons.export',
    summary:
      'Asks another owner for a file of persons: of rows that were chosen, or all that match. What was sought is not kept',
    input: {
      body: body({
        ids,
        filter: Type.Optional(Type.Object(customerFilter, strict)),
        reason: Type.Enum([...releaseReasons]),
      }),
    },
    output: at,
    run: async (c) => {
      const { reason, ...target } = c.input.body
      demandOne(target)
      const persons = (await customersThatFit(c, target, most + 1)).length
      if (persons === 0) throw NothingMatches({})
      if (persons > most) throw TooManyMatch({ most })
      const { q, kind } = target.filter ?? {}
      const scope = target.ids ? 'chosen' : q?.trim() || kind ? 'narrowed' : 'all'
      return c.command(askRelease, {
        shop: c.shop,
        scope,
        target: targetHash(c.services, target),
        persons,
        reason,
      })
    },
  }),
  route({
    name: 'releases.decide',
    method: 'POST',
    path: '/admin/v1/releases/:release/decision',
    who: 'persons.export',
    fresh: true,
    summary: 'Gives or refuses a file of persons that another owner asks for: nobody decides on their own',
    input: {
      params: at,
      body: Type.Object({ decision: Type.Enum(['given', 'refused']) }, strict),
    },
    output: at,
    run: (c) => c.command(decideRelease, { release: c.input.release, decision: c.input.body.decision }),
  }),
]
