import Type from 'typebox'
import {
  endSessionsOfTill,
  demandFreePin,
  hashSecret,
  keyOfTill,
  memberAt,
  setPin,
  SignInFirst,
  tillList,
  token,
  tokenHash,
  TooMany,
} from '#domains/access'
import { addTill, disableTill, enableTill, renewTill } from '#flows/house'
import { pinsOf } from '#flows/reads'
import { ask } from '#kernel/db'
import type { Tx } from '#kernel/gate'
import { route, type Context } from '../route.ts'
import { moment } from './answers.ts'
import { digits } from './pin.ts'
import { placeId } from './place.ts'
import { plainCode } from './setup.ts'
import { code, nullable, number, page, strict } from './shapes.ts'

const params = Type.Object({ till: number }, strict)
const answer = Type.Object({ till: Type.Integer() })
const shownOnce = nullable(
  Type.String({ description: 'Shown once; null where the same request was answered before' }),
)
/** Asked again under the same key, the till's key is another's: it is not shown twice. */
async function ifMine(c: Context<unknown>, till: number, secret: string): Promise<string | null> {
  const [kept] = await ask<{ key_hash: string }>(c.services.pool, keyOfTill(till))
  return kept?.key_hash === tokenHash(secret) ? secret : null
}
/** Whoever has it open is out at once. */
async function putOut(c: Context<unknown>, till: number): Promise<void> {
  const ended = await ask<{ id: string }>(c.services.pool, endSessionsOfTill(till))
  for (const { id } of ended) c.services.sessions.forget(id)
}
type Row = {
  till: number
  code: string
  place: number
  shop: number
  disabled_at: Date | null
  opened_at: Date | null
}

export const tills = [
  route({
    name: 'tills',
    method: 'GET',
    path: '/admin/v1/tills',
    who: 'places.write',
    summary: 'The tills of a shop, and when each was last opened',
    input: {},
    output: page(
      Type.Object({
        till: Type.Integer(),
        code: Type.String(),
        place: Type.Integer(),
        disabled: Type.Boolean(),
        opened_at: nullable(moment),
      }),
    ),
    run: async (c) => {
      const rows = await ask<Row>(c.services.pool, tillList)
      return {
        items: rows
          .filter((r) => r.shop === c.shop)
          .map(({ till, code: name, place, disabled_at, opened_at }) => ({
            till,
            code: name,
            place,
            disabled: disabled_at !== null,
            opened_at,
          })),
        next: null,
      }
    },
  }),
  route({
    name: 'tills.add',
    method: 'POST',
    path: '/admin/v1/tills',
    who: 'places.write',
    fresh: true,
    summary: 'A till in a store; its key is shown once',
    input: { body: Type.Object({ code: plainCode, place: code }, strict) },
    output: Type.Object({ till: Type.Integer(), key: shownOnce }),
    run: async (c) => {
      const secret = token()
      const place = await placeId(c, c.input.body.place)
      const { till } = await c.command(addTill(tokenHash(secret)), {
        shop: c.shop,
        place,
        code: c.input.body.code,
      })
      return { till, key: await ifMine(c, till, secret) }
    },
  }),
  route({
    name: 'tills.renew',
    method: 'POST',
    path: '/admin/v1/tills/:till/key',
    who: 'places.write',
    fresh: true,
    summary: 'Another key, shown once; the one before opens nothing any more, and whoever is in is out',
    input: { params, body: Type.Object({}, strict) },
    output: Type.Object({ till: Type.Integer(), key: shownOnce }),
    run: async (c) => {
      const secret = token()
      const { till } = await c.command(renewTill(tokenHash(secret)), { till: c.input.till })
      await putOut(c, till)
      return { till, key: await ifMine(c, till, secret) }
    },
  }),
  route({
    name: 'tills.disable',
    method: 'POST',
    path: '/admin/v1/tills/:till/disable',
    who: 'places.write',
    summary: 'A till opens no more; whoever is in is out',
    input: { params, body: Type.Object({}, strict) },
    output: answer,
    run: async (c) => {
      const done = await c.command(disableTill, { till: c.input.till })
      await putOut(c, done.till)
      return done
    },
  }),
  route({
    name: 'tills.enable',
    method: 'POST',
    path: '/admin/v1/tills/:till/enable',
    who: 'places.write',
    summary: 'A till opens again',
    input: { params, body: Type.Object({}, strict) },
    output: answer,
    run: (c) => c.command(enableTill, { till: c.input.till }),
  }),
  route({
    name: 'me.pin',
    method: 'PUT',
    path: '/admin/v1/me/pin',
    who: 'self.read',
    keyless: true,
    fresh: true,
    summary: 'Sets one’s own PIN, which opens a till. Nobody has the same digits as another.',
    input: { body: Type.Object({ pin: digits }, strict) },
    output: Type.Object({ ok: Type.Boolean() }),
    run: async (c) => {
      const s = c.services
      const { staff } = c.session!
      const { pin } = c.input.body
      const wait = s.limits.take(`new pin of ${staff}`, 0.05, 5)
      if (wait) throw TooMany({ seconds: wait })
      await demandFreePin(await ask(s.pool, pinsOf), pin, staff)
      const hash = await hashSecret(pin)
      return c.command(
        async function setOwnPin(tx: Tx, asked: { staff: number }) {
          const member = await memberAt(tx, asked)
          if (!member) throw SignInFirst({})
          setPin(tx, member, hash)
          return { ok: true }
        },
        { staff },
      )
    },
  }),
]
