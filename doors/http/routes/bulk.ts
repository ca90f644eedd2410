import { hash } from 'node:crypto'
import Type, { type Static, type TSchema } from 'typebox'
import { allows, NotAllowed, originOf } from '#domains/access'
import * as bulk from '#domains/bulk'
import { asLine } from '#doors/files'
import { actions } from '#flows/bulk'
import { categoryNow } from '#domains/catalog'
import { lettersOf } from '#domains/mail'
import {
  orderMatches,
  orderRowsOf,
  orderSums,
  productCodes,
  productMatches,
  shortageCodes,
  type OrderMatch,
} from '#flows/reads'
import { ask } from '#kernel/db'
import type { Tx } from '#kernel/gate'
import { KeyReused, words, type Lang } from '#kernel/refusal'
import { checked } from '#kernel/trust'
import { PastPrice } from '#domains/pricing'
import { route, Sheet, type Context } from '../route.ts'
import { InvalidInput } from '../problem.ts'
import { staffNames } from '../staff-names.ts'
import { moment } from './answers.ts'
import { orderFilter, ordersAsked } from './order-filter.ts'
import { pin, pinOf } from './pin.ts'
import { chosen, clock, numbersIn, sheetOf } from './sheet.ts'
import {
  amount,
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
  uuid,
} from './shapes.ts'

export const count = Type.Integer({ minimum: 0 })
export const ids = Type.Optional(Type.Array(number, { minItems: 1, maxItems: 500, uniqueItems: true }))
const orderTarget = { ids, filter: Type.Optional(Type.Object(orderFilter, strict)) }
const productTarget = {
  ids,
  filter: Type.Optional(
    Type.Object(
      { q: Type.Optional(short(100)), state: Type.Optional(Type.Enum(['live', 'archived', 'all'])) },
      strict,
    ),
  ),
}
const ofOrders = Type.Object(orderTarget, strict)
const ofProducts = Type.Object(productTarget, strict)
type OrderTarget = Static<typeof ofOrders>
type ProductTarget = Static<typeof ofProducts>
/** What was shown before it was confirmed. */
const expects = Type.Object({ count, amount }, strict)
const names = bulk.kinds
export const run = Type.Object({
  bulk: uuid,
  kind: Type.Enum([...names]),
  on: Type.Enum(['orders', 'products', 'shortages', 'mail']),
  state: Type.Enum(['running', 'finished', 'cancelled', 'failed', 'undoing', 'undone'], {
    description: 'failed: whoever asked may not do it any more; what was done stays',
  }),
  matched: count,
  amount: nullable(Type.Integer()),
  done: count,
  same: count,
  refused: count,
  undone: count,
  kept: count,
  undoable: Type.Boolean(),
  ending: Type.Boolean(),
  why: nullable(Type.String({ description: 'In words' })),
  started_at: moment,
  ended_at: nullable(moment),
  undone_at: nullable(moment),
  staff: Type.Integer(),
  staff_name: nullable(Type.String()),
})
const refusedRow = Type.Object({
  item: number,
  code: Type.String({
    description: 'The number of an order or of a letter’s order, the code of a product, an order and its SKU',
  }),
  order: nullable(Type.Integer({ description: 'The order that it belongs to' })),
  words: Type.String(),
  what: Type.String({ description: 'The refusal’s code' }),
})

