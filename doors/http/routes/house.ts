import { ask } from '#kernel/db'
import Type, { type Static } from 'typebox'
import { lastProof } from '#flows/reads'
import { runProof } from '#doors/worker'
import { holders, rebuild, standings } from '#kernel/journal'
import { route } from '../route.ts'
import * as answers from './answers.ts'
import { nullable, strict } from './shapes.ts'

export const house = [
  route({
    name: 'proof',
    method: 'GET',
    path: '/admin/v1/proof',
    who: 'proof.read',
    summary: 'The last proof of the books',
    input: {},
    output: Type.Object({ proof: nullable(answers.proof) }),
    run: async (c) => ({
      proof: (await ask<Static<typeof answers.proof>>(c.services.pool, lastProof))[0] ?? null,
    }),
  }),
  route({
    name: 'proof.run',
    method: 'POST',
    path: '/admin/v1/proof',
    who: 'proof.read',
    keyless: true,
    summary: 'Recomputes the books now and names every difference',
    input: { body: Type.Object({}, strict) },
    output: Type.Object({ proof: answers.proof }),
    run: async (c) => {
      const p = await runProof(c.services.appConfig, c.services.pool, c.services.vault)
      return {
        proof: {
          at: p.at,
          transfers: p.transfers,
          accounts: p.accounts,
          events: p.events,
          differences: [...p.differences],
          more: p.more,
        },
      }
    },
  }),
  route({
    name: 'followers',
    method: 'GET',
    path: '/admin/v1/followers',
    who: 'followers.read',
    summary: 'Where each follower of the journal stands, and who holds it up',
    input: {},
    output: Type.Object({
      items: Type.Array(answers.follower),
      holders: Type.Array(answers.holder),
      shopfront: Type.Object({ fresh_at: answers.moment, rounds: Type.Integer() }),
    }),
    run: async (c) => {
      const client = await c.services.pool.connect()
      try {
        return {
          items: await standings(client),
          holders: await holders(client),
          shopfront: { fresh_at: c.services.shopfront.freshAt, rounds: c.services.shopfront.rounds },
        }
      } finally {
        client.release()
      }
    },
  }),
  route({
    name: 'follower.rebuild',
    method: 'POST',
    path: '/admin/v1/followers/:name/rebuild',
    who: 'followers.write',
    keyless: true,
    summary: 'Builds a projection anew beside the live one, then swaps',
    input: {
      params: Type.Object({ name: Type.Enum(['order-rows']) }, strict),
      body: Type.Object({}, strict),
    },
    output: Type.Object({ generation: Type.Integer() }),
    run: async (c) => {
      const client = await c.services.pool.connect()
      try {
        const generation = await rebuild(client, c.input.name)
        c.services.followers.wake()
        return { generation }
      } finally {
        client.release()
      }
    },
  }),
]
