import { checked } from '#kernel/trust'
import { ask } from '#kernel/db'
import Type, { type Static } from 'typebox'
import { allows } from '#domains/access'
import { open, openNote, read, readNotes, type Sealed } from '#domains/persons'
import { OrderMissing } from '#domains/orders'
import {
  assignShortage,
  cancelOrder,
  capturePayment,
  recordMallOrder,
  type MallOrder,
  refundPayment,
  returnGoods,
  shipOrder,
  solveShortage,
} from '#flows/desk'
import {
  channelsSeen,
  orderDetail,
  orderList,
  orderMovements,
  placesOf,
  shortageList,
  soldOn,
  todayAndBefore,
  waitingNow,
} from '#flows/reads'
import { dayIn } from '#kernel/time'
import { route, type Context } from '../route.ts'
import { staffNames } from '../staff-names.ts'
import * as answers from './answers.ts'
import { orderFilter, ordersAsked } from './order-filter.ts'
import { pin, pinOf } from './pin.ts'
import { ownPlaceId } from './place.ts'
import {
  address,
  amount,
  code,
  contact,
  cursor,
  cut,
  decode,
  demandWorth,
  told,
  instant,
  limit,
  number,
  page,
  quantity,
  serials,
  serialsBySku,
  short,
  strict,
  word,
} from './shapes.ts'

/** No run of letters is long enough to be somebody's name. */
const parcel = '^(?:[A-Za-z]{0,3}\\d|-)+[A-Za-z]{0,3}$'
const orderParams = Type.Object({ order: number }, strict)
const within = (c: Context<unknown>) => (c.within === undefined ? {} : { within: c.within })

