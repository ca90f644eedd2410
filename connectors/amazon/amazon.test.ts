import fc from 'fast-check'
import type { FaultKind } from '#doors/kit'
import { conformance, type Stage } from '#testing'
import { amazon, simulate } from './index.ts'

const kindOf: Record<FaultKind, string> = {
  throttled: '429',
  broken: '500',
  unavailable: '503',
  slow: 'slow',
  silent: 'hang',
  silent_after: 'hang_after',
  cut_after: 'cut_after',
  garbage: 'garbage',
  not_http: 'not_http',
  expired: 'expired_token',
  duplicates: 'duplicates',
  disorder: 'disorder',
  unknown_fields: 'unknown_fields',
  bad_rows: 'bad_rows',
  left_out: 'hidden',
}
for (const version of ['2026-01-01', 'v0']) await conformance(amazon, await stage(version))

async function stage(of: string): Promise<Stage> {
  const simulator = await simulate()
  const call = async (method: string, path: string, body?: object) => {
    const r = await fetch(`${simulator.url}/_simulator/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    })
    if (r.status >= 300) throw new Error(await r.text())
    return (await r.json()) as Record<string, never>
  }
  await call('POST', 'limits', { on: false })
  const list = of === 'v0' ? 'getOrders' : 'searchOrders'
  const money = fc.integer({ min: 0, max: 999_999 })
  return {
    name: `Amazon ${of}`,
    settings: {
      endpoint: simulator.url,
      tokens_endpoint: simulator.url,
      marketplace: 'A1VC38T7YXB528',
      seller: 'SELLER',
      version: of,
      client_id: 'client-marker',
    },
    secrets: {
      client_secret: 'secret-marker-1',
      refresh_token: 'secret-marker-2',
      notice_key: 'secret-marker-3',
    },
    badRows: 4,
    sell: async (orders) => {
      const { ids } = await call('POST', 'orders', { orders: orders.map((items) => ({ items })) })
      return ids as unknown as string[]
    },
    change: async (id) =>
      void (await call('POST', `orders/${id}`, {
        status: 'CANCELLED',
        updated: new Date(Date.now() - 5 * 60_000).toISOString(),
      })),
    making: { settings: { tell: 'all' }, item: 'B0SIMULATE', noItem: 'B000000000' },
    offer: async (skus) => void (await call('POST', 'listings', { skus })),
    plant: async (fault, o = {}) => {
      const what = o.what === 'parcels' ? 'confirmShipment' : o.what === 'levels' ? 'patchListingsItem' : list
      await call('POST', 'faults', { kind: kindOf[fault], operation: what, times: o.times ?? 1, ms: 3000 })
    },
    heal: async () => void (await call('DELETE', 'faults')),
    notice: (id) => call('GET', `notifications/${id}`),
    seen: async () => {
      const state = (await call('GET', 'state')) as unknown as {
        orders: unknown[]
        listings: Record<
          string,
          {
            quantity: number | null
            price: number | null
            attributes: { item_name?: { value: string }[] }
          }
        >
        confirmations: { ref: string }[]
        refused: unknown[]
        planted: Record<string, number>
      }
      const parcels: Record<string, number> = {}
      for (const c of state.confirmations) parcels[c.ref] = (parcels[c.ref] ?? 0) + 1
      return {
        parcels,
        levels: Object.fromEntries(Object.entries(state.listings).map(([sku, l]) => [sku, l.quantity])),
        offers: Object.fromEntries(
          Object.entries(state.listings).map(([sku, l]) => [
            sku,
            { price: l.price, name: l.attributes.item_name?.[0]?.value ?? null },
          ]),
        ),
        refused: state.refused,
        planted: state.planted,
        sales: state.orders.length,
      }
    },
    any: fc
      .record({
        items: fc.array(
          fc.record({ amount: money, quantity: fc.integer({ min: 1, max: 40 }), off: money, ship: money }),
          { minLength: 1, maxLength: 8 },
        ),
        cod: money,
        old: fc.boolean(),
        decimals: fc.constantFrom('', '.0', '.00'),
      })
      .map(({ items, cod, old, decimals }) => {
        const sold = items.map((i) => ({ ...i, off: Math.min(i.off, i.amount) }))
        const total = sold.reduce((n, i) => n + i.amount - i.off + i.ship, cod)
        const v0 = (n: number) => ({ CurrencyCode: 'JPY', Amount: `${n}${decimals}` })
        const young = (n: number) => ({ currencyCode: 'JPY', amount: `${n}${decimals}` })
        const at = '2026-11-20T01:02:03Z'
        const part = (type: string, n: number) => ({ type, subtotal: young(n) })
        const raw = old
          ? {
              Order: {
                AmazonOrderId: '250-1',
                PurchaseDate: at,
                LastUpdateDate: at,
                OrderStatus: 'Unshipped',
                OrderTotal: v0(total),
                PaymentMethod: 'Other',
              },
              OrderItems: sold.map((i, n) => ({
                ASIN: 'B0',
                OrderItemId: String(n),
                SellerSKU: `S${n}`,
                QuantityOrdered: i.quantity,
                ItemPrice: v0(i.amount),
                ShippingPrice: v0(i.ship),
                PromotionDiscount: v0(i.off),
                ...(n === 0 && { CODFee: v0(cod) }),
              })),
            }
          : {
              order: {
                orderId: '250-1',
                createdTime: at,
                lastUpdatedTime: at,
                fulfillment: { fulfillmentStatus: 'UNSHIPPED' },
                proceeds: {
                  grandTotal: young(total),
                  breakdowns: [
                    part(
                      'ITEM',
                      sold.reduce((n, i) => n + i.amount, 0),
                    ),
                    part(
                      'SHIPPING',
                      sold.reduce((n, i) => n + i.ship, 0),
                    ),
                    part('COD_FEE', cod),
                    part('DISCOUNT', -sold.reduce((n, i) => n + i.off, 0)),
                  ],
                },
                orderItems: sold.map((i, n) => ({
                  orderItemId: String(n),
                  quantityOrdered: i.quantity,
                  product: { sellerSku: `S${n}` },
                  proceeds: { breakdowns: [part('ITEM', i.amount)] },
                })),
              },
            }
        return { raw, total, quantity: sold.reduce((n, i) => n + i.quantity, 0) }
      }),
    close: () => simulator.stop(),
  }
}
