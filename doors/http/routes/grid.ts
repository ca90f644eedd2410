import Type, { type Static } from 'typebox'
import { editCells, type Cells } from '#flows/assortment'
import { skuGrid } from '#flows/reads'
import { ask } from '#kernel/db'
import { Refusal, words } from '#kernel/refusal'
import { checked } from '#kernel/trust'
import { route } from '../route.ts'
import { janOf, seesPrices } from './catalog.ts'
import { labelOf } from './label.ts'
import {
  code,
  cursor,
  cut,
  decode,
  limit,
  nullable,
  number,
  page,
  short,
  strict,
  text,
  told,
  word,
} from './shapes.ts'

const row = Type.Object({
  sku: number,
  product: number,
  version: Type.Integer(),
  code: Type.String(),
  jan: nullable(Type.String()),
  /** Its values of the options, in words. */
  variant: text,
  weight_grams: nullable(Type.Integer()),
  case_pack: nullable(Type.Integer()),
  archived: Type.Boolean(),
  product_code: Type.String(),
  product_archived: Type.Boolean(),
  name: text,
  brand: nullable(Type.String()),
  kana: nullable(Type.String()),
  categories: Type.Array(Type.String()),
  price: Type.Optional(nullable(Type.Number({ description: 'In yen, for roles that may see prices.' }))),
})
type Options = Parameters<typeof labelOf>[0]
type Raw = Omit<Static<typeof row>, 'variant' | 'price'> & {
  position: number
  options: Record<string, string>
  all_options: Options
  price: number | null
}
const mark = Type.Object({ product: number, position: Type.Integer(), id: number }, strict)

const cells = Type.Partial(
  Type.Object(
    {
      code,
      jan: nullable(Type.String({ maxLength: 20 })),
      price: told,
      archived: Type.Boolean(),
      weight_grams: nullable(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
      case_pack: nullable(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
      name_ja: word(200),
      name_en: Type.String({ maxLength: 200 }),
      brand: nullable(short(100)),
      kana: nullable(short(200)),
      categories: Type.Array(code, { maxItems: 20 }),
    },
    strict,
  ),
)
/** What stood there: anything that a cell can hold, also a price of a fraction of a yen, or none. */
const was = Type.Partial(
  Type.Object({ ...cells.properties, price: Type.Number(), name_ja: short(200), code: short(64) }, strict),
)
const value = Type.Union([
  Type.String(),
  Type.Number(),
  Type.Boolean(),
  Type.Array(Type.String()),
  Type.Null(),
])
const outcome = Type.Object({
  product: number,
  result: Type.Enum(['saved', 'refused', 'conflict']),
  version: nullable(Type.Integer()),
  /** Of one that was not saved: why, and what to do, in words. */
  title: nullable(Type.String()),
  todo: nullable(Type.String()),
  /** The cell that it is about. */
  at: nullable(Type.Object({ sku: number, field: Type.String() })),
  /** What somebody else has written there meanwhile. */
  theirs: Type.Array(Type.Object({ sku: number, field: Type.String(), now: value })),
})
type Told = { readonly [Name in keyof Cells]?: Cells[Name] | undefined }
const cellsOf = (told: Told): Cells =>
  checked(
    Object.fromEntries(
      Object.entries(told).flatMap(([field, value]) =>
        value === undefined ? [] : [[field, field === 'jan' ? janOf(checked(value)) : value]],
      ),
    ),
  )

/** Many SKUs at once, as a spreadsheet has them. */
export const grid = [
  route({
    name: 'skus.list',
    method: 'GET',
    path: '/admin/v1/skus',
    who: 'products.read',
    summary: 'SKUs with what a grid edits of them and of their products, newest product first',
    input: {
      query: Type.Object(
        {
          q: Type.Optional(short(100)),
          category: Type.Optional(code),
          state: Type.Optional(Type.Enum(['live', 'archived', 'all'])),
          limit: limit(500, 200),
          cursor,
        },
        strict,
      ),
    },
    output: page(row),
    run: async (c) => {
      const q = c.input
      const most = q.limit ?? 200
      const after = decode(q.cursor, mark)
      const rows = await ask<Raw>(
        c.services.pool,
        skuGrid({
          shop: c.shop,
          state: q.state ?? 'live',
          limit: most + 1,
          ...(q.q?.trim() && { q: q.q.trim() }),
          ...(q.category !== undefined && { category: q.category }),
          ...(after && { after }),
        }),
      )
      const { items, next } = cut(rows, most, (r) => ({
        product: r.product,
        position: r.position,
        id: r.sku,
      }))
      const visible = seesPrices(c)
      return {
        items: items.map(({ position: _, options, all_options: all, price, ...r }) => ({
          ...r,
          variant: labelOf(all, options),
          ...(visible && { price: price === null ? null : price / 10_000 }),
        })),
        next,
      }
    },
  }),
  route({
    name: 'skus.edit',
    method: 'POST',
    path: '/admin/v1/skus/edits',
    who: 'products.write',
    limit: 4_194_304,
    summary:
      'Cells of many SKUs. Each product is a command of its own under a key that follows from the request’s: one that is refused, or that somebody else has changed meanwhile, is named and holds up no other',
    input: {
      body: Type.Object(
        {
          products: Type.Array(
            Type.Object(
              {
                product: number,
                rows: Type.Array(Type.Object({ sku: number, was, to: cells }, strict), {
                  minItems: 1,
                  maxItems: 500,
                }),
              },
              strict,
            ),
            { minItems: 1, maxItems: 500 },
          ),
        },
        strict,
      ),
    },
    output: Type.Object({ results: Type.Array(outcome) }),
    run: async (c) => {
      const one = async (of: (typeof c.input.body.products)[number]): Promise<Static<typeof outcome>> => {
        try {
          const saved = await c.command(
            editCells,
            {
              shop: c.shop,
              product: of.product,
              rows: of.rows.map((r) => ({ sku: r.sku, was: cellsOf(r.was), to: cellsOf(r.to) })),
            },
            `product ${of.product}`,
          )
          return {
            product: of.product,
            result: 'saved',
            version: saved.version,
            title: null,
            todo: null,
            at: null,
            theirs: [],
          }
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          c.tell({ outcome: error.code })
          const { title, todo } = words(error.code, error.detail, c.lang)
          const { rows, at } = checked<{ rows?: Static<typeof outcome>['theirs']; at?: string }>(error.detail)
          const found = /^skus\/(\d+)\/(\w+)/.exec(at ?? '')
          const sku = found && of.rows[Number(found[1])]?.sku
          return {
            product: of.product,
            result: error.code === 'catalog.edited_meanwhile' ? 'conflict' : 'refused',
            version: null,
            title,
            todo: todo ?? null,
            at: sku ? { sku, field: found[2]! } : null,
            theirs: error.code === 'catalog.edited_meanwhile' ? (rows ?? []) : [],
          }
        }
      }
      c.tell({
        subject: c.input.body.products
          .slice(0, 20)
          .map((p) => `product ${p.product}`)
          .join(', '),
      })
      const results = []
      // One after another: a code that moves from one product to the next is free by then.
      for (const of of c.input.body.products) results.push(await one(of))
      return { results }
    },
  }),
]
