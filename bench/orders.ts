/** Orders of eighteen months, entered through the flows that record any order: six of ten at tills, the rest by a mall, nearly all of it sent. */
import { recordMallOrder, shipOrder } from '#flows/desk'
import { sellAtTill } from '#flows/store'
import { openVault } from '#domains/persons'
import { secretKey, type Config } from '#kernel/config'
import type { ClientConfig } from '#kernel/db'
import { Gate } from '#kernel/gate'
import { chanceFrom } from '#kernel/ids'
import { places } from './fill.ts'

const spanDays = 540
const day = 86_400_000
const atOnce = 400

export async function fillOrders(
  config: Config,
  app: ClientConfig,
  products: number,
  orders: number,
): Promise<void> {
  const vault = openVault(secretKey(config))
  const gate = await Gate.open(app, { secret: vault.sign.toString('base64'), lanes: 2 })
  const record = recordMallOrder(vault)
  const chance = chanceFrom(7)
  const below = (n: number) => Math.floor(chance() * n)
  const end = Date.now()
  // Each tenth is sold out in stores (`fill.ts`); some are asked for far more often than others.
  const sku = () => {
    const n = 1 + Math.floor(chance() ** 2 * (products - 1))
    return `SKU-${n % 10 === 1 ? n + 1 : n}`
  }
  const one = async (n: number) => {
    const at = new Date(end - Math.floor((1 - n / orders) * spanDays * day))
    const lines = Array.from({ length: 1 + below(3) }, () => ({
      sku: sku(),
      quantity: 1 + below(2),
      unit_price: 500 + below(200) * 100,
    }))
    const unique = [...new Map(lines.map((l) => [l.sku, l])).values()]
    const total = unique.reduce((sum, l) => sum + l.quantity * l.unit_price, 0)
    if (n % 10 < 6) {
      await gate.run(sellAtTill, {
        shop: 1,
        place: 3 + below(places.length - 2),
        till: 0,
        sale: `B${n}`,
        happened_at: at.toISOString(),
        lines: unique,
        points: 0,
        tendered: total,
        total,
      })
      return
    }
    const sold = await gate.run(record, {
      shop: 1,
      channel: 'bench',
      external_id: `B${n}`,
      placed_at: at.toISOString(),
      lines: unique,
      shipping: 0,
      fee: 0,
      discount: 0,
      total,
      paid: true,
      destination: {
        family: '見本',
        given: '太郎',
        postal: '100-0005',
        prefecture: '東京都',
        city: '千代田区',
        line1: '丸の内0-0-0',
        prefecture_code: 13,
      },
    })
    if (n < orders * 0.995) await gate.run(shipOrder, { order: sold.order })
  }
  const began = performance.now()
  const under = new Set<Promise<void>>()
  for (let n = 0; n < orders; n++) {
    const work = one(n).finally(() => under.delete(work))
    under.add(work)
    if (under.size >= atOnce) await Promise.race(under)
    if (n > 0 && n % 50_000 === 0)
      console.log(`  ${n} orders, ${((n * 1000) / (performance.now() - began)).toFixed(0)}/s`)
  }
  await Promise.all(under)
  await gate.close()
}