export function demandOne(target: { ids?: unknown; filter?: unknown }): void {
  if ((target.ids === undefined) === (target.filter === undefined))
    throw new InvalidInput([{ path: 'body', message: 'either ids or filter' }])
}
const ordersOf = async (c: Context<unknown>, t: OrderTarget) => {
  demandOne(t)
  await c.caughtUp('order-rows')
  return { ...(await ordersAsked(c, t.filter ?? {})), ...(t.ids && { ids: t.ids }) }
}
const productsOf = (t: ProductTarget) => {
  demandOne(t)
  const q = t.filter?.q?.trim()
  return {
    state: t.ids ? ('all' as const) : (t.filter?.state ?? 'live'),
    ...(q && { q }),
    ...(t.ids && { ids: t.ids }),
  }
}
/** What was sought by may be somebody’s address: that something was is all that is kept. */
export function kept(t: { ids?: readonly unknown[]; filter?: { q?: string } & object }): object {
  if (t.ids) return { ids: t.ids.length }
  const { q, ...rest } = t.filter!
  return q === undefined ? rest : { ...rest, sought: true }
}
type Begin = {
  kind: bulk.Kind
  how: bulk.How
  filter: object
  items: { item: number; amount: number | null }[]
  amount: number | null
  pin: boolean
}
/** The run of a request: its key is the run’s number, so that a repetition finds it. */
export async function begin(c: Context<{ body: unknown }>, b: Begin): Promise<Static<typeof run>> {
  const s = c.services
  await ask(
    s.pool,
    bulk.openRun(
      {
        id: c.key!,
        digest: digestOf(c, b.kind),
        shop: c.shop,
        kind: b.kind,
        how: b.how,
        filter: b.filter,
        lang: c.lang,
        staff: c.actor.id,
        session: c.session!.id,
        origin: originOf(s.vault.sign, c.address),
        pin: b.pin,
        amount: b.amount,
      },
      b.items,
    ),
  )
  s.walker?.wake()
  c.tell({ subject: `bulk ${c.key!}` })
  return one(c, c.key!)
}
const digestOf = (c: Context<{ body: unknown }>, kind: string) =>
  hash(
    'sha256',
    `${c.services.vault.sign.toString('base64')}\n${JSON.stringify([kind, c.shop, c.input.body])}`,
    'base64url',
  ).slice(0, 27)
/** The same request once more is answered by the run there is. */
export async function before(
  c: Context<{ body: unknown }>,
  kind: bulk.Kind,
): Promise<Static<typeof run> | undefined> {
  const [known] = await ask<{ digest: string }>(c.services.pool, bulk.digestOf(c.key!))
  if (!known) return undefined
  if (known.digest !== digestOf(c, kind)) throw new KeyReused(c.key!)
  return one(c, c.key!)
}
const sumOf = (rows: readonly OrderMatch[], of: 'total' | 'owed' | 'captured') =>
  rows.reduce((sum, r) => sum + r[of], 0)

async function beginOrders(
  c: Context<{ body: OrderTarget & { expects: Static<typeof expects> } }>,
  kind: 'ship' | 'capture' | 'cancel',
  more: { how?: bulk.How; pin?: string | undefined } = {},
) {
  const again = await before(c, kind)
  if (again) return again
  const b = c.input.body
  const of = ({ ship: 'total', capture: 'owed', cancel: 'captured' } as const)[kind]
  const filter = await ordersOf(c, b)
  const rows = await ask<OrderMatch>(c.services.pool, orderMatches(filter, bulk.most + 1))
  demandSome(rows.length)
  const now = sumOf(rows, of)
  if (rows.length !== b.expects.count || now !== b.expects.amount)
    throw bulk.MatchesChanged({ count: rows.length, amount: now })
  const { pin: isPin = false } = await pinOf(c, more.pin)
  return begin(c, {
    kind,
    how: more.how ?? {},
    filter: kept(b),
    items: rows.map((r) => ({ item: r.order, amount: r[of] })),
    amount: now,
    pin: isPin,
  })
}
async function beginProducts(
  c: Context<{ body: ProductTarget & { expects: { count: number } } }>,
  kind: Exclude<bulk.Kind, 'ship' | 'capture' | 'cancel'>,
  how: bulk.How,
) {
  const again = await before(c, kind)
  if (again) return again
  const b = c.input.body
  const rows = await ask<{ product: number }>(c.services.pool, productMatches(productsOf(b), bulk.most + 1))
  demandSome(rows.length)
  if (rows.length !== b.expects.count) throw bulk.MatchesChanged({ count: rows.length, amount: null })
  const items = rows.map((r) => ({ item: r.product, amount: null }))
  return begin(c, { kind, how, filter: kept(b), items, amount: null, pin: false })
}
export function demandSome(matched: number): void {
  if (matched === 0) throw bulk.NothingMatches({})
  if (matched > bulk.most) throw bulk.TooManyMatch({ most: bulk.most })
}

