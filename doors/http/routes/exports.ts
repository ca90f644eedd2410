import Type, { type Static } from 'typebox'
import { most } from '#domains/bulk'
import { channels } from '#domains/customers'
import { letterId, lettersOf, type Spot } from '#domains/mail'
import { ReleaseNeeded, takeable } from '#domains/access'
import type { Card } from '#domains/persons'
import { customerRowsOf, shortageRowsOf, stockList } from '#flows/reads'
import { ask } from '#kernel/db'
import type { Lang } from '#kernel/refusal'
import { route, type Context } from '../route.ts'
import type * as answers from './answers.ts'
import { cardsOf } from './customers.ts'
import {
  customerFilter,
  customersThatFit,
  lettersThatFit,
  mailFilter,
  shelfOf,
  shelfPattern,
  shelvesThatFit,
  shortageFilter,
  shortagesThatFit,
  stockFilter,
  type Shelf,
} from './matches.ts'
import { body, count, demandOne, ids } from './bulk.ts'
import { targetHash } from './releases.ts'
import { strict, uuid } from './shapes.ts'
import { chosen, clock, numbersIn, sheetOf } from './sheet.ts'

const counted = Type.Object({ count })
const some = Type.Optional(Type.String(chosen))
const someShelves = Type.Optional(
  Type.String({ maxLength: 13_000, pattern: `^${shelfPattern}(,${shelfPattern}){0,499}$` }),
)

const customerHeads = {
  ja: [
    'お客様番号',
    '種類',
    '販売経路',
    '会員番号',
    '登録日時',
    '姓',
    '名',
    'せい（かな）',
    'めい（かな）',
    '会社名',
    'メールアドレス',
    '電話番号',
    '郵便番号',
    '都道府県',
    '市区町村',
    '番地',
    '建物名など',
    '注文数',
    'ポイント',
    '名寄せ先',
    'メールの同意',
    'SMSの同意',
    'LINEの同意',
    '電話の同意',
    '郵便の同意',
  ],
  en: [
    'customer_number',
    'kind',
    'source',
    'card',
    'created_at',
    'family',
    'given',
    'family_kana',
    'given_kana',
    'organisation',
    'email',
    'phone',
    'postal',
    'prefecture',
    'city',
    'line1',
    'line2',
    'orders',
    'points',
    'joined_as',
    'consent_mail',
    'consent_sms',
    'consent_line',
    'consent_phone',
    'consent_post',
  ],
}
const named = [
  'family',
  'given',
  'family_kana',
  'given_kana',
  'organisation',
  'email',
  'phone',
  'postal',
  'prefecture',
  'city',
  'line1',
  'line2',
] as const satisfies readonly (keyof Card)[]
type Customer = {
  identity: number
  customer: number | null
  kind: string
  source: string
  code: string | null
  created_at: Date
  points: number
  orders: number
  consents: Partial<Record<(typeof channels)[number], boolean>>
}
const said = (given: boolean | undefined) => (given === undefined ? '' : given ? 'given' : 'withdrawn')
async function customerCells(
  c: Context<unknown>,
  keys: readonly number[],
  cards: ReadonlyMap<number, Card> = new Map(),
): Promise<string[][]> {
  const rows = await ask<Customer>(c.services.pool, customerRowsOf(keys))
  return rows.map((r) => [
    String(r.identity),
    r.kind,
    r.source,
    r.code ?? '',
    clock(r.created_at),
    ...named.map((name) => cards.get(r.identity)?.[name] ?? ''),
    String(r.orders),
    String(r.points),
    r.customer === null ? '' : String(r.customer),
    ...channels.map((channel) => said(r.consents[channel])),
  ])
}

const stockHeads = {
  ja: [
    'SKU',
    'JAN',
    '商品コード',
    '商品名',
    '種類',
    '拠点コード',
    '拠点',
    '棚',
    '確保',
    '不足',
    '隔離',
    '移動中',
  ],
  en: [
    'sku',
    'jan',
    'product',
    'name',
    'options',
    'place',
    'place_name',
    'on_hand',
    'held',
    'short',
    'quarantine',
    'in_transit',
  ],
}
const inWords = (name: Record<Lang, string>, lang: Lang) => name[lang] || name.ja
async function stockCells(c: Context<unknown>, keys: readonly Shelf[]): Promise<string[][]> {
  const rows = await ask<Static<typeof answers.stockRow>>(
    c.services.pool,
    stockList({ pairs: keys, limit: keys.length }),
  )
  return rows.map((r) => [
    r.sku,
    r.jan ?? '',
    r.product,
    inWords(r.name, c.lang),
    inWords(r.options_text, c.lang),
    r.place_code,
    inWords(r.place_name, c.lang),
    ...[r.on_hand, r.held, r.short, r.quarantine, r.in_transit].map(String),
  ])
}

