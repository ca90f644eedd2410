import Type, { type Static } from 'typebox'
import {
  kinds,
  letterAt,
  letterCounts,
  letterId,
  LetterMissing,
  letterPattern,
  letters,
  NoSmtp,
  sendAgain,
  sendKept,
  spotOf,
  states,
  type Kind,
  type Spot,
} from '#domains/mail'
import { letterOf } from '#doors/mail'
import { ask } from '#kernel/db'
import { route, type Services } from '../route.ts'
import { limit, nullable, number, strict } from './shapes.ts'

const id = Type.String({ pattern: letterPattern })
const message = Type.Object({
  message: Type.String(),
  id: Type.Integer({ description: 'Its number where many are named' }),
  kind: Type.Enum([...kinds]),
  order: Type.Integer(),
  shop: Type.Integer(),
  state: Type.Enum([...states]),
  attempts: Type.Integer(),
  next_at: Type.String(),
  sent_at: nullable(Type.String()),
  failure: nullable(Type.String()),
  created_at: Type.String(),
})
const count = Type.Integer({ description: '10,001 stands for more' })
const params = Type.Object({ message: id }, strict)
type Row = Spot & Omit<Static<typeof message>, 'message'>

export function demandSmtp(s: Services) {
  if (s.config.smtpUrl === undefined) throw NoSmtp({})
}

export const mail = [
  route({
    name: 'mail',
    method: 'GET',
    path: '/admin/v1/mail',
    who: 'mail.read',
    summary:
      'Letters to buyers, newest first: what waits, was sent, could not be, or was kept because there is no SMTP',
    input: {
      query: Type.Object(
        {
          state: Type.Optional(Type.Enum([...states])),
          order: Type.Optional(number),
          limit: limit(200, 50),
          cursor: Type.Optional(id),
        },
        strict,
      ),
    },
    output: Type.Object({
      items: Type.Array(message),
      next: nullable(Type.String()),
      sends: Type.Boolean({ description: 'SMTP is set up' }),
      counts: Type.Object({ waiting: count, failed: count, kept: count }),
    }),
    run: async (c) => {
      await c.caughtUp('mail')
      const { state, order, cursor, limit: most = 50 } = c.input
      const { pool, config } = c.services
      const shops = c.shops ?? null
      const [rows, told] = await Promise.all([
        ask<Row>(
          pool,
          letters({
            state: (state as 'sent') ?? null,
            order: order ?? null,
            shops,
            before: cursor === undefined ? undefined : spotOf(cursor),
            limit: most + 1,
          }),
        ),
        ask<{ state: string; n: number }>(pool, letterCounts(shops)),
      ])
      const n = (of: string) => told.find((x) => x.state === of)?.n ?? 0
      const page = rows.slice(0, most)
      return {
        items: page.map(({ epoch, xid, seq, ...row }) => ({
          message: letterId({ epoch, xid, seq }),
          ...row,
        })),
        next: rows.length > most ? letterId(page.at(-1)!) : null,
        sends: config.smtpUrl !== undefined,
        counts: { waiting: n('waiting'), failed: n('failed'), kept: n('kept') },
      }
    },
  }),
  route({
    name: 'mail.letter',
    method: 'GET',
    path: '/admin/v1/mail/:message',
    who: 'mail.open',
    audit: 'always',
    summary: 'One letter as it would be sent now; nothing but its head where the buyer was erased',
    input: { params },
    output: Type.Object({
      message: Type.String(),
      kind: Type.Enum([...kinds]),
      order: Type.Integer(),
      letter: nullable(
        Type.Object({
          to: Type.String(),
          name: Type.String(),
          subject: Type.String(),
          text: Type.String(),
          html: Type.String(),
          lang: Type.Enum(['ja', 'en']),
        }),
      ),
    }),
    run: async (c) => {
      const s = c.services
      const spot = spotOf(c.input.message)
      const [found] = await ask<Spot & { kind: Kind; order: number }>(s.pool, letterAt(spot))
      if (!found) throw LetterMissing({ message: c.input.message })
      const { pool, vault, baseUrl, config } = s
      const letter = await letterOf({ pool, vault, baseUrl, timeZone: config.timeZone }, found)
      return {
        message: c.input.message,
        kind: found.kind,
        order: found.order,
        letter: letter
          ? {
              to: letter.to.address,
              name: letter.to.name,
              subject: letter.subject,
              text: letter.text,
              html: letter.html,
              lang: letter.lang,
            }
          : null,
      }
    },
  }),
  route({
    name: 'mail.send',
    method: 'POST',
    path: '/admin/v1/mail/:message/send',
    who: 'mail.write',
    keyless: true,
    summary: 'Sends a letter, also one that was sent or given up; one that waits already goes on waiting',
    input: { params, body: Type.Object({}, strict) },
    output: Type.Object({ again: Type.Integer() }),
    run: async (c) => {
      const spot = spotOf(c.input.message)
      const [found] = await ask(c.services.pool, letterAt(spot))
      if (!found) throw LetterMissing({ message: c.input.message })
      demandSmtp(c.services)
      const again = (await ask(c.services.pool, sendAgain(spot, new Date()))).length
      c.services.mailer?.wake()
      return { again }
    },
  }),
  route({
    name: 'mail.send_kept',
    method: 'POST',
    path: '/admin/v1/mail/send',
    who: 'mail.write',
    keyless: true,
    summary: 'Sends all that was kept while there was no SMTP',
    input: { body: Type.Object({}, strict) },
    output: Type.Object({ again: Type.Integer() }),
    run: async (c) => {
      demandSmtp(c.services)
      const again = (await ask(c.services.pool, sendKept(c.shops ?? null, new Date()))).length
      c.services.mailer?.wake()
      return { again }
    },
  }),
]
