import Type, { type Static } from 'typebox'
import { usualPrice } from '#domains/pricing'
import { takePicture } from '#doors/pictures'
import { planPrices, restoreVersion, withdrawPrice, wouldRestore } from '#flows/assortment'
import { categoryNames, priceMoments, productChanges } from '#flows/reads'
import { ask } from '#kernel/db'
import { route, type Context } from '../route.ts'
import { staffNames } from '../staff-names.ts'
import { moment } from './answers.ts'
import { differencesOf, saysOf, type Change } from './product-differences.ts'
import { cursor, cut, decode, instant, limit, nullable, number, page, strict, told } from './shapes.ts'

const product = Type.Object({ product: number }, strict)
const name = nullable(Type.String({ description: 'Of a member of staff; nothing of anybody else.' }))
const difference = Type.Object({
  /** Its code; null: the product’s own. */
  sku: nullable(Type.String()),
  field: Type.String(),
  from: nullable(Type.String()),
  to: nullable(Type.String()),
})
const change = Type.Object({
  version: Type.Integer(),
  at: moment,
  what: Type.Enum(['created', 'changed', 'archived', 'resumed', 'restored']),
  actor: Type.Integer(),
  actor_name: name,
  differences: Type.Array(difference),
})
const rule = Type.Enum(['list', 'sale', 'end', 'withdrawn'])
const priceRow = Type.Object({
  price: Type.Number({ description: 'In yen, tax included' }),
  from: moment,
  /** Of a price for a while. */
  until: nullable(moment),
  rule,
  state: Type.Enum(['past', 'now', 'planned']),
  /** Another was said for the same moment later. */
  replaced: Type.Boolean(),
  recorded_at: moment,
  actor: nullable(Type.Integer()),
  actor_name: name,
})
const picture = Type.Object({
  file: Type.String(),
  width: Type.Integer(),
  height: Type.Integer(),
  sizes: Type.Array(Type.Integer()),
})
type Row = {
  id: number
  sku: number
  code: string
  archived: boolean
  unit_price: number
  from: Date
  until: Date | null
  rule: Static<typeof rule>
  recorded_at: Date
  actor: number | null
}

