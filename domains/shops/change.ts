import { sql } from '#kernel/db'
import { reader, table, type Guarded, type Tx } from '#kernel/gate'
import { append } from '#kernel/journal'
import { startOfTime } from '#kernel/time'
import { ShopChanged } from './events.ts'
import { ShopFounded, ShopMissing, ShopStale } from './refusals.ts'
import {
  demandPayable,
  entityTable,
  rulesNow,
  setRules,
  shopTable,
  type Setting,
  type Settings,
} from './shops.ts'

type Text = { ja: string; en: string }
type Known = { id: number; version: number; entity: number; name: Text }
type Company = { id: number; version: number; name: string; registration_number: string | null }
const companyTable = table<{
  entity: number
  valid_from: Date
  name: string
  registration_number: string | null
  set_by: number | null
}>('shops.company', {
  entity: 'integer',
  valid_from: 'timestamptz',
  name: 'text',
  registration_number: 'text',
  set_by: 'bigint',
})
const byId = reader<number, Known>(
  'id',
  (ids) => sql`select id, version, entity, name from shops.shop where id = any(${ids}::int[])`,
)
const companyById = reader<number, Company>(
  'id',
  (ids) => sql`select id, version, name, registration_number from shops.entity where id = any(${ids}::int[])`,
)
/** Whether a company has had another name before: one row an entity. */
const pasts = reader<number, { entity: number }>(
  'entity',
  (ids) => sql`select distinct entity from shops.company where entity = any(${ids}::int[])`,
)

/** Each rule in force, since when, and who set it. Those never set are not among them. */
export const settingsInForce = (shop: number) => sql`
  select distinct on (name) name, value, valid_from as since, set_by as by from shops.setting where shop = ${shop}::int and valid_from <= now() order by name, valid_from desc`
export type InForce = { name: Setting; value: never; since: Date; by: number | null }

/** A shop with its version, and its company. */
export const shopKept = (shop: number) => sql`
  select s.version, s.code, s.name, e.name as company, e.registration_number from shops.shop s join shops.entity e on e.id = s.entity where s.id = ${shop}::int`
export type ShopKept = {
  version: number
  code: string
  name: Text
  company: string
  registration_number: string | null
}

/** Refuses where there is a shop: the first one is founded once. */
export async function demandNone(tx: Tx): Promise<void> {
  const found = await tx.list<{ id: number }>(sql`select id from shops.shop order by id limit 1`)
  if (found.length > 0) throw ShopFounded({})
}

/** The shop as somebody saw it; refused when another has changed it since. */
async function shopAt(tx: Tx, ask: { shop: number; version: number }): Promise<Guarded<Known> & Known> {
  const found = await byId.guard(tx, shopTable, ask.shop)
  if (!found) throw ShopMissing({ shop: ask.shop })
  if (found.version !== ask.version) throw ShopStale({ version: found.version })
  return found
}
const say = (tx: Tx, shop: number, changed: readonly string[]) =>
  append(tx, ShopChanged, { subject: `shop:${shop}`, shop, body: { shop, changed: [...changed] } })

/** Other rules from now on. What was promised before keeps what it was promised by. */
export async function changeSettings(
  tx: Tx,
  ask: { shop: number; version: number; settings: Partial<Settings> },
): Promise<{ version: number }> {
  const [shop, before] = await Promise.all([shopAt(tx, ask), rulesNow(tx, ask.shop)])
  if (ask.settings.payments || ask.settings.bank_account) demandPayable({ ...before, ...ask.settings })
  tx.update(shopTable, shop, {})
  setRules(tx, { shop: shop.id, settings: ask.settings, from: tx.now })
  say(tx, shop.id, Object.keys(ask.settings))
  return { version: shop.version + 1 }
}

/** The shop and its company are called otherwise, or have another registration number, from now on. */
export async function changeCompany(
  tx: Tx,
  ask: { shop: number; version: number; name: Text; company: string; registration_number: string | null },
): Promise<{ version: number }> {
  const shop = await shopAt(tx, ask)
  const company = await companyById.guard(tx, entityTable, shop.entity)
  if (!company) throw ShopMissing({ shop: ask.shop })
  const known = await pasts.one(tx, shop.entity)
  const by = tx.actor.id || null
  const is = (c: Company, from: Date, who: number | null) =>
    tx.insert(companyTable, {
      entity: c.id,
      valid_from: from,
      name: c.name,
      registration_number: c.registration_number,
      set_by: who,
    })
  tx.update(shopTable, shop, { name: ask.name })
  const isOther = company.name !== ask.company || company.registration_number !== ask.registration_number
  if (isOther) {
    const to = { name: ask.company, registration_number: ask.registration_number }
    if (!known) is(company, startOfTime, null)
    is({ ...company, ...to }, tx.now, by)
    tx.update(entityTable, company, to)
  }
  say(tx, shop.id, isOther ? ['name', 'company'] : ['name'])
  return { version: shop.version + 1 }
}
