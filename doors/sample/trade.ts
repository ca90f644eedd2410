/** Months of trade for the sample shop, through the flows that any shop uses. */
import { placeOrder, prepareAtOnce } from '#flows/checkout'
import { identify, tellConsent } from '#domains/customers'
import { record, remember, type Vault } from '#domains/persons'
import { capturePayment, recordMallOrder, returnGoods, shipOrder, writeNote } from '#flows/desk'
import { sellAtTill } from '#flows/store'
import type { Gate, Tx } from '#kernel/gate'
import { Refusal } from '#kernel/refusal'
import { members, type PastSale, type SampleProduct } from '#sample'
import { key, placeId } from './keys.ts'

const at = { postal: '100-0005', prefecture: '東京都', city: '千代田区', line1: '丸の内0-0-0（見本）' }
const named = (n: number) => ({ family: '見本', given: `${['葵', '湊', '凛', '蓮', '紬', '樹'][n % 6]}` })

/** Members with their cards, what they said about mail, and what colleagues wrote about them. */
export async function enrol(gate: Gate, vault: Vault, staff: number): Promise<void> {
  const ids = await gate.run(
    async function enrol(tx: Tx) {
      return {
        members: members.map((m) => {
          const person = remember(tx, vault, { source: 'member' })
          identify(tx, { id: person.id, kind: 'member', source: 'card', shop: 1, code: m.card })
          const { postal, prefecture, city, line1 } = at
          const name = { family: '見本', given: m.given, family_kana: 'ミホン', given_kana: m.kana }
          const card = { ...name, email: m.email, phone: m.phone, postal, prefecture, city, line1 }
          record(tx, person, card, { marks: vault, hints: vault })
          return person.id
        }),
      }
    },
    {},
    { key: key('enrol') },
  )
  for (const [n, identity] of ids.members.entries()) {
    const { mail, note } = members[n]!
    const said = { identity, channel: 'mail' as const, told_by: 'store' as const }
    if (mail !== undefined)
      await gate.run(tellConsent, { ...said, given: mail }, { key: key(`consent ${n}`) })
    if (note !== undefined)
      await gate.run(writeNote(vault), { identity, words: note, staff }, { key: key(`note ${n}`) })
  }
}

/** Months of trade through the flows that any shop uses: stores, a marketplace, and this week's web orders. */
export async function trade(
  gate: Gate,
  vault: Vault,
  sales: readonly PastSale[],
  goods: readonly SampleProduct[],
): Promise<void> {
  const now = Date.now()
  const day = 86_400_000
  const inTurn = async <T>(all: readonly T[], work: (one: T, n: number) => Promise<unknown>) => {
    for (let from = 0; from < all.length; from += 50)
      await Promise.all(all.slice(from, from + 50).map((one, i) => work(one, from + i)))
  }
  const fromMall = recordMallOrder(vault)
  await inTurn(sales, async (s, n) => {
    if (s.place !== undefined)
      return gate.run(
        sellAtTill,
        {
          shop: 1,
          place: placeId(s.place),
          till: 0,
          sale: s.number,
          happened_at: s.at.toISOString(),
          lines: s.lines,
          points: 0,
          ...(s.member !== undefined && { member: members[s.member]!.card }),
          tendered: Math.ceil(s.total / 1000) * 1000,
          total: s.total,
        },
        { key: key(`past ${s.number}`) },
      )
    const sold = await gate.run(
      fromMall,
      {
        shop: 1,
        channel: 'sample',
        external_id: s.number,
        placed_at: s.at.toISOString(),
        lines: s.lines,
        shipping: 0,
        fee: 0,
        discount: 0,
        total: s.total,
        paid: true,
        destination: { ...named(n), ...at, prefecture_code: 13 },
      },
      { key: key(`past ${s.number}`) },
    )
    // What was ordered in the last two days still waits to be sent.
    if (now - s.at.getTime() < 2 * day) return
    const shipped_at = new Date(s.at.getTime() + day).toISOString()
    const parcel = {
      order: sold.order,
      carrier: 'yamato',
      tracking: `4000${s.number.slice(1)}00`,
      shipped_at,
    }
    await gate.run(shipOrder, parcel, { key: key(`sent ${s.number}`) })
    if (n % 37 === 0)
      await gate.run(
        returnGoods(vault),
        { order: sold.order, lines: [{ line: 1, quantity: 1 }], place: 1, condition: 'sellable', note: '' },
        { key: key(`back ${s.number}`) },
      )
  })
  const wanted = goods.filter((p) => !p.components && !p.age).slice(0, 120)
  const web = Array.from({ length: 36 }, (_, n) => wanted[(n * 7) % wanted.length]!)
  const prepare = prepareAtOnce(vault)
  await inTurn(web, async (p, n) => {
    const payment = n % 3 === 0 ? 'bank_transfer' : 'cod'
    const cart = await gate.run(
      prepare,
      {
        shop: 1,
        lines: [{ sku: p.variants[n % p.variants.length]!.sku, quantity: 1 + (n % 2) }],
        contact: { ...named(n), email: `guest${n + 1}@example.jp`, phone: '090-0000-0000' },
        address: at,
        prefecture: 13,
        payment,
      },
      { key: key(`web cart ${n}`) },
    )
    // What is sold out cannot be ordered, in a sample neither.
    const placed = await gate
      .run(placeOrder, { cart: cart.cart, expects: cart.total }, { key: key(`web order ${n}`) })
      .catch((e: unknown) => {
        if (!(e instanceof Refusal)) throw e
      })
    if (!placed || n % 4 === 3) return
    if (payment === 'bank_transfer')
      await gate.run(
        capturePayment(vault),
        { order: placed.order, amount: placed.total },
        { key: key(`web paid ${n}`) },
      )
    if (n % 2 === 0) await gate.run(shipOrder, { order: placed.order }, { key: key(`web sent ${n}`) })
  })
}