const shortageHeads = {
  ja: [
    '不足番号',
    '注文番号',
    '販売経路',
    'SKU',
    '商品名',
    '拠点コード',
    '不足数',
    '使える在庫',
    '担当',
    '期限',
    '次にすること',
    '状態',
    '発生日時',
    '終了日時',
  ],
  en: [
    'shortage',
    'order',
    'channel',
    'sku',
    'name',
    'place',
    'quantity',
    'free',
    'owner',
    'deadline',
    'next_step',
    'state',
    'opened_at',
    'closed_at',
  ],
}
type Shortage = Omit<Static<typeof answers.shortage>, 'deadline' | 'opened_at' | 'closed_at'> & {
  deadline: Date
  opened_at: Date
  closed_at: Date | null
}
async function shortageCells(c: Context<unknown>, keys: readonly number[]): Promise<string[][]> {
  const rows = await ask<Shortage>(c.services.pool, shortageRowsOf(keys))
  return rows.map((r) => [
    String(r.shortage),
    String(r.order),
    r.channel,
    r.sku,
    inWords(r.name, c.lang),
    r.place,
    String(r.quantity),
    String(r.free),
    r.owner,
    clock(r.deadline),
    r.next_step,
    r.state,
    clock(r.opened_at),
    clock(r.closed_at),
  ])
}

const mailHeads = {
  ja: ['メール番号', '注文番号', '内容', '状態', '受付日時', '回数', '次の送信', '送信日時', '理由のコード'],
  en: ['mail', 'order', 'kind', 'state', 'created_at', 'attempts', 'next_at', 'sent_at', 'failure'],
}
type Letter = Spot & {
  order: number
  kind: string
  state: string
  attempts: number
  next_at: Date
  sent_at: Date | null
  failure: string | null
  created_at: Date
}
async function letterCells(c: Context<unknown>, keys: readonly number[]): Promise<string[][]> {
  const rows = await ask<Letter>(c.services.pool, lettersOf(keys))
  return rows.map((r) => [
    letterId(r),
    String(r.order),
    r.kind,
    r.state,
    clock(r.created_at),
    String(r.attempts),
    r.state === 'waiting' ? clock(r.next_at) : '',
    clock(r.sent_at),
    r.failure ?? '',
  ])
}

