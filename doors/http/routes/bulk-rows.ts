import Type, { type Static } from 'typebox'
import * as bulk from '#domains/bulk'
import { route, type Context } from '../route.ts'
import { before, begin, body, demandOne, demandSome, expected, ids, kept, run } from './bulk.ts'
import { demandSmtp } from './mail.ts'
import { lettersThatFit, mailFilter, shortageFilter, shortagesThatFit } from './matches.ts'
import { instant, strict } from './shapes.ts'

const ofShortages = { ids, filter: Type.Optional(Type.Object(shortageFilter, strict)), expects: expected }
const ofLetters = { ids, filter: Type.Optional(Type.Object(mailFilter, strict)), expects: expected }
type Target = { ids?: readonly number[]; filter?: object; expects: { count: number } }

async function beginRows<B extends Target>(
  c: Context<{ body: B }>,
  kind: 'solve' | 'assign' | 'send',
  how: bulk.How,
  fit: () => Promise<number[]>,
): Promise<Static<typeof run>> {
  const again = await before(c, kind)
  if (again) return again
  const b = c.input.body
  demandOne(b)
  const found = await fit()
  demandSome(found.length)
  if (found.length !== b.expects.count) throw bulk.MatchesChanged({ count: found.length, amount: null })
  const items = found.map((item) => ({ item, amount: null }))
  return begin(c, { kind, how, filter: kept(b), items, amount: null, pin: false })
}

/** What one shortage or one letter can be told, told to many. */
export const bulkRows = [
  route({
    name: 'bulk.solve',
    method: 'POST',
    path: '/admin/v1/bulk/shortages/solve',
    who: 'shortages.write',
    summary:
      'Takes free stock for each shortage, the most pressing first; what there is none for stays short and is named',
    input: { body: body(ofShortages) },
    output: run,
    run: (c) => beginRows(c, 'solve', {}, () => shortagesThatFit(c, c.input.body, bulk.most + 1)),
  }),
  route({
    name: 'bulk.assign',
    method: 'POST',
    path: '/admin/v1/bulk/shortages/assign',
    who: 'shortages.write',
    summary: 'Who solves them, and until when',
    input: {
      body: body({
        ...ofShortages,
        owner: Type.Enum(['warehouse', 'store', 'call', 'merchandiser', 'owner']),
        deadline: instant,
      }),
    },
    output: run,
    run: (c) => {
      const { owner, deadline } = c.input.body
      return beginRows(c, 'assign', { assign: { owner, deadline } }, () =>
        shortagesThatFit(c, c.input.body, bulk.most + 1),
      )
    },
  }),
  route({
    name: 'bulk.send',
    method: 'POST',
    path: '/admin/v1/bulk/mail/send',
    who: 'mail.write',
    summary:
      'Sends letters, also those that were sent or given up; what waits goes on waiting, and one whose customer was erased is refused and named',
    input: { body: body(ofLetters) },
    output: run,
    run: (c) => {
      demandSmtp(c.services)
      return beginRows(c, 'send', {}, () => lettersThatFit(c, c.input.body, bulk.most + 1))
    },
  }),
]