/** The actions that whoever looks may do, on the rows of every place and shop: of others they see what they asked for themselves. */
async function seen(c: Context<unknown>, o: { id?: string; limit: number }): Promise<Static<typeof run>[]> {
  const { role } = c.session!
  // A run of somebody of every shop may hold another shop's orders.
  const wide = c.shops ? [] : bulk.kinds.filter((k) => allows(role, actions[k].permission) === 'all')
  const list = (kinds: readonly bulk.Kind[], staff: number | null) =>
    ask<bulk.Listed>(
      c.services.pool,
      bulk.runList({ shop: c.shop, kinds, staff, id: o.id ?? null, limit: o.limit }),
    )
  const narrow = bulk.kinds.filter((k) => !wide.includes(k))
  const rows = [...(await list(wide, null)), ...(await list(narrow, c.actor.id))]
  const sorted = rows.toSorted((a, b) => b.started_at.getTime() - a.started_at.getTime()).slice(0, o.limit)
  const named = await staffNames(
    c.services,
    sorted.map((r) => r.staff),
  )
  return sorted.map((r) => told(r, named.get(r.staff) ?? null, c.lang))
}
const isUndoable = (r: bulk.Listed) =>
  actions[r.kind].back !== undefined &&
  ['finished', 'cancelled', 'failed'].includes(r.state) &&
  r.done > r.undone + r.kept
function told(r: bulk.Listed, name: string | null, lang: Lang): Static<typeof run> {
  return {
    bulk: r.id,
    kind: r.kind,
    on: actions[r.kind].on,
    state: r.state,
    matched: r.matched,
    amount: r.amount,
    done: r.done,
    same: r.same,
    refused: r.refused,
    undone: r.undone,
    kept: r.kept,
    undoable: isUndoable(r),
    ending: r.ending,
    why: r.why === null ? null : Object.values(words(r.why, {}, lang)).join(' '),
    started_at: r.started_at,
    ended_at: r.ended_at,
    undone_at: r.undone_at,
    staff: r.staff,
    staff_name: name,
  }
}
async function one(c: Context<unknown>, id: string): Promise<Static<typeof run>> {
  const [found] = await seen(c, { id, limit: 1 })
  if (!found) throw bulk.RunMissing({ bulk: id })
  return found
}
/** Whoever may not do it to one row any more may not end or take back the whole. */
async function toChange(c: Context<unknown>, id: string) {
  const found = await one(c, id)
  const { permission } = actions[found.kind]
  if (!allows(c.session!.role, permission)) throw NotAllowed({ permission })
  return found
}
type Refusals = Static<typeof refusedRow>[]
type Named = { code: string; order: number | null }
/** What rows are called by whoever looks after them. */
async function namesOf(
  c: Context<unknown>,
  on: Static<typeof run>['on'],
  items: readonly number[],
): Promise<Map<number, Named>> {
  const { pool } = c.services
  const names = new Map<number, Named>()
  if (on === 'orders') for (const order of items) names.set(order, { code: String(order), order })
  else if (on === 'products')
    for (const p of await ask<{ product: number; code: string }>(pool, productCodes(items)))
      names.set(p.product, { code: p.code, order: null })
  else if (on === 'shortages')
    for (const s of await ask<{ id: number; order: number; sku: string }>(pool, shortageCodes(items)))
      names.set(s.id, { code: `${s.order} ${s.sku}`, order: s.order })
  else
    for (const m of await ask<{ id: number; order: number }>(pool, lettersOf(items)))
      names.set(m.id, { code: String(m.order), order: m.order })
  return names
}
async function refusalsOf(
  c: Context<unknown>,
  r: Static<typeof run>,
  o: { undo: boolean; after: number; limit: number },
): Promise<Refusals> {
  const rows = await ask<bulk.Refused>(
    c.services.pool,
    (o.undo ? bulk.keptAfter : bulk.refusedAfter)(r.bulk, o.after, o.limit),
  )
  const names = await namesOf(
    c,
    r.on,
    rows.map((x) => x.item),
  )
  return rows.map((x) => ({
    item: x.item,
    code: names.get(x.item)?.code ?? String(x.item),
    order: names.get(x.item)?.order ?? null,
    words: Object.values(words(x.code, x.detail, c.lang)).join(' '),
    what: x.code,
  }))
}
const refusedHeads = {
  ja: { orders: '注文番号', products: '商品コード', shortages: '注文番号とSKU', mail: '注文番号' },
  en: { orders: 'order', products: 'product', shortages: 'order_and_sku', mail: 'order' },
}
async function* refusalLines(c: Context<unknown>, r: Static<typeof run>, undo: boolean) {
  const ja = c.lang === 'ja'
  yield `\uFEFF${asLine([refusedHeads[c.lang][r.on], ja ? '理由' : 'why', ja ? '理由のコード' : 'code'])}`
  for (let after = 0; ;) {
    const rows = await refusalsOf(c, r, { undo, after, limit: 500 })
    if (rows.length === 0) return
    after = rows.at(-1)!.item
    yield rows.map((x) => asLine([x.code, x.words, x.what])).join('')
  }
}
const columns = {
  ja: [
    '注文番号',
    'モールの注文番号',
    '販売経路',
    '受付日時',
    '状態',
    '支払い方法',
    '点数',
    '通貨',
    '合計',
    '未収',
    '入金済み',
    '返金済み',
    '不足',
  ],
  en: [
    'order',
    'external_id',
    'channel',
    'placed_at',
    'status',
    'payment',
    'quantity',
    'currency',
    'total',
    'owed',
    'captured',
    'refunded',
    'short',
  ],
}
type OrderRow = {
  order: number
  external_id: string | null
  channel: string
  placed_at: Date
  status: string
  payment: string
  quantity: number
  currency: string
  total: number
  owed: number
  captured: number
  refunded: number
  short: number
}
const cellsOf = (r: OrderRow): string[] => [
  String(r.order),
  r.external_id ?? '',
  r.channel,
  clock(r.placed_at),
  r.status,
  r.payment,
  ...[r.quantity, r.currency, r.total, r.owed, r.captured, r.refunded, r.short].map(String),
]
const at = Type.Object({ bulk: uuid }, strict)
export const body = <T extends Record<string, TSchema>>(more: T) => Type.Object(more, strict)
export const expected = body({ count })