/** What was, is and will be of one product: its history, its prices, its pictures. */
export const productCare = [
  route({
    name: 'catalog.history',
    method: 'GET',
    path: '/admin/v1/products/:product/history',
    who: 'products.read',
    summary: 'Who changed what of a product, the latest first',
    input: { params: product, query: Type.Object({ limit: limit(100, 20), cursor }, strict) },
    output: page(change),
    run: async (c) => {
      const most = c.input.limit ?? 20
      const mark = Type.Object({ version: Type.Integer(), id: number }, strict)
      const before = decode(c.input.cursor, mark) ?? { version: 2_147_483_647, id: Number.MAX_SAFE_INTEGER }
      const rows = await ask<Change>(c.services.pool, productChanges(c.input.product, before, most + 1))
      const { items, next } = cut(rows, most, (r) => ({ version: r.version, id: r.id }))
      const [names, categories] = await Promise.all([
        staffNames(
          c.services,
          items.map((r) => r.actor),
        ),
        namesOfCategories(c),
      ])
      return {
        items: items.map((r) => ({
          version: r.version,
          at: r.at,
          what: r.what,
          actor: r.actor,
          actor_name: names.get(r.actor) ?? null,
          differences: differencesOf(r, { lang: c.lang, categories }),
        })),
        next,
      }
    },
  }),
  route({
    name: 'catalog.would_restore',
    method: 'GET',
    path: '/admin/v1/products/:product/history/:at',
    who: 'products.read',
    summary: 'What would change if the product became again what it was at a version',
    input: { params: Type.Object({ product: number, at: Type.Integer({ minimum: 1 }) }, strict) },
    output: Type.Object({ differences: Type.Array(difference) }),
    run: async (c) => {
      const found = await c.services.gate.read(wouldRestore, { product: c.input.product, to: c.input.at })
      const categories = await namesOfCategories(c)
      return { differences: saysOf(found, { lang: c.lang, categories }) }
    },
  }),
  route({
    name: 'catalog.restore_version',
    method: 'POST',
    path: '/admin/v1/products/:product/history/:at/restore',
    who: 'products.write',
    summary:
      'The product as it was at a version, as a new change, if nobody has changed it since `version`; prices and whether it is sold stay',
    input: {
      params: Type.Object({ product: number, at: Type.Integer({ minimum: 1 }) }, strict),
      body: Type.Object({ version: number }, strict),
    },
    output: Type.Object({ product: number, version: Type.Integer() }),
    run: (c) =>
      c.command(restoreVersion, {
        product: c.input.product,
        to: c.input.at,
        version: c.input.body.version,
      }),
  }),
  route({
    name: 'catalog.prices',
    method: 'GET',
    path: '/admin/v1/products/:product/prices',
    who: 'prices.read',
    summary: 'What each SKU of a product cost, costs and will cost, and who said so; the latest first',
    input: { params: product },
    output: Type.Object({
      now: moment,
      skus: Type.Array(
        Type.Object({
          sku: number,
          code: Type.String(),
          archived: Type.Boolean(),
          /** What may stand beside a lower price as the usual one (二重価格), by what was paid in the last eight weeks. */
          usual: nullable(Type.Number()),
          prices: Type.Array(priceRow),
        }),
      ),
    }),
    run: async (c) => {
      const rows = await ask<Row>(c.services.pool, priceMoments(c.input.product, c.shop))
      const now = new Date()
      const names = await staffNames(
        c.services,
        rows.flatMap((r) => r.actor ?? []),
      )
      const skus = [...Map.groupBy(rows, (r) => r.sku)].map(([sku, of]) => {
        const seen = new Set<number>()
        const current = of.find((r) => r.from <= now)
        const prices = of.map((r) => {
          const replaced = seen.has(r.from.getTime())
          seen.add(r.from.getTime())
          return {
            price: r.unit_price / 10_000,
            from: r.from,
            until: r.until,
            rule: r.rule,
            state: r.from > now ? ('planned' as const) : r === current ? ('now' as const) : ('past' as const),
            replaced,
            recorded_at: r.recorded_at,
            actor: r.actor,
            actor_name: r.actor === null ? null : (names.get(r.actor) ?? null),
          }
        })
        const held = of
          .filter((r, n) => r.from <= now && prices[n]!.replaced === false)
          .toReversed()
          .map((r) => ({ unit_price: r.unit_price, from: r.from, until: r.until, rule: r.rule }))
        const usual = usualPrice(held, now)
        return {
          sku,
          code: of[0]!.code,
          archived: of[0]!.archived,
          usual: usual === undefined ? null : usual / 10_000,
          prices,
        }
      })
      return { now, skus }
    },
  }),
  route({
    name: 'catalog.plan_price',
    method: 'POST',
    path: '/admin/v1/products/:product/prices',
    who: 'prices.write',
    summary:
      'What SKUs of a product cost from a moment on, or for a while (`until`), in the place of a planned price (`replaces`); the past is not rewritten',
    input: {
      params: product,
      body: Type.Object(
        {
          /** Of the product; none named is all that are sold. */
          skus: Type.Array(number, { maxItems: 500 }),
          price: told,
          from: Type.Optional(instant),
          until: Type.Optional(instant),
          replaces: Type.Optional(instant),
        },
        strict,
      ),
    },
    output: Type.Object({ planned: Type.Integer() }),
    run: (c) => {
      const { skus, price, from, until, replaces } = c.input.body
      return c.command(planPrices, {
        shop: c.shop,
        product: c.input.product,
        skus,
        price,
        ...(from !== undefined && { from }),
        ...(until !== undefined && { until }),
        ...(replaces !== undefined && { replaces }),
      })
    },
  }),
  route({
    name: 'catalog.withdraw_price',
    method: 'POST',
    path: '/admin/v1/products/:product/prices/withdraw',
    who: 'prices.write',
    summary: 'Takes a planned price back, or ends one for a while that is in force',
    input: {
      params: product,
      // None named: all that have a plan of that moment.
      body: Type.Object({ skus: Type.Array(number, { maxItems: 500 }), from: instant }, strict),
    },
    output: Type.Object({ withdrawn: Type.Integer() }),
    run: (c) => c.command(withdrawPrice, { shop: c.shop, product: c.input.product, ...c.input.body }),
  }),
  route({
    name: 'pictures.keep',
    method: 'POST',
    path: '/admin/v1/pictures',
    who: 'products.write',
    limit: 14_680_064,
    keyless: true,
    summary:
      'Keeps a picture (JPEG, PNG, WebP, AVIF; 10 MB, 40 million pixels), without what a camera wrote into it, and smaller ones; the same again is the same file',
    input: {
      body: Type.Object({ data: Type.String({ description: 'Base64', maxLength: 14_000_000 }) }, strict),
    },
    output: picture,
    run: (c) => takePicture(c.services.pool, Buffer.from(c.input.body.data, 'base64')),
  }),
]
async function namesOfCategories(c: Pick<Context<unknown>, 'services'>) {
  const rows = await ask<{ id: number; name: { ja: string; en: string } }>(c.services.pool, categoryNames)
  return new Map(rows.map((r) => [r.id, r.name]))
}
