import Type, { type Static } from 'typebox'
import { allows } from '#domains/access'
import {
  declaredFields,
  flatFields,
  picturesShown,
  ProductMissing,
  units,
  variantsMost,
  type FieldValue,
} from '#domains/catalog'
import {
  archiveProduct,
  changeProduct,
  createProduct,
  restoreProduct,
  type SaveProduct,
} from '#flows/assortment'
import { categoryList, productDetail, productList, taxClasses } from '#flows/reads'
import { ask } from '#kernel/db'
import { route, type Context } from '../route.ts'
import { moment } from './answers.ts'
import {
  code,
  cursor,
  cut,
  decode,
  instant,
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

const kinds = ['text', 'number', 'yes_no'] as const
const taxes = ['standard', 'reduced', 'zero'] as const
/** Japanese is always told; what is not translated yet is shown in Japanese. */
const both = (most: number) => Type.Object({ ja: word(most), en: Type.String({ maxLength: most }) }, strict)
const fileName = '^[a-z0-9][a-z0-9._-]*\\.(webp|avif|png|jpg)$'
const slug = Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,39}$' })
const fieldName = Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}\\.[a-z][a-z0-9_]{0,39}$' })
const value = Type.Union([
  Type.String({ maxLength: 2000 }),
  Type.Integer({ minimum: -1_000_000_000_000, maximum: 1_000_000_000_000 }),
  Type.Boolean(),
])
const price = Type.Number({ description: 'In yen, tax included; absent of a role that may not see prices.' })
const part = Type.Object({ sku: Type.String(), quantity: Type.Integer() })
const option = Type.Object({
  code: Type.String(),
  name: text,
  values: Type.Array(Type.Object({ code: Type.String(), name: text, colour: Type.Optional(Type.String()) })),
})

const row = Type.Object({
  product: number,
  version: number,
  code: Type.String(),
  name: text,
  brand: nullable(Type.String()),
  picture: nullable(Type.String()),
  archived: Type.Boolean(),
  skus: Type.Integer(),
  price_min: Type.Optional(nullable(price)),
  price_max: Type.Optional(nullable(price)),
})
const detail = Type.Object({
  product: number,
  version: number,
  code: Type.String(),
  brand: nullable(Type.String()),
  name: text,
  kana: nullable(Type.String()),
  summary: nullable(text),
  description: nullable(text),
  tax_class: Type.String(),
  /** Another class from a moment on. */
  tax_change: nullable(Type.Object({ tax_class: Type.String(), from: moment })),
  age: nullable(Type.Integer()),
  picture: nullable(Type.String()),
  pictures: Type.Array(
    Type.Object({
      file: Type.String(),
      width: Type.Integer(),
      height: Type.Integer(),
      sizes: Type.Array(Type.Integer()),
      alt: text,
      /** Which SKUs it is of; none: all. */
      skus: Type.Array(Type.Integer()),
    }),
  ),
  options: Type.Array(option),
  categories: Type.Array(Type.String()),
  fields: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
  created_at: moment,
  archived_at: nullable(moment),
  skus: Type.Array(
    Type.Object({
      id: number,
      code: Type.String(),
      jan: nullable(Type.String()),
      options: Type.Record(Type.String(), Type.String()),
      unit: Type.String(),
      decimals: Type.Integer(),
      case_pack: nullable(Type.Integer()),
      weight_grams: nullable(Type.Integer()),
      lot_kept: Type.Boolean(),
      serial_kept: Type.Boolean(),
      components: nullable(Type.Array(part)),
      archived: Type.Boolean(),
      price: Type.Optional(nullable(price)),
      prices_to_come: Type.Optional(Type.Array(Type.Object({ price, from: moment }))),
    }),
  ),
})