/** One action on all rows that fit a filter, or on some that were chosen: begun here, walked by whichever process is free. */
export const bulkRoutes = [
  route({
    name: 'bulk.orders',
    method: 'POST',
    path: '/admin/v1/bulk/orders',
    who: 'orders.read',
    keyless: true,
    audit: 'never',
    summary:
      'How many orders fit, and what they come to, by currency; 100,001 stands for more. Changes nothing',
    input: { body: ofOrders },
    output: Type.Object({
      count,
      sums: Type.Array(
        Type.Object({
          currency: Type.String(),
          count,
          total: Type.Integer(),
          owed: Type.Integer(),
          captured: Type.Integer(),
        }),
      ),
    }),
    run: async (c) => {
      type Sum = { currency: string; count: number; total: number; owed: number; captured: number }
      const sums = await ask<Sum>(c.services.pool, orderSums(await ordersOf(c, c.input.body), bulk.most + 1))
      return { count: sums.reduce((n, s) => n + s.count, 0), sums }
    },
  }),
  route({
    name: 'bulk.ship',
    method: 'POST',
    path: '/admin/v1/bulk/orders/ship',
    who: 'orders.ship',
    summary: 'Ships what is held of each order; what cannot be shipped stays and is named',
    input: { body: body({ ...orderTarget, expects }) },
    output: run,
    run: (c) => beginOrders(c, 'ship'),
  }),
  route({
    name: 'bulk.capture',
    method: 'POST',
    path: '/admin/v1/bulk/orders/captures',
    who: 'orders.capture',
    summary: 'Bank transfers have arrived: what each order owes, if it still owes what was shown',
    input: { body: body({ ...orderTarget, expects }) },
    output: run,
    run: (c) => beginOrders(c, 'capture'),
  }),
  route({
    name: 'bulk.cancel_orders',
    method: 'POST',
    path: '/admin/v1/bulk/orders/cancel',
    who: 'orders.cancel',
    fresh: true,
    summary:
      'Gives up what has not been shipped of each order, within the limits of whoever asks; `amount` is what was paid for them',
    input: {
      body: body({
        ...orderTarget,
        expects,
        reason: Type.Enum(['customer', 'mistake', 'stock', 'faulty']),
        pin,
      }),
    },
    output: run,
    run: (c) => beginOrders(c, 'cancel', { how: { reason: c.input.body.reason }, pin: c.input.body.pin }),
  }),
  route({
    name: 'exports.orders',
    method: 'GET',
    path: '/admin/v1/exports/orders',
    who: 'orders.read',
    audit: 'always',
    fresh: true,
    summary: 'Orders that fit as CSV: numbers, dates, states and amounts, nothing of any person',
    input: {
      query: Type.Object(
        {
          ...orderFilter,
          ids: Type.Optional(Type.String(chosen)),
        },
        strict,
      ),
    },
    output: Type.String(),
    run: async (c) => {
      const { ids: told, ...filter } = c.input
      const some = numbersIn(told)
      const fits = await ordersOf(c, some ? { ids: some } : { filter: picked(filter) })
      const rows = await ask<OrderMatch>(c.services.pool, orderMatches(fits, bulk.most + 1))
      return sheetOf({
        name: 'orders.csv',
        heads: columns,
        lang: c.lang,
        keys: rows.map((r) => r.order),
        rows: async (keys) => (await ask<OrderRow>(c.services.pool, orderRowsOf(keys))).map(cellsOf),
      })
    },
  }),
  route({
    name: 'bulk.products',
    method: 'POST',
    path: '/admin/v1/bulk/products',
    who: 'products.read',
    keyless: true,
    audit: 'never',
    summary: 'How many products fit; 100,001 stands for more. Changes nothing',
    input: { body: ofProducts },
    output: Type.Object({ count }),
    run: async (c) => ({
      count: (await ask(c.services.pool, productMatches(productsOf(c.input.body), bulk.most + 1))).length,
    }),
  }),
  route({
    name: 'bulk.archive',
    method: 'POST',
    path: '/admin/v1/bulk/products/archive',
    who: 'products.write',
    summary: 'No longer sold; can be taken back',
    input: { body: body({ ...productTarget, expects: expected }) },
    output: run,
    run: (c) => beginProducts(c, 'archive', {}),
  }),
  route({
    name: 'bulk.resume',
    method: 'POST',
    path: '/admin/v1/bulk/products/resume',
    who: 'products.write',
    summary: 'Sold again; can be taken back',
    input: { body: body({ ...productTarget, expects: expected }) },
    output: run,
    run: (c) => beginProducts(c, 'resume', {}),
  }),
  route({
    name: 'bulk.file',
    method: 'POST',
    path: '/admin/v1/bulk/products/categories',
    who: 'products.write',
    summary: 'Into a category, or out of it; can be taken back',
    input: {
      body: body({
        ...productTarget,
        expects: expected,
        category: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
        way: Type.Enum(['in', 'out']),
      }),
    },
    output: run,
    run: async (c) => {
      const { category, way } = c.input.body
      await c.services.gate.read(async (tx: Tx) => void (await categoryNow(tx, category)), undefined)
      return beginProducts(c, way === 'in' ? 'file_in' : 'file_out', { category })
    },
  }),
  route({
    name: 'bulk.reprice',
    method: 'POST',
    path: '/admin/v1/bulk/products/prices',
    who: 'prices.write',
    summary:
      'The usual price of every SKU that is sold, higher or lower by percent or yen, rounded, from now or from a moment on; can be taken back',
    input: {
      body: body({
        ...productTarget,
        expects: expected,
        by: Type.Enum(['percent', 'yen']),
        change: Type.Integer({ minimum: -10_000_000, maximum: 10_000_000 }),
        round: Type.Enum([1, 10, 100]),
        from: Type.Optional(instant),
      }),
    },
    output: run,
    run: (c) => {
      const { by, change, round, from } = c.input.body
      if (change === 0 || (by === 'percent' && (change <= -100 || change > 1000)))
        throw new InvalidInput([{ path: 'body/change', message: 'from -99 to 1000 percent, and not 0' }])
      if (from !== undefined && Date.parse(from) < Date.now()) throw PastPrice({ from, at: 'from' })
      return beginProducts(c, 'reprice', {
        reprice: { by, change, round, ...(from !== undefined && { from }) },
      })
    },
  }),
  route({
    name: 'bulk.list',
    method: 'GET',
    path: '/admin/v1/bulk',
    who: 'self.read',
    summary:
      'Bulk runs of this shop, the latest first: one’s own, and those of actions that one may do oneself',
    input: {},
    output: Type.Object({ items: Type.Array(run) }),
    run: async (c) => ({ items: await seen(c, { limit: 50 }) }),
  }),
  route({
    name: 'bulk.run',
    method: 'GET',
    path: '/admin/v1/bulk/:bulk',
    who: 'self.read',
    summary: 'How far a bulk run is, and what came of it',
    input: { params: at },
    output: run,
    run: (c) => one(c, c.input.bulk),
  }),
  route({
    name: 'bulk.refusals',
    method: 'GET',
    path: '/admin/v1/bulk/:bulk/refusals',
    who: 'self.read',
    summary: 'The rows that were refused and why; `undo`: those that were not set back',
    input: {
      params: at,
      query: Type.Object({ undo: Type.Optional(Type.Boolean()), cursor, limit: limit(200, 50) }, strict),
    },
    output: page(refusedRow),
    run: async (c) => {
      const found = await one(c, c.input.bulk)
      const most = c.input.limit ?? 50
      const after = decode(c.input.cursor, number) ?? 0
      const rows = await refusalsOf(c, found, { undo: c.input.undo ?? false, after, limit: most + 1 })
      return cut(rows, most, (r) => r.item)
    },
  }),
  route({
    name: 'bulk.refused_file',
    method: 'GET',
    path: '/admin/v1/bulk/:bulk/refused',
    who: 'self.read',
    audit: 'always',
    summary: 'The same as CSV',
    input: { params: at, query: Type.Object({ undo: Type.Optional(Type.Boolean()) }, strict) },
    output: Type.String(),
    run: async (c) => {
      const found = await one(c, c.input.bulk)
      return checked<string>(
        new Sheet(`refused-${found.bulk.slice(0, 8)}.csv`, refusalLines(c, found, c.input.undo ?? false)),
      )
    },
  }),
  route({
    name: 'bulk.stop',
    method: 'POST',
    path: '/admin/v1/bulk/:bulk/cancel',
    who: 'self.read',
    summary: 'No further rows; what is done stays',
    input: { params: at },
    output: run,
    run: async (c) => {
      const found = await toChange(c, c.input.bulk)
      await ask(c.services.pool, bulk.cancelRun(found.bulk))
      return one(c, found.bulk)
    },
  }),
  route({
    name: 'bulk.undo',
    method: 'POST',
    path: '/admin/v1/bulk/:bulk/undo',
    who: 'self.read',
    summary: 'Sets back what nobody has changed since; what was done to orders cannot be',
    input: { params: at },
    output: run,
    run: async (c) => {
      const found = await toChange(c, c.input.bulk)
      if (found.state === 'undoing') return found
      if (!found.undoable) throw bulk.NotUndoable({})
      await ask(
        c.services.pool,
        bulk.undoRun({
          id: found.bulk,
          staff: c.actor.id,
          session: c.session!.id,
          origin: originOf(c.services.vault.sign, c.address),
        }),
      )
      c.services.walker?.wake()
      return one(c, found.bulk)
    },
  }),
]
type Told = OrderTarget['filter'] & object
const picked = ({ status, channel, q, from, to, until }: Told): Told => ({
  ...(status && { status }),
  ...(channel && { channel }),
  ...(q && { q }),
  ...(from && { from }),
  ...(to && { to }),
  ...(until && { until }),
})
