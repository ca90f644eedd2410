import { raw, sql, type Statement } from '#kernel/db'

export const places = sql`select id, code, kind, name, sells_web from places.place where archived_at is null order by priority, id`
export const categories = sql`select id, code, parent, name, first from catalog.category where archived_at is null order by position, id`
export const rates = sql`select distinct on (class) class, rate from pricing.tax_rate where valid_from <= (now() at time zone 'Asia/Tokyo')::date order by class, valid_from desc`
const productColumns =
  'id, code, name, kana, brand, picture, pictures, categories, age, case when next_tax_from <= now() then next_tax_class else tax_class end as tax_class, summary, description, options, archived_at is not null as archived'
const skuColumns =
  'id, code, jan, serial_kept, options, components, product, archived_at is not null as archived'
/** All of them, or those named. */
export const products = (ids: number[] | null): Statement =>
  ids
    ? raw(
        'shopfront products some',
        `select ${productColumns} from catalog.product where id = any($1::bigint[])`,
        [ids],
      )
    : raw(
        'shopfront products',
        `select ${productColumns} from catalog.product where archived_at is null order by id`,
        [],
      )
export const skus = (productIds: number[] | null): Statement =>
  productIds
    ? raw(
        'shopfront skus some',
        `select ${skuColumns} from catalog.sku where product = any($1::bigint[]) order by position, id`,
        [productIds],
      )
    : raw(
        'shopfront skus',
        `select ${skuColumns} from catalog.sku where product in (select id from catalog.product where archived_at is null) order by position, id`,
        [],
      )
// On-hand accounts (kind 1) of sellable, own goods.
export const stock = (ids: number[] | null): Statement =>
  ids
    ? raw(
        'shopfront stock some',
        `select unit as sku, place, sum(balance)::bigint as free from ledger.account where unit = any($1::bigint[]) and kind = 1 and book = 'stock' and condition = 0 and stock_owner = 0 group by unit, place`,
        [ids],
      )
    : raw(
        'shopfront stock',
        `select unit as sku, place, sum(balance)::bigint as free from ledger.account where kind = 1 and book = 'stock' and condition = 0 and stock_owner = 0 group by unit, place`,
        [],
      )
const inForce = `select distinct on (shop, sku) shop, sku, unit_price / 10000 as price, rule from pricing.price where valid_from <= now()`
/** All moments of SKUs that are on offer: what they usually cost follows from them. */
export const moments = (ids: number[]): Statement => sql`
  select distinct on (shop, sku, valid_from) shop, sku, unit_price, valid_from as "from", valid_until as "until", rule from pricing.price
  where sku = any(${ids}::bigint[]) order by shop, sku, valid_from, recorded_at desc, id desc`
export const prices = (ids: number[] | null): Statement =>
  ids
    ? raw(
        'shopfront prices some',
        `${inForce} and sku = any($1::bigint[]) order by shop, sku, valid_from desc, recorded_at desc, id desc`,
        [ids],
      )
    : raw('shopfront prices', `${inForce} order by shop, sku, valid_from desc, recorded_at desc, id desc`, [])
/** Where the prices and tax classes end that have been looked at: the moment, to the microsecond, and the number of the last one. */
export type Due = { at: string; id: number }
export const dueMost = 5000
/** Prices whose time has come since; also of ten thousand that begin at one moment each is met. */
export const duePrices = (since: Due): Statement => sql`
  select sku, id, valid_from::text as at from pricing.price where (valid_from, id) > (${since.at}::timestamptz, ${since.id}::bigint) and valid_from <= now() order by valid_from, id limit ${dueMost}::int`
/** Products that are taxed otherwise since. */
export const dueTaxes = (since: Due): Statement => sql`
  select id, next_tax_from::text as at from catalog.product where (next_tax_from, id) > (${since.at}::timestamptz, ${since.id}::bigint) and next_tax_from <= now() order by next_tax_from, id limit ${dueMost}::int`