type Sold = { channel: string; orders: number; total: number; orders_before: number; total_before: number }
type Waiting = { status: 'waiting_payment' | 'to_ship' | 'part_shipped' | 'short'; orders: number }
export const desk = [
  route({
    name: 'orders',
    method: 'GET',
    path: '/admin/v1/orders',
    who: 'orders.read',
    summary:
      'Orders of every channel, newest first; `q` is an order number, a mall’s own number or, for those who may see persons, a mail address, a telephone number or its last four digits, a name as it is read (from two kana on) or written',
    input: {
      query: Type.Object(
        {
          ...orderFilter,
          limit: limit(200, 50),
          cursor,
        },
        strict,
      ),
    },
    output: page(answers.orderRow),
    run: async (c) => {
      await c.caughtUp('order-rows')
      const q = c.input
      const most = q.limit ?? 50
      const before = decode(q.cursor, number)
      const rows = await ask<Static<typeof answers.orderRow>>(
        c.services.pool,
        orderList({
          ...(await ordersAsked(c, q)),
          limit: most + 1,
          ...(before !== undefined && { before }),
        }),
      )
      return cut(rows, most, (r) => r.order)
    },
  }),
  route({
    name: 'overview',
    method: 'GET',
    path: '/admin/v1/overview',
    who: 'orders.read',
    summary: 'Today so far beside the same hours of the same weekday a week ago, and what waits for somebody',
    input: {},
    output: Type.Object({
      day: Type.String(),
      before: Type.String({ description: 'The day it is compared with' }),
      before_until: answers.moment,
      channels: Type.Array(
        Type.Object({
          channel: Type.String(),
          orders: Type.Integer(),
          total: Type.Integer(),
          orders_before: Type.Integer(),
          total_before: Type.Integer(),
        }),
      ),
      waiting: Type.Array(
        Type.Object({
          status: Type.Enum(['waiting_payment', 'to_ship', 'part_shipped', 'short']),
          orders: Type.Integer({ description: '10,001 stands for more' }),
        }),
      ),
    }),
    run: async (c) => {
      await c.caughtUp('order-rows')
      const days = todayAndBefore(new Date())
      const { pool } = c.services
      const shops = c.shops ?? null
      const place = c.within ?? null
      return {
        day: dayIn('Asia/Tokyo', days.from),
        before: dayIn('Asia/Tokyo', days.before),
        before_until: days.then,
        channels: await ask<Sold>(pool, soldOn(days, shops, place)),
        waiting: await ask<Waiting>(pool, waitingNow(shops, place)),
      }
    },
  }),
  route({
    name: 'channels',
    method: 'GET',
    path: '/admin/v1/channels',
    who: 'orders.read',
    summary: 'Where orders come from: the web, the tills, each mall that has sold',
    input: {},
    output: page(Type.Object({ channel: Type.String(), kind: Type.Enum(['web', 'till', 'mall']) })),
    run: async (c) => ({
      items: (await ask<{ channel: string }>(c.services.pool, channelsSeen(c.shops ?? null))).map(
        ({ channel }) => ({
          channel,
          kind: channel === 'web' || channel === 'till' ? (channel as 'web') : ('mall' as const),
        }),
      ),
      next: null,
    }),
  }),
  route({
    name: 'order',
    method: 'GET',
    path: '/admin/v1/orders/:order',
    who: 'orders.read',
    audit: 'once',
    summary: 'One order: what was agreed, and what has become of it',
    input: { params: orderParams },
    output: answers.order,
    run: async (c) => {
      const found = (await ask<Raw>(c.services.pool, orderDetail(c.input.order)))[0]
      if (
        !found ||
        (c.within !== undefined && !found.lines.some((l) => l.allocations.some((a) => a.place === c.within)))
      )
        throw OrderMissing({ order: c.input.order })
      const answer = await dressed(c, found)
      const { buyer, destinations, payments, history } = answer
      const isPersonal = buyer.name !== undefined || destinations.some((d) => d.name !== undefined)
      if (!isPersonal && ![...payments, ...history].some((row) => row.note !== null)) c.tell({ unseen: true })
      return answer
    },
  }),
  route({
    name: 'order.movements',
    method: 'GET',
    path: '/admin/v1/orders/:order/movements',
    who: 'orders.read',
    summary: 'Every movement of stock, points and money that the order caused',
    input: { params: orderParams, query: Type.Object({ cursor, limit: limit(200, 100) }, strict) },
    output: page(answers.orderMovement),
    run: async (c) => {
      const most = c.input.limit ?? 100
      await demandSight(c, c.input.order)
      const rows = await ask<Static<typeof answers.orderMovement>>(
        c.services.pool,
        orderMovements(c.input.order, decode(c.input.cursor, number) ?? 0, most + 1),
      )
      return cut(rows, most, (r) => r.seq)
    },
  }),
  route({
    name: 'order.ship',
    method: 'POST',
    path: '/admin/v1/orders/:order/ship',
    who: 'orders.ship',
    summary: 'Ships what is held, or the lines named',
    input: {
      params: orderParams,
      body: Type.Object(
        {
          lines: Type.Optional(
            Type.Array(Type.Object({ line: Type.Integer({ minimum: 1, maximum: 200 }), quantity }, strict), {
              minItems: 1,
              maxItems: 200,
            }),
          ),
          carrier: Type.Optional(Type.Enum(['yamato', 'sagawa', 'japan_post', 'other'])),
          serials: Type.Optional(serialsBySku),
          tracking: Type.Optional(Type.String({ maxLength: 40, pattern: parcel })),
        },
        strict,
      ),
    },
    output: Type.Object({
      shipment: number,
      lines: Type.Array(Type.Object({ line: number, quantity: number })),
    }),
    run: (c) => {
      const b = c.input.body
      return c.command(shipOrder, {
        order: c.input.order,
        ...(b.lines && { lines: b.lines }),
        ...(b.carrier && { carrier: b.carrier }),
        ...(b.tracking && { tracking: b.tracking }),
        ...(b.serials && { serials: b.serials }),
        ...within(c),
      })
    },
  }),
  route({
    name: 'order.cancel',
    method: 'POST',
    path: '/admin/v1/orders/:order/cancel',
    who: 'orders.cancel',
    fresh: async (c) => ((await ask<Raw>(c.services.pool, orderDetail(c.input.order)))[0]?.captured ?? 0) > 0,
    summary: 'Gives up what has not been shipped: stock goes back, money is waived or refunded',
    input: { params: orderParams, body: Type.Object({ reason: word(100), pin }, strict) },
    output: Type.Object({ released: amount, waived: amount, refunded: amount, cancelled: Type.Boolean() }),
    run: async (c) =>
      c.command(cancelOrder(c.services.vault), {
        order: c.input.order,
        note: c.input.body.reason,
        ...within(c),
        ...(await pinOf(c, c.input.body.pin)),
      }),
  }),
  route({
    name: 'order.capture',
    method: 'POST',
    path: '/admin/v1/orders/:order/captures',
    who: 'orders.capture',
    summary: 'Money for the order has arrived',
    input: {
      params: orderParams,
      body: Type.Object(
        { amount: number, reference: Type.Optional(short(60)), happened_at: Type.Optional(instant) },
        strict,
      ),
    },
    output: Type.Object({ owed: amount, captured: amount }),
    run: (c) =>
      c.command(capturePayment(c.services.vault), {
        order: c.input.order,
        amount: c.input.body.amount,
        ...(c.input.body.reference && { note: c.input.body.reference }),
        ...(c.input.body.happened_at && { happened_at: c.input.body.happened_at }),
      }),
  }),
  route({
    name: 'order.refund',
    method: 'POST',
    path: '/admin/v1/orders/:order/refunds',
    who: 'orders.refund',
    fresh: true,
    summary: 'Money goes back, never more than was captured',
    input: { params: orderParams, body: Type.Object({ amount: number, reason: word(100), pin }, strict) },
    output: Type.Object({ captured: amount }),
    run: async (c) =>
      c.command(refundPayment(c.services.vault), {
        order: c.input.order,
        amount: c.input.body.amount,
        note: c.input.body.reason,
        ...within(c),
        ...(await pinOf(c, c.input.body.pin)),
      }),
  }),
  route({
    name: 'order.return',
    method: 'POST',
    path: '/admin/v1/orders/:order/returns',
    who: 'orders.return',
    fresh: ({ input, session }) =>
      input.body.refund === undefined
        ? session !== undefined && allows(session.role, 'orders.refund') !== undefined
        : input.body.refund > 0,
    summary: 'Goods came back, linked to the lines they were sold on',
    input: {
      params: orderParams,
      body: Type.Object(
        {
          lines: Type.Array(
            Type.Object({ line: Type.Integer({ minimum: 1, maximum: 200 }), quantity }, strict),
            { minItems: 1, maxItems: 200 },
          ),
          place: code,
          condition: Type.Enum(['sellable', 'quarantine']),
          serials: Type.Optional(serialsBySku),
          refund: Type.Optional(amount),
          reason: word(100),
          pin,
        },
        strict,
      ),
    },
    output: Type.Object({ record: number, refunded: amount, points_taken: amount }),
    run: async (c) => {
      const { place, refund, ...b } = c.input.body
      const at = await ownPlaceId(c, place)
      return c.command(returnGoods(c.services.vault), {
        order: c.input.order,
        lines: b.lines,
        condition: b.condition as 'sellable',
        note: b.reason,
        place: at,
        ...(b.serials && { serials: b.serials }),
        ...(refund !== undefined && { refund }),
        ...within(c),
        ...(await pinOf(c, b.pin)),
      })
    },
  }),
  route({
    name: 'shortages',
    method: 'GET',
    path: '/admin/v1/shortages',
    who: 'shortages.read',
    summary: 'What is owed and not there, the most pressing first',
    input: {
      query: Type.Object(
        { state: Type.Optional(Type.Enum(['open', 'solved', 'cancelled'])), limit: limit(200, 50), cursor },
        strict,
      ),
    },
    output: page(answers.shortage),
    run: async (c) => {
      const most = c.input.limit ?? 50
      const rows = await ask<Static<typeof answers.shortage>>(
        c.services.pool,
        shortageList({
          state: c.input.state ?? 'open',
          place: c.within ?? null,
          shops: c.shops ?? null,
          after: decode(c.input.cursor, Type.Object({ deadline: instant, id: number }, strict)),
          limit: most + 1,
        }),
      )
      return cut(rows, most, (r) => ({ deadline: r.deadline, id: r.shortage }))
    },
  }),
  route({
    name: 'shortage.solve',
    method: 'POST',
    path: '/admin/v1/shortages/:shortage/solve',
    who: 'shortages.write',
    summary: 'Takes free stock for a shortage',
    input: {
      params: Type.Object({ shortage: number }, strict),
      body: Type.Object({ place: Type.Optional(code), serials: Type.Optional(serials) }, strict),
    },
    output: Type.Object({ covered: amount, left: amount }),
    run: async (c) => {
      const place = c.input.body.place
      const at = place === undefined ? c.within : await ownPlaceId(c, place)
      return c.command(solveShortage, {
        shortage: c.input.shortage,
        ...(at !== undefined && { place: at }),
        ...(c.input.body.serials && { serials: c.input.body.serials }),
        ...within(c),
      })
    },
  }),
  route({
    name: 'shortage.assign',
    method: 'POST',
    path: '/admin/v1/shortages/:shortage/assign',
    who: 'shortages.write',
    summary: 'Who solves it, and until when',
    input: {
      params: Type.Object({ shortage: number }, strict),
      body: Type.Object(
        { owner: Type.Enum(['warehouse', 'store', 'call', 'merchandiser', 'owner']), deadline: instant },
        strict,
      ),
    },
    output: Type.Object({ shortage: number }),
    run: (c) =>
      c.command(assignShortage, {
        shortage: c.input.shortage,
        owner: c.input.body.owner,
        deadline: c.input.body.deadline,
        ...within(c),
      }),
  }),
  route({
    name: 'mall_order',
    method: 'POST',
    path: '/admin/v1/mall-orders',
    who: 'facts.write',
    summary:
      'A mall has sold: recorded as a fact, whatever the shelves say; what is missing becomes a shortage',
    input: {
      body: Type.Object(
        {
          channel: Type.String({ pattern: '^[a-z0-9_-]{2,30}$' }),
          external_id: Type.String({ minLength: 1, maxLength: 80, pattern: '^[\\x21-\\x7e]+$' }),
          placed_at: instant,
          lines: Type.Array(Type.Object({ sku: code, quantity, unit_price: told }, strict), {
            minItems: 1,
            maxItems: 200,
          }),
          shipping: Type.Optional(amount),
          fee: Type.Optional(amount),
          discount: Type.Optional(amount),
          total: amount,
          paid: Type.Boolean(),
          destination: Type.Object(
            { contact: Type.Partial(contact), address: Type.Partial(address) },
            strict,
          ),
        },
        strict,
      ),
    },
    output: Type.Object({
      order: number,
      short: Type.Array(Type.Object({ sku: Type.String(), quantity: Type.Integer() })),
      already: Type.Boolean(),
    }),
    run: async (c) => {
      const b = c.input.body
      const { prefecture, ...where } = b.destination.address
      demandWorth(b.lines)
      return c.command(recordMallOrder(c.services.vault), {
        shop: c.shop,
        channel: b.channel,
        external_id: b.external_id,
        placed_at: b.placed_at,
        lines: b.lines,
        shipping: b.shipping ?? 0,
        fee: b.fee ?? 0,
        discount: b.discount ?? 0,
        total: b.total,
        paid: b.paid,
        destination: checked<MallOrder['destination']>({
          ...b.destination.contact,
          ...where,
          ...(prefecture !== undefined && { prefecture_code: prefecture }),
        }),
      })
    },
  }),
]

