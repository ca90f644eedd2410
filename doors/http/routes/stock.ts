import { ask } from '#kernel/db'
import Type, { type Static } from 'typebox'
import { allPlaces, type Place } from '#domains/places'
import { skuByCode } from '#domains/catalog'
import { SamePlace, SerialMissing } from '#domains/stock'
import {
  adjustStock,
  countStock,
  receiveStock,
  receiveTransfer,
  sendTransfer,
  setPrices,
} from '#flows/warehouse'
import { movementsOf, serialHistory, serialList, stockList, transferList } from '#flows/reads'
import { staffNames } from '../staff-names.ts'
import type { Tx } from '#kernel/gate'
import { route, type Context } from '../route.ts'
import * as answers from './answers.ts'
import {
  code,
  cursor,
  cut,
  decode,
  instant,
  limit,
  number,
  page,
  serial,
  serials,
  stockLines,
  strict,
  text,
} from './shapes.ts'
import { ownPlaces } from '../own-shop.ts'
import { stockAsked, stockFilter } from './matches.ts'
import { ownPlaceId, placeId } from './place.ts'

/** Somebody of one place moves that place's goods only, somebody of some shops those of their companies. */
async function mine(c: Context<unknown>, ...asked: string[]) {
  if (c.within === undefined && c.shops === undefined) return
  for (const p of asked) await ownPlaceId(c, p)
}
const told = (lines: readonly { sku: string; quantity: number; serials?: string[] | undefined }[]) =>
  lines.map(({ sku, quantity, serials: named }) => ({ sku, quantity, ...(named && { serials: named }) }))
const readPlaces = async (tx: Tx): Promise<Place[]> => [...(await allPlaces(tx))]

