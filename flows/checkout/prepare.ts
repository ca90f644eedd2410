import type { Card, Vault } from '#domains/persons'
import type { Quote } from '#domains/pricing'
import type { Settings, Shop } from '#domains/shops'
import type { Tx } from '#kernel/gate'
import { addDays, dayIn } from '#kernel/time'
import { carts, catalog, customers, fulfilment, payments, persons, pricing, shops } from './rooms.ts'
import { wantedOf, type CartLines } from './cart.ts'
import { AgeNeeded } from './refusals.ts'

export type Prepare = {
  cart: string
  contact: Card
  address: Card
  prefecture: number
  payment: string
  birth_date?: string
  member?: string
  lang?: 'ja' | 'en'
}
export type QuoteAnswer = Omit<Quote, 'lines'> & {
  cart: string
  lines: { sku: number; code: string; quantity: number; unit_price: number; amount: number; rate: number }[]
  payment: string
  terms: Terms
}
/** The six things that the final confirmation shows in one view (特商法 12 条の 6); stored with the order as they were shown. */
export type Terms = {
  quantity: number
  total: number
  when_to_pay: Text
  delivery: Text
  cancellation: Text
  offer_until: string | null
}
type Text = { ja: string; en: string }

/** Says who orders, where it goes and how it is paid, and answers what it will cost. Nothing is promised yet. */
export const prepare = (vault: Vault) =>
  async function prepare(tx: Tx, ask: Prepare): Promise<QuoteAnswer> {
    const cart = await carts.openCart(tx, ask.cart)
    const { chosen, answer } = await chosenFor(tx, vault, cart, ask)
    carts.choose(tx, cart, chosen)
    return answer
  }
export type OnePage = Omit<Prepare, 'cart'> & { shop: number; lines: CartLines }
/** Cart and confirmation at once, for a page that asks everything in one go. */
export const prepareAtOnce = (vault: Vault) =>
  async function prepareAtOnce(tx: Tx, ask: OnePage): Promise<QuoteAnswer> {
    const lines = await wantedOf(tx, ask.lines)
    const id = tx.id()
    const { chosen, answer } = await chosenFor(tx, vault, { id, shop: ask.shop, lines, person: null }, ask)
    carts.create(tx, { id, shop: ask.shop, lines, chosen })
    return answer
  }

async function chosenFor(
  tx: Tx,
  vault: Vault,
  cart: Pick<carts.OpenCart, 'id' | 'shop' | 'lines' | 'person'>,
  ask: Omit<Prepare, 'cart'>,
): Promise<{ chosen: carts.Chosen; answer: QuoteAnswer }> {
  if (cart.lines.length === 0) throw carts.CartEmpty({})
  const adult = ask.birth_date !== undefined && ageOn(tx.now, ask.birth_date) >= 20
  const [known, member, { answer }] = await Promise.all([
    cart.person === null ? undefined : persons.keyFor(tx, vault, cart.person),
    ask.member ? customers.identityByCode(tx, ask.member) : undefined,
    quoteOf(tx, { ...cart, prefecture: ask.prefecture, payment: ask.payment, adult }),
  ])
  // A cart that becomes no order is forgotten with its address after thirty days.
  const key = known ?? persons.remember(tx, vault, { source: 'cart' })
  const told = {
    ...ask.contact,
    ...ask.address,
    ...(ask.birth_date && { birth_date: ask.birth_date }),
    ...(ask.lang && { lang: ask.lang }),
  }
  const card = persons.record(tx, key, told, { hints: vault })
  const { prefecture, payment } = ask
  return {
    chosen: { person: key.id, card, prefecture, payment, adult, member: member?.id ?? null },
    answer,
  }
}

/** What a prepared cart costs now, and under which card it says where it goes. */
export async function readQuote(
  tx: Tx,
  ask: { cart: string },
): Promise<{ answer: QuoteAnswer; card: string | null }> {
  const cart = await carts.openCart(tx, ask.cart)
  return { answer: (await quoteOf(tx, cart)).answer, card: cart.card }
}

type Ready = Pick<carts.OpenCart, 'id' | 'shop' | 'lines' | 'prefecture' | 'payment' | 'adult'>
export type Quoted = { answer: QuoteAnswer; quote: Quote; skus: catalog.Sku[]; shop: Shop; rules: Settings }