/** Somebody of one place sees the orders that this place serves. */
async function demandSight(c: Context<unknown>, order: number) {
  if (c.within === undefined) return
  if (!(await ask<{ place: number }>(c.services.pool, placesOf(order))).some((r) => r.place === c.within))
    throw OrderMissing({ order })
}
type Answered = Static<typeof answers.order>
/** As it is read: the person is a number yet, and a line has only what its allocations say. */
type Raw = Omit<
  Answered,
  'status' | 'masked' | 'buyer' | 'destinations' | 'lines' | 'payments' | 'history'
> & {
  buyer: number
  customer: number | null
  destinations: { no: number; card: string | null; place: string | null }[] | null
  lines: Omit<Answered['lines'][number], 'held' | 'short' | 'shipped' | 'cancelled'>[]
  payments: Written<Answered['payments'][number]>[]
  history: Written<Omit<Answered['history'][number], 'actor_name'>>[]
}
/** A row that somebody wrote something about: the note's number, or the words themselves where an earlier version kept them there. */
type Written<R> = Omit<R, 'note'> & { note: string | null; words: string | null }
/** What was written, for those who may see a person, while there is one. */
async function notesOf(c: Context<unknown>, rows: readonly Written<unknown>[]) {
  const s = c.services
  const ids = rows.flatMap((r) => r.note ?? [])
  const sealed = c.reach === 'masked' || ids.length === 0 ? [] : await ask<Sealed>(s.pool, readNotes(ids))
  const said = new Map(sealed.map((r) => [r.id, openNote(s.vault, r)]))
  return <R extends Written<unknown>>({ words, ...row }: R) => ({
    ...row,
    note: c.reach === 'masked' ? null : (words ?? said.get(row.note ?? '') ?? null),
  })
}
/** With the person for those who may see one, and what the allocations say of each line. */
async function dressed(c: Context<unknown>, { customer, ...o }: Raw): Promise<Answered> {
  const s = c.services
  const cards = (o.destinations ?? []).flatMap((d) => (d.card ? [d.card] : []))
  const masked = c.reach === 'masked'
  const people = new Map<string, ReturnType<typeof open>>()
  if (!masked && cards.length)
    for (const r of await ask<Sealed>(s.pool, read(cards))) people.set(r.id, open(s.vault, r))
  const hands = await staffNames(
    s,
    o.history.map((h) => h.actor),
  )
  const withNote = await notesOf(c, [...o.payments, ...o.history])
  const lines = o.lines.map((l) => {
    const per = (of: (a: Raw['lines'][number]['allocations'][number]) => number) => {
      const sums = new Map<string, { n: number; per: number }>()
      for (const a of l.allocations)
        sums.set(a.sku, { n: (sums.get(a.sku)?.n ?? 0) + of(a), per: a.per_line })
      return sums.size ? Math.min(...[...sums.values()].map((x) => Math.floor(x.n / x.per))) : 0
    }
    const held = per((a) => a.held),
      shipped = per((a) => a.shipped)
    const missing = Math.max(0, ...l.allocations.map((a) => Math.ceil(a.short / a.per_line)))
    return {
      ...l,
      unit_price: l.unit_price / 10_000,
      held,
      short: missing,
      shipped,
      cancelled: l.quantity - held - shipped - Number(l.returned),
    }
  })
  const all = o.lines.flatMap((l) => l.allocations)
  const held = all.some((a) => a.held > 0)
  const status =
    o.state === 'cancelled'
      ? 'cancelled'
      : all.some((a) => a.short > 0)
        ? 'short'
        : held && o.payment === 'bank_transfer' && o.owed > 0
          ? 'waiting_payment'
          : held && all.some((a) => a.shipped > 0)
            ? 'part_shipped'
            : held
              ? 'to_ship'
              : all.some((a) => a.shipped > 0)
                ? 'shipped'
                : 'returned'
  const first = people.get(cards[0] ?? '')
  return {
    ...o,
    status,
    lines,
    masked,
    payments: o.payments.map(withNote),
    history: o.history.map((h) => ({ ...withNote(h), actor_name: hands.get(h.actor) ?? null })),
    buyer: {
      identity: o.buyer,
      customer,
      masked,
      ...(first && {
        name: [first.family, first.given].filter(Boolean).join(' '),
        kana: [first.family_kana, first.given_kana].filter(Boolean).join(' '),
        ...(first.email && { email: first.email }),
        ...(first.phone && { phone: first.phone }),
      }),
    },
    destinations: (o.destinations ?? []).map((d) => {
      const p = d.card ? people.get(d.card) : undefined
      return {
        no: d.no,
        place: d.place,
        masked,
        erased: !masked && d.card !== null && p === undefined,
        ...(p && {
          name: [p.family, p.given].filter(Boolean).join(' '),
          ...(p.postal && { postal: p.postal }),
          address: [p.prefecture, p.city, p.line1, p.line2].filter(Boolean).join(''),
          ...(p.phone && { phone: p.phone }),
        }),
      }
    }),
  }
}
