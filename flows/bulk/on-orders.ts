import type { Vault } from '#domains/persons'
import { cancelOrder, capturePayment, shipOrder } from '#flows/desk'
import type { Tx } from '#kernel/gate'
import { balance } from '#kernel/ledger'
import { bulk, orders, payments } from './rooms.ts'

/** Why orders are cancelled, in the language of whoever does: kept as any other note about the buyer. */
const reasons: Record<'ja' | 'en', Record<bulk.Reason, string>> = {
  ja: {
    customer: 'お客様のご都合',
    mistake: '注文内容の誤り',
    stock: '在庫を用意できないため',
    faulty: '商品の不良',
  },
  en: {
    customer: 'The customer changed their mind',
    mistake: 'A mistake in the order',
    stock: 'No stock',
    faulty: 'Faulty goods',
  },
}
type Ask = {
  order: number
  /** What was shown and confirmed: money owed, or money to give back. */
  amount: number
  how: bulk.How
  lang: 'ja' | 'en'
  pin: boolean
  shops: readonly number[] | null
  within: number | undefined
}

/** One order of a run, by the flow that does it for one. What was confirmed of its money is what is moved, or nothing. */
export async function doOrder(tx: Tx, vault: Vault, kind: bulk.Kind, ask: Ask): Promise<void> {
  const order = await orders.orderById(tx, ask.order)
  if (ask.shops && !ask.shops.includes(order.shop)) throw orders.OrderMissing({ order: ask.order })
  const debt = { order: order.id, shop: order.shop, currency: order.currency }
  const within = ask.within === undefined ? {} : { within: ask.within }
  if (kind === 'ship') await shipOrder(tx, { order: order.id, ...within })
  else if (kind === 'capture') {
    const owed = await balance(tx, payments.owed(debt))
    if (order.payment !== 'bank_transfer' || owed === 0) throw bulk.NotTransfer({ order: order.id })
    demandSame(ask.amount, owed)
    await capturePayment(vault)(tx, { order: order.id, amount: owed })
  } else {
    demandSame(ask.amount, await balance(tx, payments.captured(debt)))
    await cancelOrder(vault)(tx, {
      order: order.id,
      note: reasons[ask.lang][ask.how.reason!],
      ...within,
      ...(ask.pin && { pin: true }),
    })
  }
}
function demandSame(was: number, now: number): void {
  if (was !== now) throw bulk.AmountChanged({ was, now })
}
