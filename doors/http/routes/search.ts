import Type from 'typebox'
import { saveWords, wordsOf } from '#domains/search'
import { route } from '../route.ts'
import { strict, word } from './shapes.ts'

const same = Type.Array(Type.Array(word(40), { minItems: 2, maxItems: 20 }), {
  maxItems: 2000,
  description: 'Words that mean the same, a group each.',
})
const stop = Type.Array(word(40), {
  maxItems: 500,
  description: 'Words that say nothing about what is sought.',
})
export const search = [
  route({
    name: 'search.words',
    method: 'GET',
    path: '/admin/v1/search/words',
    who: 'products.read',
    summary: 'What the search has been taught: words that mean the same, words that say nothing',
    input: {},
    output: Type.Object({ version: Type.Integer(), same, stop }),
    run: (c) =>
      c.services.gate.read(async (tx) => {
        const { version, same: groups, stop: silent } = await wordsOf(tx, c.shop)
        return { version, same: groups.map((g) => [...g]), stop: [...silent] }
      }, undefined),
  }),
  route({
    name: 'search.teach',
    method: 'PUT',
    path: '/admin/v1/search/words',
    who: 'products.write',
    summary: 'Teaches the search of this shop other words; found by them within a second',
    input: { body: Type.Object({ version: Type.Integer({ minimum: 0 }), same, stop }, strict) },
    output: Type.Object({ version: Type.Integer() }),
    run: (c) => {
      const { version: seen, ...words } = c.input.body
      return c.command(saveWords, { shop: c.shop, seen, ...words })
    },
  }),
]