/** What the editor sends: the product as it is to be, and the SKUs that are new or changed. */
const saved = {
  code,
  brand: nullable(short(100)),
  name: both(200),
  kana: nullable(short(200)),
  summary: nullable(both(500)),
  description: nullable(both(10_000)),
  tax_class: Type.Enum([...taxes]),
  tax_change: Type.Optional(
    nullable(Type.Object({ tax_class: Type.Enum([...taxes]), from: instant }, strict)),
  ),
  age: nullable(Type.Integer({ minimum: 1, maximum: 99 })),
  picture: nullable(Type.String({ maxLength: 200, pattern: fileName })),
  /** In their order, the one that lists show first; absent: as they are. */
  pictures: Type.Optional(
    Type.Array(
      Type.Object(
        {
          file: Type.String({ maxLength: 200, pattern: fileName }),
          alt: Type.Object({ ja: short(200), en: short(200) }, strict),
          skus: Type.Array(number, { maxItems: 500 }),
        },
        strict,
      ),
      { maxItems: 50 },
    ),
  ),
  categories: Type.Array(code, { maxItems: 20 }),
  options: Type.Array(
    Type.Object(
      {
        code: slug,
        name: both(60),
        values: Type.Array(
          Type.Object(
            {
              code: slug,
              name: both(60),
              colour: Type.Optional(Type.String({ pattern: '^#[0-9A-Fa-f]{6}$' })),
            },
            strict,
          ),
          { minItems: 1, maxItems: variantsMost },
        ),
      },
      strict,
    ),
    { maxItems: 5 },
  ),
  fields: Type.Record(fieldName, nullable(value), strict),
  // Far above the limit of variants, which is refused in words.
  skus: Type.Array(
    Type.Object(
      {
        id: Type.Optional(number),
        code,
        jan: nullable(Type.String({ maxLength: 20 })),
        options: Type.Record(slug, slug, strict),
        unit: Type.Enum([...units]),
        decimals: Type.Integer({ minimum: 0, maximum: 3 }),
        case_pack: nullable(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
        weight_grams: nullable(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
        lot_kept: Type.Boolean(),
        serial_kept: Type.Optional(Type.Boolean()),
        components: nullable(
          Type.Array(
            Type.Object({ sku: code, quantity: Type.Integer({ minimum: 1, maximum: 1000 }) }, strict),
            { minItems: 1, maxItems: 100 },
          ),
        ),
        archived: Type.Boolean(),
        price: Type.Optional(told),
        price_from: Type.Optional(instant),
      },
      strict,
    ),
    { minItems: 1, maxItems: 5000 },
  ),
}
const body = Type.Object(saved, strict)
const change = Type.Object({ version: number, ...saved }, strict)
const productParams = Type.Object({ product: number }, strict)
const version = Type.Object({ version: number }, strict)
const answered = Type.Object({
  product: number,
  version: number,
  skus: Type.Array(Type.Object({ sku: number, code: Type.String() })),
})
const looked = Type.Object({ product: number, version: number })

export const seesPrices = (c: Context<unknown>) => allows(c.session!.role, 'prices.read') !== undefined
const yen = (unitPrice: number | null) => (unitPrice === null ? null : unitPrice / 10_000)
/** A JAN as it is scanned or typed: full width and blanks are forgiven. */
export const janOf = (jan: string | null): string | null =>
  jan === null || jan.trim() === '' ? null : jan.normalize('NFKC').replace(/[\s-]/g, '')
const saving = (
  c: { shop: number },
  { tax_change: tax, pictures, ...b }: Static<typeof body>,
): SaveProduct => ({
  ...b,
  ...(pictures !== undefined && { pictures }),
  ...(tax !== undefined && { tax_change: tax }),
  shop: c.shop,
  skus: b.skus.map(({ id, price: p, price_from: from, jan, serial_kept: numbered, ...s }) => ({
    ...s,
    ...(numbered !== undefined && { serial_kept: numbered }),
    jan: janOf(jan),
    ...(id !== undefined && { id }),
    ...(p !== undefined && { price: p }),
    ...(from !== undefined && { price_from: from }),
  })),
})

export const catalog = [
  route({
    name: 'catalog.products',
    method: 'GET',
    path: '/admin/v1/products',
    who: 'products.read',
    summary: 'Products for whoever looks after them, newest first, also those no longer sold',
    input: {
      query: Type.Object(
        {
          q: Type.Optional(short(100)),
          state: Type.Optional(Type.Enum(['live', 'archived', 'all'])),
          limit: limit(200, 50),
          cursor,
        },
        strict,
      ),
    },
    output: page(row),
    run: async (c) => {
      const q = c.input
      const most = q.limit ?? 50
      const before = decode(q.cursor, number)
      const rows = await ask<Static<typeof row>>(
        c.services.pool,
        productList({
          shop: c.shop,
          state: q.state ?? 'live',
          limit: most + 1,
          ...(q.q?.trim() && { q: q.q.trim() }),
          ...(before !== undefined && { before }),
        }),
      )
      const { items, next } = cut(rows, most, (r) => r.product)
      const visible = seesPrices(c)
      return {
        items: items.map(({ price_min: least, price_max: greatest, ...r }) => ({
          ...r,
          ...(visible && { price_min: yen(least ?? null), price_max: yen(greatest ?? null) }),
        })),
        next,
      }
    },
  }),
  route({
    name: 'catalog.terms',
    method: 'GET',
    path: '/admin/v1/products/terms',
    who: 'products.read',
    summary: 'What a product can be: categories, tax classes, units, the fields that extensions declare',
    input: {},
    output: Type.Object({
      categories: Type.Array(
        Type.Object({ code: Type.String(), parent: nullable(Type.String()), name: text }),
      ),
      tax_classes: Type.Array(Type.Object({ class: Type.Enum([...taxes]), rate: Type.Integer() })),
      units: Type.Array(Type.Enum([...units])),
      fields: Type.Array(Type.Object({ field: Type.String(), label: text, kind: Type.Enum([...kinds]) })),
      variants_most: Type.Integer(),
    }),
    run: async (c) => ({
      categories: await ask<{ code: string; parent: string | null; name: Static<typeof text> }>(
        c.services.pool,
        categoryList,
      ),
      tax_classes: await ask<{ class: (typeof taxes)[number]; rate: number }>(c.services.pool, taxClasses),
      units: [...units],
      fields: declaredFields(),
      variants_most: variantsMost,
    }),
  }),
  route({
    name: 'catalog.product',
    method: 'GET',
    path: '/admin/v1/products/:product',
    who: 'products.read',
    summary: 'One product with its SKUs, what they cost now and will cost from when',
    input: { params: productParams },
    output: detail,
    run: async (c) => {
      type Raw = Omit<Static<typeof detail>, 'fields'> & {
        extension: Record<string, Record<string, FieldValue>>
      }
      const found = (await ask<Raw>(c.services.pool, productDetail(c.input.product, c.shop)))[0]
      if (!found) throw ProductMissing({ product: c.input.product })
      const { extension, pictures, ...p } = found
      const visible = seesPrices(c)
      return {
        ...p,
        pictures: picturesShown({ picture: p.picture, pictures }),
        fields: flatFields(extension),
        skus: p.skus.map(({ price: now, prices_to_come: coming, ...s }) => ({
          ...s,
          ...(visible && {
            price: yen(now ?? null),
            prices_to_come: (coming ?? []).map((f) => ({ price: f.price / 10_000, from: f.from })),
          }),
        })),
      }
    },
  }),
  route({
    name: 'catalog.create',
    method: 'POST',
    path: '/admin/v1/products',
    who: 'products.write',
    limit: 4_194_304,
    summary: 'A new product with its SKUs and prices',
    input: { body },
    output: answered,
    run: (c) => c.command(createProduct, saving(c, c.input.body)),
  }),
  route({
    name: 'catalog.change',
    method: 'PUT',
    path: '/admin/v1/products/:product',
    who: 'products.write',
    limit: 4_194_304,
    summary:
      'What a product is from now on, if nobody has changed it since `version`; SKUs and fields that are not named stay as they are',
    input: { params: productParams, body: change },
    output: answered,
    run: (c) => {
      const { version: seen, ...b } = c.input.body
      return c.command(changeProduct, { ...saving(c, b), product: c.input.product, version: seen })
    },
  }),
  route({
    name: 'catalog.archive',
    method: 'POST',
    path: '/admin/v1/products/:product/archive',
    who: 'products.write',
    summary: 'No longer sold; what refers to it goes on knowing it',
    input: { params: productParams, body: version },
    output: looked,
    run: (c) => c.command(archiveProduct, { product: c.input.product, version: c.input.body.version }),
  }),
  route({
    name: 'catalog.restore',
    method: 'POST',
    path: '/admin/v1/products/:product/restore',
    who: 'products.write',
    summary: 'Sold again',
    input: { params: productParams, body: version },
    output: looked,
    run: (c) => c.command(restoreProduct, { product: c.input.product, version: c.input.body.version }),
  }),
]