export const stock = [
  route({
    name: 'places',
    method: 'GET',
    path: '/admin/v1/places',
    who: 'places.read',
    summary: 'Warehouses and stores',
    input: {},
    output: page(
      Type.Object({ place: Type.Integer(), code: Type.String(), kind: Type.String(), name: text }),
    ),
    run: async (c) => {
      const own = await ownPlaces(c)
      const all = await c.services.gate.read(readPlaces, undefined)
      return {
        items: all
          .filter((p) => own?.has(p.id) ?? true)
          .map((p) => ({ place: p.id, code: p.code, kind: p.kind, name: p.name })),
        next: null,
      }
    },
  }),
  route({
    name: 'stock',
    method: 'GET',
    path: '/admin/v1/stock',
    who: 'stock.read',
    summary: 'SKU × place: on hand, held, short, in quarantine, in transit',
    input: {
      query: Type.Object({ ...stockFilter, limit: limit(200, 50), cursor }, strict),
    },
    output: page(answers.stockRow),
    run: async (c) => {
      const q = c.input
      const most = q.limit ?? 50
      const after = decode(q.cursor, Type.Object({ sku: number, place: number }, strict))
      const rows = await ask<Static<typeof answers.stockRow>>(
        c.services.pool,
        stockList({ limit: most + 1, ...(await stockAsked(c, { filter: q })), ...(after && { after }) }),
      )
      return cut(rows, most, (r) => ({ sku: r.id, place: r.place }))
    },
  }),
  route({
    name: 'stock.movements',
    method: 'GET',
    path: '/admin/v1/stock/movements',
    who: 'stock.read',
    summary: 'Every movement behind a number of the stock screen, newest first',
    input: {
      query: Type.Object(
        {
          sku: code,
          place: code,
          kind: Type.Optional(Type.Enum(['on_hand', 'held', 'short', 'quarantine', 'in_transit'])),
          limit: limit(200, 50),
          cursor,
        },
        strict,
      ),
    },
    output: page(answers.stockMovement),
    run: async (c) => {
      const q = c.input
      const most = q.limit ?? 50
      const place = await placeId(c, q.place)
      const sku = await c.services.gate.read(
        async (tx: Tx, asked: string) => (await skuByCode(tx, asked)).id,
        q.sku,
      )
      const before = decode(q.cursor, number)
      const rows = await ask<Static<typeof answers.stockMovement>>(
        c.services.pool,
        movementsOf({
          sku,
          place,
          kind: q.kind ?? 'on_hand',
          limit: most + 1,
          ...(before !== undefined && { before }),
        }),
      )
      return cut(rows, most, (r) => r.seq)
    },
  }),
  route({
    name: 'stock.receive',
    method: 'POST',
    path: '/admin/v1/stock/receipts',
    who: 'stock.write',
    summary: 'Goods came in',
    input: {
      body: Type.Object(
        { place: code, lines: stockLines(1000), happened_at: Type.Optional(instant) },
        strict,
      ),
    },
    output: Type.Object({ received: Type.Integer() }),
    run: async (c) => {
      const b = c.input.body
      await mine(c, b.place)
      return c.command(receiveStock, {
        place: b.place,
        lines: told(b.lines),
        ...(b.happened_at && { happened_at: b.happened_at }),
      })
    },
  }),
  route({
    name: 'stock.count',
    method: 'POST',
    path: '/admin/v1/stock/counts',
    who: 'stock.write',
    limit: 4_194_304,
    summary: 'Shelves were counted: each is brought to what was counted',
    input: {
      body: Type.Object(
        {
          place: code,
          lines: Type.Array(
            Type.Object(
              { sku: code, quantity: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }) },
              strict,
            ),
            { minItems: 1, maxItems: 5000 },
          ),
          happened_at: Type.Optional(instant),
        },
        strict,
      ),
    },
    output: Type.Object({ counted: Type.Integer() }),
    run: async (c) => {
      const b = c.input.body
      await mine(c, b.place)
      return c.command(countStock, {
        place: b.place,
        lines: b.lines,
        ...(b.happened_at && { happened_at: b.happened_at }),
      })
    },
  }),
  route({
    name: 'stock.adjust',
    method: 'POST',
    path: '/admin/v1/stock/adjustments',
    who: 'stock.write',
    summary: 'Found, broken or lost: by so many, with a reason',
    input: {
      body: Type.Object(
        {
          place: code,
          sku: code,
          by: Type.Union([
            Type.Integer({ minimum: 1, maximum: 1_000_000 }),
            Type.Integer({ minimum: -1_000_000, maximum: -1 }),
          ]),
          reason: Type.Enum(['found', 'broken', 'lost', 'sample', 'own_use', 'other']),
          serials: Type.Optional(serials),
        },
        strict,
      ),
    },
    output: Type.Object({ by: Type.Integer() }),
    run: async (c) => {
      await mine(c, c.input.body.place)
      const { serials: named, ...b } = c.input.body
      return c.command(adjustStock, { ...b, ...(named && { serials: named }) })
    },
  }),
  route({
    name: 'transfers',
    method: 'GET',
    path: '/admin/v1/stock/transfers',
    who: 'stock.read',
    summary: 'Goods on their way between places',
    input: {
      query: Type.Object(
        { state: Type.Optional(Type.Enum(['under_way', 'arrived'])), limit: limit(200, 50), cursor },
        strict,
      ),
    },
    output: page(answers.transfer),
    run: async (c) => {
      const most = c.input.limit ?? 50
      const own = await ownPlaces(c)
      const rows = await ask<Static<typeof answers.transfer>>(
        c.services.pool,
        transferList(c.input.state ?? null, decode(c.input.cursor, number), own ? [...own] : null, most + 1),
      )
      return cut(rows, most, (r) => r.transfer)
    },
  }),
  route({
    name: 'transfer.send',
    method: 'POST',
    path: '/admin/v1/stock/transfers',
    who: 'stock.write',
    summary: 'Goods leave for another of our places',
    input: { body: Type.Object({ from: code, to: code, lines: stockLines(500) }, strict) },
    output: Type.Object({ transfer: number }),
    run: async (c) => {
      const b = c.input.body
      if (b.from === b.to) throw SamePlace({ place: b.to })
      await mine(c, b.from)
      await placeId(c, b.to)
      return c.command(sendTransfer, { from: b.from, to: b.to, lines: told(b.lines) })
    },
  }),
  route({
    name: 'transfer.receive',
    method: 'POST',
    path: '/admin/v1/stock/transfers/:transfer/receive',
    who: 'stock.write',
    summary: 'They have arrived',
    input: { params: Type.Object({ transfer: number }, strict), body: Type.Object({}, strict) },
    output: Type.Object({ received: Type.Integer() }),
    run: (c) =>
      c.command(receiveTransfer, {
        transfer: c.input.transfer,
        ...(c.within !== undefined && { place: c.within }),
      }),
  }),
  route({
    name: 'serials',
    method: 'GET',
    path: '/admin/v1/serials',
    who: 'stock.read',
    summary: 'Units that bear numbers, and where each is: on a shelf, on its way, with which order, or gone',
    input: {
      query: Type.Object(
        {
          serial: Type.Optional(serial),
          sku: Type.Optional(code),
          place: Type.Optional(code),
          state: Type.Optional(Type.Enum(['on_shelf', 'in_transit', 'sold', 'gone'])),
          limit: limit(200, 50),
          cursor,
        },
        strict,
      ),
    },
    output: page(answers.serial),
    run: async (c) => {
      const q = c.input
      const most = q.limit ?? 50
      const at = q.place ? await placeId(c, q.place) : undefined
      const own = await ownPlaces(c)
      const after = decode(q.cursor, number)
      const rows = await ask<Static<typeof answers.serial>>(
        c.services.pool,
        serialList({
          limit: most + 1,
          ...(q.serial && { serial: q.serial }),
          ...(q.sku && { sku: q.sku }),
          ...(q.state && { state: q.state }),
          ...(own && { own: { shops: c.shops!, places: [...own] } }),
          ...(at !== undefined && { place: at }),
          ...(after !== undefined && { after }),
        }),
      )
      return cut(rows, most, (r) => r.id)
    },
  }),
  route({
    name: 'serial',
    method: 'GET',
    path: '/admin/v1/skus/:sku/serials/:serial',
    who: 'stock.read',
    summary: 'One unit that bears a number: where it is and where it has been',
    input: { params: Type.Object({ sku: code, serial }, strict) },
    output: Type.Object({ ...answers.serial.properties, history: Type.Array(answers.serialStep) }),
    run: async (c) => {
      const { sku, serial: number_ } = c.input
      const [found] = await ask<Static<typeof answers.serial>>(
        c.services.pool,
        serialList({ sku, serial: number_, limit: 1 }),
      )
      if (!found) throw SerialMissing({ sku, serial: number_ })
      const steps = await ask<Omit<Static<typeof answers.serialStep>, 'actor_name'>>(
        c.services.pool,
        serialHistory(found.id),
      )
      const names = await staffNames(
        c.services,
        steps.map((s) => s.actor),
      )
      return { ...found, history: steps.map((s) => ({ ...s, actor_name: names.get(s.actor) ?? null })) }
    },
  }),
  route({
    name: 'prices.set',
    method: 'PUT',
    path: '/admin/v1/prices',
    who: 'prices.write',
    summary: 'What SKUs cost from a moment on',
    input: {
      body: Type.Object(
        {
          lines: Type.Array(
            Type.Object(
              {
                sku: code,
                price: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
                from: Type.Optional(instant),
              },
              strict,
            ),
            { minItems: 1, maxItems: 1000 },
          ),
        },
        strict,
      ),
    },
    output: Type.Object({ priced: Type.Integer() }),
    run: (c) =>
      c.command(setPrices, {
        shop: c.shop,
        lines: c.input.body.lines.map((l) => ({
          sku: l.sku,
          price: l.price,
          ...(l.from && { from: l.from }),
        })),
      }),
  }),
]
