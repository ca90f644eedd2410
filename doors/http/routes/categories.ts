import Type, { type Static } from 'typebox'
import {
  changeCategory,
  closeCategory,
  createCategory,
  fileProducts,
  moveCategory,
  orderCategory,
} from '#flows/assortment'
import { firstMost } from '#domains/catalog'
import { categoryProducts, categoryTree } from '#flows/reads'
import { ask } from '#kernel/db'
import { route } from '../route.ts'
import { nullable, number, strict, text, word } from './shapes.ts'

const id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const count = Type.Integer({ minimum: 0 })
const row = Type.Object({
  category: id,
  version: Type.Integer(),
  code: Type.String(),
  parent: nullable(id),
  name: text,
  position: Type.Integer(),
  /** Products that come first, in this order. */
  first: Type.Array(Type.Integer()),
  archived: Type.Boolean(),
  products: count,
})
const product = Type.Object({
  product: number,
  code: Type.String(),
  name: text,
  picture: nullable(Type.String()),
  archived: Type.Boolean(),
  first: Type.Boolean(),
})
const told = {
  code: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }),
  name: Type.Object({ ja: word(60), en: Type.String({ maxLength: 60 }) }, strict),
}
const at = Type.Object({ category: id }, strict)
const version = Type.Integer({ minimum: 1 })
const kept = Type.Object({ category: id, version: Type.Integer() })

/** The tree that the shop is walked by. */
export const categories = [
  route({
    name: 'categories.list',
    method: 'GET',
    path: '/admin/v1/categories',
    who: 'products.read',
    summary: 'All categories with how many products stand in each, in their order',
    input: {},
    output: Type.Object({ items: Type.Array(row) }),
    run: async (c) => ({ items: await ask<Static<typeof row>>(c.services.pool, categoryTree) }),
  }),
  route({
    name: 'categories.create',
    method: 'POST',
    path: '/admin/v1/categories',
    who: 'products.write',
    summary: 'A new category, behind its neighbours',
    input: { body: Type.Object({ ...told, parent: nullable(id) }, strict) },
    output: kept,
    run: (c) => c.command(createCategory, c.input.body),
  }),
  route({
    name: 'categories.change',
    method: 'PUT',
    path: '/admin/v1/categories/:category',
    who: 'products.write',
    summary: 'Its name and its address, if nobody has changed it since `version`',
    input: { params: at, body: Type.Object({ version, ...told }, strict) },
    output: kept,
    run: (c) => c.command(changeCategory, { category: c.input.category, ...c.input.body }),
  }),
  route({
    name: 'categories.move',
    method: 'POST',
    path: '/admin/v1/categories/:category/move',
    who: 'products.write',
    summary: 'Under another category, or to another place: before `next`, or behind all others',
    input: {
      params: at,
      body: Type.Object({ version, parent: nullable(id), next: nullable(id) }, strict),
    },
    output: kept,
    run: (c) => c.command(moveCategory, { category: c.input.category, ...c.input.body }),
  }),
  route({
    name: 'categories.close',
    method: 'POST',
    path: '/admin/v1/categories/:category/close',
    who: 'products.write',
    summary:
      'Puts a category away, its products into another one (`into`) or out of it; `left` says that there are more to move: ask again',
    input: { params: at, body: Type.Object({ version, into: nullable(id) }, strict) },
    output: Type.Object({ ...kept.properties, moved: count, left: Type.Boolean() }),
    run: (c) => c.command(closeCategory, { category: c.input.category, ...c.input.body }),
  }),
  route({
    name: 'categories.products',
    method: 'GET',
    path: '/admin/v1/categories/:category/products',
    who: 'products.read',
    summary: 'Its products as the shop lists them: those put first, then the newest; 500 at most',
    input: { params: at },
    output: Type.Object({ items: Type.Array(product) }),
    run: async (c) => ({
      items: await ask<Static<typeof product>>(c.services.pool, categoryProducts(c.input.category, 500)),
    }),
  }),
  route({
    name: 'categories.order',
    method: 'PUT',
    path: '/admin/v1/categories/:category/first',
    who: 'products.write',
    summary: 'Which of its products come first, in this order; all others follow as they came',
    input: {
      params: at,
      body: Type.Object({ version, first: Type.Array(number, { maxItems: firstMost }) }, strict),
    },
    output: kept,
    run: (c) => c.command(orderCategory, { category: c.input.category, ...c.input.body }),
  }),
  route({
    name: 'categories.file',
    method: 'POST',
    path: '/admin/v1/categories/:category/products',
    who: 'products.write',
    summary: 'Puts products into a category, or takes them out',
    input: {
      params: at,
      body: Type.Object(
        {
          add: Type.Array(number, { maxItems: 100 }),
          remove: Type.Array(number, { maxItems: 100 }),
        },
        strict,
      ),
    },
    output: Type.Object({ changed: count }),
    run: (c) => c.command(fileProducts, { category: c.input.category, ...c.input.body }),
  }),
]