/** How many rows of a list fit, and the same rows as a file. */
export const exportRoutes = [
  route({
    name: 'bulk.customers',
    method: 'POST',
    path: '/admin/v1/bulk/customers',
    who: 'members.read',
    keyless: true,
    audit: 'never',
    summary: 'How many customers fit; 100,001 stands for more. Changes nothing',
    input: { body: body({ ids, filter: Type.Optional(Type.Object(customerFilter, strict)) }) },
    output: counted,
    run: async (c) => {
      demandOne(c.input.body)
      return { count: (await customersThatFit(c, c.input.body, most + 1)).length }
    },
  }),
  route({
    name: 'exports.customers',
    method: 'GET',
    path: '/admin/v1/exports/customers',
    who: 'members.read',
    audit: 'always',
    fresh: true,
    summary:
      'Customers that fit as CSV, at most 100,000: orders, points, what they said about being written to. Who they are and where they are found leaves with two people: `exports.persons`',
    input: { query: Type.Object({ ...customerFilter, ids: some }, strict) },
    output: Type.String(),
    run: async (c) => {
      const { ids: told, ...filter } = c.input
      return sheetOf({
        name: 'customers.csv',
        heads: customerHeads,
        lang: c.lang,
        keys: await customersThatFit(c, told ? { ids: numbersIn(told) } : { filter }, most + 1),
        rows: (keys) => customerCells(c, keys),
      })
    },
  }),
  route({
    name: 'exports.persons',
    method: 'GET',
    path: '/admin/v1/exports/persons',
    who: 'persons.export',
    audit: 'always',
    fresh: true,
    summary:
      'The same file with what customers are called and where they are found, where another owner has given it: for just these rows, within an hour, as often as it takes',
    input: { query: Type.Object({ ...customerFilter, ids: some, release: uuid }, strict) },
    output: Type.String(),
    run: async (c) => {
      const { ids: told, release, ...filter } = c.input
      const target = told ? { ids: numbersIn(told) } : { filter }
      const [given] = await ask<{ persons: number }>(
        c.services.pool,
        takeable({ release, shop: c.shop, staff: c.actor.id, target: targetHash(c.services, target) }),
      )
      if (!given) throw ReleaseNeeded({})
      c.tell({ subject: `release ${release}` })
      const keys = await customersThatFit(c, target, most + 1)
      if (keys.length > given.persons) throw ReleaseNeeded({})
      return sheetOf({
        name: 'customers-named.csv',
        heads: customerHeads,
        lang: c.lang,
        keys,
        // Each is opened: a few at once, so that nobody else waits.
        page: 200,
        rows: async (some) => customerCells(c, some, await cardsOf(c, some)),
      })
    },
  }),
  route({
    name: 'bulk.stock',
    method: 'POST',
    path: '/admin/v1/bulk/stock',
    who: 'stock.read',
    keyless: true,
    audit: 'never',
    summary: 'How many rows of stock fit; 100,001 stands for more. Changes nothing',
    input: { body: body({ filter: Type.Object(stockFilter, strict) }) },
    output: counted,
    run: async (c) => ({ count: (await shelvesThatFit(c, c.input.body, most + 1)).length }),
  }),
  route({
    name: 'exports.stock',
    method: 'GET',
    path: '/admin/v1/exports/stock',
    who: 'stock.read',
    audit: 'always',
    summary:
      'SKU × place as CSV, at most 100,000 rows. `ids`: the SKU’s number and the place’s, with a hyphen between',
    input: { query: Type.Object({ ...stockFilter, ids: someShelves }, strict) },
    output: Type.String(),
    run: async (c) => {
      const { ids: told, ...filter } = c.input
      return sheetOf({
        name: 'stock.csv',
        heads: stockHeads,
        lang: c.lang,
        keys: await shelvesThatFit(c, told ? { ids: told.split(',').map(shelfOf) } : { filter }, most + 1),
        rows: (keys) => stockCells(c, keys),
      })
    },
  }),
  route({
    name: 'bulk.shortages',
    method: 'POST',
    path: '/admin/v1/bulk/shortages',
    who: 'shortages.read',
    keyless: true,
    audit: 'never',
    summary: 'How many shortages fit, the open ones where no state is asked for. Changes nothing',
    input: { body: body({ ids, filter: Type.Optional(Type.Object(shortageFilter, strict)) }) },
    output: counted,
    run: async (c) => {
      demandOne(c.input.body)
      return { count: (await shortagesThatFit(c, c.input.body, most + 1)).length }
    },
  }),
  route({
    name: 'exports.shortages',
    method: 'GET',
    path: '/admin/v1/exports/shortages',
    who: 'shortages.read',
    audit: 'always',
    summary:
      'Shortages as CSV, the most pressing first, at most 100,000; the open ones where no state is asked for',
    input: { query: Type.Object({ ...shortageFilter, ids: some }, strict) },
    output: Type.String(),
    run: async (c) => {
      const { ids: told, ...filter } = c.input
      return sheetOf({
        name: 'shortages.csv',
        heads: shortageHeads,
        lang: c.lang,
        keys: await shortagesThatFit(c, told ? { ids: numbersIn(told) } : { filter }, most + 1),
        rows: (keys) => shortageCells(c, keys),
      })
    },
  }),
  route({
    name: 'bulk.mail',
    method: 'POST',
    path: '/admin/v1/bulk/mail',
    who: 'mail.read',
    keyless: true,
    audit: 'never',
    summary: 'How many letters fit; 100,001 stands for more. Changes nothing',
    input: { body: body({ ids, filter: Type.Optional(Type.Object(mailFilter, strict)) }) },
    output: counted,
    run: async (c) => {
      demandOne(c.input.body)
      return { count: (await lettersThatFit(c, c.input.body, most + 1)).length }
    },
  }),
  route({
    name: 'exports.mail',
    method: 'GET',
    path: '/admin/v1/exports/mail',
    who: 'mail.read',
    audit: 'always',
    fresh: true,
    summary:
      'The outbox as CSV, at most 100,000 letters: numbers, kinds, states and moments, no address and no words',
    input: { query: Type.Object({ ...mailFilter, ids: some }, strict) },
    output: Type.String(),
    run: async (c) => {
      const { ids: told, ...filter } = c.input
      return sheetOf({
        name: 'mail.csv',
        heads: mailHeads,
        lang: c.lang,
        keys: await lettersThatFit(c, told ? { ids: numbersIn(told) } : { filter }, most + 1),
        rows: (keys) => letterCells(c, keys),
      })
    },
  }),
]