export async function quoteOf(tx: Tx, cart: Ready): Promise<Quoted> {
  if (cart.lines.length === 0) throw carts.CartEmpty({})
  if (cart.payment === null || cart.prefecture === null)
    throw carts.CartUnready({ missing: ['address', 'payment'] })
  const [shop, rules, skus, serviceRate] = await Promise.all([
    shops.shopById(tx, cart.shop),
    shops.settings(tx, cart.shop),
    catalog.skusById(
      tx,
      cart.lines.map((l) => l.sku),
    ),
    pricing.rateOf(tx, 'standard'),
  ])
  const gone = skus.find((s) => s.archived)
  if (gone) throw catalog.SkuArchived({ sku: gone.code })
  const age = Math.max(...skus.map((s) => s.age ?? 0))
  if (age > 0 && !cart.adult) throw AgeNeeded({ age })
  const terms = await pricing.terms(tx, cart.shop, skus)
  const lines = cart.lines.map((l, i) => ({ sku: l.sku, quantity: l.quantity, decimals: skus[i]!.decimals }))
  const bare = { shipping: 0, fee: 0, discount: 0, points: 0, serviceRate, rounding: shop.rounding }
  const goods = pricing.quote(lines, terms, bare).goods
  const shipping = shippingFee(rules, goods, cart.prefecture)
  const fee = paymentFee(rules, cart.payment, goods + shipping)
  const quote = pricing.quote(lines, terms, { ...bare, shipping, fee })
  const { lines: priced, ...sums } = quote
  return {
    quote,
    skus,
    shop,
    rules,
    answer: {
      cart: cart.id,
      ...sums,
      payment: cart.payment,
      lines: priced.map((l, i) => ({
        sku: l.sku,
        code: skus[i]!.code,
        quantity: l.quantity,
        unit_price: l.unit_price,
        amount: l.amount,
        rate: l.rate,
      })),
      terms: termsOf(tx, rules, quote, cart.payment, cart.prefecture),
    },
  }
}

/** 沖縄 (47) has its own fee; the free limit holds for the rest. */
function shippingFee(rules: Settings, goods: number, prefecture: number): number {
  if (prefecture === 47) return rules.shipping.okinawa
  return rules.shipping.free_from !== null && goods >= rules.shipping.free_from ? 0 : rules.shipping.all
}
function paymentFee(rules: Settings, payment: string, amount: number): number {
  if (!rules.payments.includes(payment)) throw payments.MethodUnknown({ payment })
  if (payment !== 'cod') return 0
  const row = rules.cod_fees.find((f) => amount <= f.up_to)
  if (!row) throw payments.MethodUnknown({ payment })
  return row.fee
}
function termsOf(tx: Tx, rules: Settings, quote: Quote, payment: string, prefecture: number): Terms {
  const law = (name: string): Text => rules.law[name] ?? { ja: '', en: '' }
  const until = payment === 'bank_transfer' ? dayIn('Asia/Tokyo', addDays(tx.now, rules.transfer_days)) : null
  return {
    quantity: quote.lines.reduce((n, l) => n + l.quantity, 0),
    total: quote.total,
    when_to_pay:
      payment === 'cod'
        ? { ja: '商品のお受け取り時に、配達員へお支払いください。', en: 'Pay the courier on delivery.' }
        : {
            ja: `ご注文から${rules.transfer_days}日以内に、指定の口座へお振り込みください。`,
            en: `Transfer to our account within ${rules.transfer_days} days.`,
          },
    delivery: deliveryOf(tx, rules, payment, prefecture) ?? law('delivery'),
    cancellation: law('returns'),
    offer_until: until,
  }
}
/** A day can be promised where nothing has to arrive first; else how long it takes from then on. */
function deliveryOf(tx: Tx, rules: Settings, payment: string, prefecture: number): Text | undefined {
  if (!rules.delivery) return undefined
  const { from, to } = fulfilment.promiseOf(rules.delivery, tx.now, prefecture)
  const [least, most] = rules.delivery.by_prefecture[prefecture] ?? rules.delivery.days
  if (payment === 'bank_transfer')
    return {
      ja: `ご入金を確認した翌営業日までに出荷し、出荷から${least}〜${most}日でお届けします。`,
      en: `Sent by the working day after your payment arrives, delivered ${least} to ${most} days later.`,
    }
  return {
    ja: `${dayText(from, 'ja')}〜${dayText(to, 'ja')}にお届けする予定です。`,
    en: `Arrives between ${dayText(from, 'en')} and ${dayText(to, 'en')}.`,
  }
}
function ageOn(at: Date, birth: string): number {
  const today = Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO('Asia/Tokyo')
    .toPlainDate()
  return Temporal.PlainDate.from(birth).until(today, { largestUnit: 'years' }).years
}
const dayForms = {
  ja: new Intl.DateTimeFormat('ja-JP', { month: 'long', day: 'numeric', weekday: 'short', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' }),
}
/** 11月25日(水), Wed 25 November. */
const dayText = (day: string, lang: 'ja' | 'en'): string =>
  dayForms[lang].format(Temporal.PlainDate.from(day).toZonedDateTime('UTC').epochMilliseconds)
