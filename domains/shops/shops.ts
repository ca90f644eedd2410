import { sql } from '#kernel/db'
import { reader, table, type Tx } from '#kernel/gate'
import { append } from '#kernel/journal'
import type { Currency, Rounding } from '#kernel/money'
import type { Instant } from '#kernel/time'
import { ShopChanged } from './events.ts'
import { BankAccountMissing, ShopMissing } from './refusals.ts'

export type Shop = {
  id: number
  code: string
  entity: number
  brand: number
  name: { ja: string; en: string }
  currency: Currency
  rounding: Rounding
  entity_name: string
  registration_number: string | null
}
type Text = { ja: string; en: string }
/** What a merchant sets, each from a moment on. */
export type Settings = {
  /** Tax included, yen. Free from an amount of goods on; another fee for Okinawa and remote islands. */
  shipping: { all: number; free_from: number | null; okinawa: number }
  /** COD fee by amount, tax included; the last row's limit is the largest amount accepted. */
  cod_fees: { up_to: number; fee: number }[]
  bank_account: Text
  /** Days until a bank transfer must have arrived; the hold ends with it. */
  transfer_days: number
  /** Points for each 100 yen of goods; 0 is off. */
  points_per_100: number
  /** 特定商取引法に基づく表記. */
  law: Record<string, Text>
  /** Days from a fact without goods until somebody must have solved it. */
  shortage_days: number
  payments: string[]
  /** Who the shop is, in its own words: paragraphs parted by an empty line; null has no page. */
  about: Text | null
  /** When orders leave and arrive; null promises nothing but what the law text says. See domains/fulfilment/promise.ts. */
  delivery: {
    cutoff: string
    closed_weekdays: number[]
    closed_days: string[]
    days: [number, number]
    by_prefecture: Record<string, [number, number]>
  } | null
  /** The most of one order, in yen, that somebody of a role gives back without asking another; null is no limit. */
  refund_limits: Record<string, number | null>
}
export type Setting = keyof Settings
const defaults: Settings = {
  shipping: { all: 0, free_from: null, okinawa: 0 },
  cod_fees: [{ up_to: 300_000, fee: 0 }],
  bank_account: { ja: '', en: '' },
  transfer_days: 7,
  points_per_100: 0,
  law: {},
  shortage_days: 3,
  payments: ['bank_transfer'],
  about: null,
  delivery: null,
  refund_limits: { owner: null, accountant: null, call: 30_000, store: 30_000 },
}

export const entityTable = table<{
  id: number
  code: string
  name: string
  registration_number: string | null
}>(
  'shops.entity',
  { id: 'integer', code: 'text', name: 'text', registration_number: 'text' },
  { entity_pkey: 'rerun', entity_code_key: 'rerun' },
)
const brandTable = table<{ id: number; code: string; name: Text }>(
  'shops.brand',
  { id: 'integer', code: 'text', name: 'jsonb' },
  { brand_pkey: 'rerun', brand_code_key: 'rerun' },
)
export const shopTable = table<{
  id: number
  code: string
  entity: number
  brand: number
  name: Text
  currency: string
  rounding: string
}>('shops.shop', {
  id: 'integer',
  code: 'text',
  entity: 'integer',
  brand: 'integer',
  name: 'jsonb',
  currency: 'text',
  rounding: 'text',
})
const settingTable = table<{
  shop: number
  name: string
  valid_from: Date
  value: unknown
  set_by: number | null
}>('shops.setting', {
  shop: 'integer',
  name: 'text',
  valid_from: 'timestamptz',
  value: 'jsonb',
  set_by: 'bigint',
})

const byId = reader<number, Shop>(
  'id',
  (ids) => sql`
  select s.id, s.code, s.entity, s.brand, s.name, s.currency, s.rounding, e.name as entity_name, e.registration_number
  from shops.shop s join shops.entity e on e.id = s.entity where s.id = any(${ids}::int[])`,
  { keep_ms: 1000 },
)
const settingsByShop = reader<number, { shop: number; name: Setting; value: never }>(
  'shop',
  (ids) => sql`
  select distinct on (shop, name) shop, name, value from shops.setting where shop = any(${ids}::int[]) and valid_from <= now() order by shop, name, valid_from desc`,
  { keep_ms: 1000 },
)

