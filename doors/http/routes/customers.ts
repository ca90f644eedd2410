import Type, { type Static } from 'typebox'
import { IdentityMissing, join, part } from '#domains/customers'
import { identitiesOf, ordersOf } from '#flows/reads'
import { ask } from '#kernel/db'
import { demandOwnShop } from '../own-shop.ts'
import { route } from '../route.ts'
import { moment, status } from './answers.ts'
import { nullable, number, strict } from './shapes.ts'

const identityParams = Type.Object({ identity: number }, strict)
const one = Type.Object({
  identity: number,
  customer: nullable(number),
  kind: Type.Enum(['guest', 'member', 'mall', 'phone', 'organisation', 'till']),
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

export const customers = [
  route({
    name: 'identity',
    method: 'GET',
    path: '/admin/v1/identities/:identity',
    who: 'members.join',
    audit: 'always',
    summary: 'A customer: every identity that is known to be theirs, with its own points and orders',
    input: { params: identityParams },
    output: Type.Object({
      customer: nullable(number),
      points: Type.Integer(),
      identities: Type.Array(one),
      orders: Type.Array(order),
    }),
    run: async (c) => {
      await c.caughtUp('order-rows')
      const { pool } = c.services
      const found = await ask<Static<typeof one>>(pool, identitiesOf(c.input.identity))
      const identities = c.shops ? found.filter((i) => c.shops!.includes(i.shop)) : found
      const mine = identities.find((i) => i.identity === c.input.identity)
      if (!mine) throw IdentityMissing({ identity: c.input.identity })
      return {
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
]
