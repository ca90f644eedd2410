import type { Permission } from '#domains/access'
import type { Kind } from '#domains/bulk'

/** What each action asks of whoever begins it, and what the audit log calls it: the same as for one row. */
export const actions: Readonly<
  Record<
    Kind,
    { on: 'orders' | 'products' | 'shortages' | 'mail'; permission: Permission; route: string; back?: string }
  >
> = {
  ship: { on: 'orders', permission: 'orders.ship', route: 'order.ship' },
  capture: { on: 'orders', permission: 'orders.capture', route: 'order.capture' },
  cancel: { on: 'orders', permission: 'orders.cancel', route: 'order.cancel' },
  archive: {
    on: 'products',
    permission: 'products.write',
    route: 'catalog.archive',
    back: 'catalog.restore',
  },
  resume: { on: 'products', permission: 'products.write', route: 'catalog.restore', back: 'catalog.archive' },
  file_in: {
    on: 'products',
    permission: 'products.write',
    route: 'categories.file',
    back: 'categories.file',
  },
  file_out: {
    on: 'products',
    permission: 'products.write',
    route: 'categories.file',
    back: 'categories.file',
  },
  reprice: {
    on: 'products',
    permission: 'prices.write',
    route: 'catalog.plan_price',
    back: 'catalog.plan_price',
  },
  solve: { on: 'shortages', permission: 'shortages.write', route: 'shortage.solve' },
  assign: { on: 'shortages', permission: 'shortages.write', route: 'shortage.assign' },
  send: { on: 'mail', permission: 'mail.write', route: 'mail.send' },
}