const byCode = reader<string, { code: string; id: number }>(
  'code',
  (codes) => sql`select code, id from shops.shop where code = any(${codes}::text[])`,
)
export async function shopByCode(tx: Tx, code: string): Promise<number> {
  const shop = await byCode.one(tx, code)
  if (!shop) throw ShopMissing({ shop: code })
  return shop.id
}
export async function shopById(tx: Tx, id: number): Promise<Shop> {
  const shop = await byId.one(tx, id)
  if (!shop) throw ShopMissing({ shop: id })
  return shop
}
/** The rules in force now. */
export async function settings(tx: Tx, shop: number): Promise<Settings> {
  return rulesOf(await settingsByShop.all(tx, shop))
}
/** What was set, over what holds where nothing was. */
export function rulesOf(rows: readonly { name: Setting; value: never }[]): Settings {
  const told: Partial<Settings> = Object.fromEntries(rows.map((r) => [r.name, r.value]))
  return { ...defaults, ...told, refund_limits: { ...defaults.refund_limits, ...told.refund_limits } }
}
/** The same as it is this moment: for whoever changes it. */
export const rulesNow = async (tx: Tx, shop: number): Promise<Settings> =>
  rulesOf(await settingsByShop.all(tx, shop, { fresh: true }))
/** Money cannot be sent to an account that is not named. */
export function demandPayable(rules: Pick<Settings, 'payments' | 'bank_account'>): void {
  if (rules.payments.includes('bank_transfer') && rules.bank_account.ja.trim() === '')
    throw BankAccountMissing({})
}
/** 特定商取引法第11条: what the page of the law says, in its order. The mail address is wanted of some, and shown by all. */
export const lawKeys = [
  'seller',
  'manager',
  'address',
  'phone',
  'email',
  'price',
  'fees',
  'payment',
  'delivery',
  'returns',
] as const
/** What the law wants told and nobody has written yet. */
export const missingOfLaw = (law: Settings['law']): (typeof lawKeys)[number][] =>
  lawKeys.filter((key) => key !== 'email' && !law[key]?.ja.trim())
/** For readers outside a command: every shop, and the rules in force. */
export const shops = sql`
  select s.id, s.code, s.entity, s.brand, s.name, s.currency, s.rounding, e.name as entity_name, e.registration_number,
    (select coalesce(jsonb_object_agg(x.name, x.value), '{}') from (select distinct on (name) name, value from shops.setting where shop = s.id and valid_from <= now() order by name, valid_from desc) x) as settings
  from shops.shop s join shops.entity e on e.id = s.entity order by s.id`
/** The same as it was at a moment: what a company was called then, and its number. */
export const shopsAt = (at: Instant) => sql`
  select s.id, s.name, coalesce(then_.name, e.name) as entity_name, case when then_.entity is null then e.registration_number else then_.registration_number end as registration_number,
    (select coalesce(jsonb_object_agg(x.name, x.value), '{}') from (select distinct on (name) name, value from shops.setting where shop = s.id and valid_from <= now() order by name, valid_from desc) x) as settings
  from shops.shop s join shops.entity e on e.id = s.entity
    left join lateral (select c.entity, c.name, c.registration_number from shops.company c where c.entity = e.id and c.valid_from <= ${at}::timestamptz order by c.valid_from desc limit 1) then_ on true
  order by s.id`
export const entities = sql`select id, code, name, registration_number from shops.entity order by id`

/** Founds a shop with its entity, brand and rules. */
export function setUp(
  tx: Tx,
  ask: {
    id: number
    code: string
    name: Text
    entity: { id: number; code: string; name: string; registration_number: string | null }
    brand: { id: number; code: string; name: Text }
    currency: Currency
    rounding: Rounding
    settings: Partial<Settings>
    from: Date
  },
): void {
  tx.insert(entityTable, {
    id: ask.entity.id,
    code: ask.entity.code,
    name: ask.entity.name,
    registration_number: ask.entity.registration_number,
  })
  tx.insert(brandTable, { id: ask.brand.id, code: ask.brand.code, name: ask.brand.name })
  tx.insert(shopTable, {
    id: ask.id,
    code: ask.code,
    entity: ask.entity.id,
    brand: ask.brand.id,
    name: ask.name,
    currency: ask.currency,
    rounding: ask.rounding,
  })
  setRules(tx, { shop: ask.id, settings: ask.settings, from: ask.from })
  append(tx, ShopChanged, {
    subject: `shop:${ask.id}`,
    shop: ask.id,
    body: { shop: ask.id, changed: ['founded', ...Object.keys(ask.settings)] },
  })
}
/** From a moment on; what held before stays to be read. */
export function setRules(tx: Tx, ask: { shop: number; settings: Partial<Settings>; from: Date }): void {
  for (const [name, value] of Object.entries(ask.settings))
    tx.insert(settingTable, {
      shop: ask.shop,
      name,
      valid_from: ask.from,
      value,
      set_by: tx.actor.id || null,
    })
}
