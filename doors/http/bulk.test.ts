/** One action on all that match: what matched is touched and nothing else, each once, and what is refused is named. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buy, code, of, standShop, type Answer, type Client } from '#testing'

const { shop, db, owner, one } = await standShop({
  // Nobody listens there.
  settings: { AKINAI_SMTP_URL: 'smtp://127.0.0.1:9', AKINAI_MAIL_FROM: 'shop@example.jp' },
})
const told = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return of<T>(a)
}
type Run = {
  bulk: string
  kind: string
  state: string
  matched: number
  amount: number | null
  done: number
  same: number
  refused: number
  undone: number
  kept: number
  undoable: boolean
  why: string | null
}
type Sums = { count: number; sums: { currency: string; total: number; owed: number; captured: number }[] }
type Rows = {
  items: { item: number; code: string; order: number | null; words: string; what: string }[]
  next: string | null
}
const at = '/admin/v1/bulk'
async function ended(run: Run, who: Client = owner): Promise<Run> {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((r) => setTimeout(r, 50))) {
    const r = told<Run>(await who('GET', `${at}/${run.bulk}`))
    if (r.state !== 'running' && r.state !== 'undoing') return r
  }
  assert.fail('it did not end')
}
async function sums(target: object, of: 'total' | 'owed' | 'captured', who: Client = owner) {
  const s = told<Sums>(await who('POST', `${at}/orders`, target))
  return { count: s.count, amount: s.sums.reduce((n, x) => n + x[of], 0) }
}
const refusals = async (run: Run, undo = false) =>
  told<Rows>(await owner('GET', `${at}/${run.bulk}/refusals${undo ? '?undo=true' : ''}`)).items
const placed = async (payment: string, quantity = 1): Promise<number> =>
  told<{ order: number }>(await buy(shop.client(), [{ sku: 'MUG-WHITE', quantity }], { payment })).order
const order = async (id: number) =>
  told<{ status: string; owed: number; captured: number; refunded: number }>(
    await owner('GET', `/admin/v1/orders/${id}`),
  )
/** Until the list has seen all. */
async function listed(ids: readonly number[], status: string): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((r) => setTimeout(r, 30))) {
    const { n } = await one(
      `select count(*)::int as n from reads.order_row where "order" = any($1) and status = $2`,
      [ids, status],
    )
    if (n === ids.length) return
  }
  assert.fail('not listed')
}
const sku = { code: 'MUG-WHITE' }
await owner('POST', '/admin/v1/stock/receipts', { place: 'east', lines: [{ sku: sku.code, quantity: 500 }] })

test('orders that wait for a transfer are confirmed for what was shown; one that has changed is left alone and named', async () => {
  const ids = [await placed('bank_transfer'), await placed('bank_transfer'), await placed('bank_transfer')]
  await listed(ids, 'waiting_payment')
  const seen = await sums({ ids }, 'owed')
  assert.equal(seen.count, 3)
  // What was confirmed no longer fits: nothing is begun, and the new count is told.
  const other = await owner('POST', `${at}/orders/captures`, {
    ids,
    expects: { count: 3, amount: seen.amount + 1 },
  })
  assert.deepEqual([other.status, code(other)], [409, 'bulk.matches_changed'])
  const run = await ended(told<Run>(await owner('POST', `${at}/orders/captures`, { ids, expects: seen })))
  assert.deepEqual([run.state, run.done, run.refused, run.amount], ['finished', 3, 0, seen.amount])
  for (const id of ids) assert.equal((await order(id)).owed, 0)
  assert.ok(!run.undoable)
  const undo = await owner('POST', `${at}/${run.bulk}/undo`, {})
  assert.equal(code(undo), 'bulk.not_undoable')
  // The same entry in the audit log as for one order.
  const { n } = await one(
    `select count(*)::int as n from access.deed where route = 'order.capture' and outcome = 'done' and subject = any($1)`,
    [ids.map((id) => `order ${id}`)],
  )
  assert.equal(n, 3)
})

test('all that are to be shipped are shipped; one that is not paid is refused as it would be by itself', async () => {
  const ids = [await placed('cod'), await placed('cod'), await placed('bank_transfer')]
  await listed(ids.slice(0, 2), 'to_ship')
  await listed(ids.slice(2), 'waiting_payment')
  const seen = await sums({ ids }, 'total')
  const key = crypto.randomUUID()
  const body = { ids, expects: seen }
  const begun = told<Run>(await owner('POST', `${at}/orders/ship`, body, { key }))
  // A lost answer is asked for again: it is the same run.
  assert.equal(told<Run>(await owner('POST', `${at}/orders/ship`, body, { key })).bulk, begun.bulk)
  const mixed = await owner('POST', `${at}/orders/ship`, { ...body, ids: ids.slice(1) }, { key })
  assert.deepEqual([mixed.status, code(mixed)], [409, 'http.key_reused'])
  const run = await ended(begun)
  assert.deepEqual([run.done, run.refused], [2, 1])
  const [no] = await refusals(run)
  assert.deepEqual([no!.item, no!.what], [ids[2], 'desk.not_paid'])
  assert.match(no!.words, /ご入金前/)
  const file = await owner('GET', `${at}/${run.bulk}/refused`)
  assert.match(
    of<{ text: string }>(file).text,
    new RegExp(`注文番号,理由,理由のコード\\r\\n${ids[2]},.*desk.not_paid`),
  )
  const { n } = await one(`select count(*)::int as n from fulfilment.shipment where "order" = any($1)`, [ids])
  assert.equal(n, 2)
  const filtered = await sums({ filter: { status: 'to_ship' } }, 'total')
  assert.equal(
    filtered.count,
    Number((await one(`select count(*) as n from reads.order_row where status = 'to_ship'`)).n),
  )
})

test('what was paid is given back within the limits of whoever cancels, and only after they have proved themselves', async () => {
  const [paid, open] = [await placed('bank_transfer'), await placed('cod')]
  told(await owner('POST', `/admin/v1/orders/${paid}/captures`, { amount: (await order(paid)).owed }))
  await listed([paid, open], 'to_ship')
  const ids = [paid, open]
  const call = await shop.staff('call')
  const seen = await sums({ ids }, 'captured', call)
  assert.ok(seen.amount > 0)
  const body = { ids, expects: seen, reason: 'customer' }
  await db.query(
    `update access.session set created_at = now() - interval '1 hour', proven_at = now() - interval '1 hour'`,
  )
  const stale = await call('POST', `${at}/orders/cancel`, body)
  // A session is known for a moment.
  if (stale.status !== 403) await ended(told<Run>(stale), call)
  else assert.equal(code(stale), 'access.step_up')
  await db.query(`update access.session set proven_at = now()`)
  await new Promise((r) => setTimeout(r, 1100))
  const run =
    stale.status === 403
      ? await ended(told<Run>(await call('POST', `${at}/orders/cancel`, body)), call)
      : undefined
  if (run) assert.deepEqual([run.done, run.refused], [2, 0])
  assert.deepEqual([(await order(paid)).status, (await order(open)).status], ['cancelled', 'cancelled'])
  assert.equal((await order(paid)).refunded, seen.amount)
  // Why is a note about the buyer, not a word in the run.
  const { n } = await one(
    `select count(*)::int as n from bulk.run where position('お客様' in (how || filter)::text) > 0`,
  )
  assert.equal(n, 0)
})

type Product = {
  product: number
  version: number
  categories: string[]
  archived_at: string | null
  skus: { price: number }[]
}
const product = async (id: number) => told<Product>(await owner('GET', `/admin/v1/products/${id}`))
const products = (
  (await db.query(
    `select p.id from catalog.product p where p.archived_at is null and exists (select from pricing.price r join catalog.sku s on s.id = r.sku where s.product = p.id) order by p.id limit 4`,
  )) as { rows: { id: number }[] }
).rows.map((r) => Number(r.id))

test('products are archived and sold again; taken back, what somebody has changed since stays', async () => {
  const body = { ids: products, expects: { count: products.length } }
  const run = await ended(told<Run>(await owner('POST', `${at}/products/archive`, body)))
  assert.deepEqual([run.done, run.undoable], [4, true])
  const again = await ended(told<Run>(await owner('POST', `${at}/products/archive`, body)))
  assert.deepEqual([again.done, again.same], [0, 4])
  const [changed, ...rest] = products as [number, ...number[]]
  const { version } = await product(changed)
  told(await owner('POST', `/admin/v1/products/${changed}/restore`, { version }))
  const v2 = (await product(changed)).version
  told(await owner('POST', `/admin/v1/products/${changed}/archive`, { version: v2 }))
  told(await owner('POST', `${at}/${run.bulk}/undo`, {}))
  const back = await ended(run)
  assert.deepEqual([back.state, back.undone, back.kept, back.undoable], ['undone', 3, 1, false])
  assert.equal((await refusals(run, true))[0]!.what, 'bulk.changed_since')
  assert.notEqual((await product(changed)).archived_at, null)
  for (const id of rest) assert.equal((await product(id)).archived_at, null)
  const resumed = await ended(
    told<Run>(await owner('POST', `${at}/products/resume`, { ids: products, expects: { count: 4 } })),
  )
  assert.deepEqual([resumed.done, resumed.same], [1, 3])
})

test('products go into a category and out of it; taken back, the main one is the main one again', async () => {
  const before = await Promise.all(products.map(product))
  const main = before[0]!.categories[0]!
  const { id } = await one('select id from catalog.category where code = $1', [main])
  const body = { ids: products, expects: { count: 4 }, category: id }
  const out = await ended(
    told<Run>(await owner('POST', `${at}/products/categories`, { ...body, way: 'out' })),
  )
  assert.ok(out.done >= 1 && out.done + out.same === 4)
  assert.ok((await Promise.all(products.map(product))).every((p) => !p.categories.includes(main)))
  told(await owner('POST', `${at}/${out.bulk}/undo`, {}))
  await ended(out)
  const categories = (some: typeof before) => some.map((p) => p.categories)
  assert.deepEqual(categories(await Promise.all(products.map(product))), categories(before))
  const into = await ended(
    told<Run>(await owner('POST', `${at}/products/categories`, { ...body, way: 'in' })),
  )
  assert.equal(into.done + into.same, 4)
  assert.ok((await Promise.all(products.map(product))).every((p) => p.categories.includes(main)))
  told(await owner('POST', `${at}/${into.bulk}/undo`, {}))
  await ended(into)
  assert.deepEqual(categories(await Promise.all(products.map(product))), categories(before))
  const missing = await owner('POST', `${at}/products/categories`, { ...body, category: 999_999, way: 'in' })
  assert.equal(code(missing), 'catalog.category_gone')
})

test('prices change by percent or yen, rounded, from now or from a day on, and are set back unless changed since', async () => {
  const was = await Promise.all(products.map(product))
  const body = { ids: products, expects: { count: 4 } }
  const run = await ended(
    told<Run>(
      await owner('POST', `${at}/products/prices`, { ...body, by: 'percent', change: -15, round: 10 }),
    ),
  )
  assert.equal(run.done + run.refused + run.same, 4)
  assert.ok(run.done >= 2, JSON.stringify(await refusals(run)))
  const refused = new Set((await refusals(run)).map((r) => r.item))
  const now = await Promise.all(products.map(product))
  for (const [n, p] of now.entries())
    if (!refused.has(products[n]!))
      assert.equal(p.skus[0]!.price, Math.round((was[n]!.skus[0]!.price * 85) / 1000) * 10)
  const changed = products.find((p) => !refused.has(p))!
  told(await owner('POST', `/admin/v1/products/${changed}/prices`, { skus: [], price: 4321 }))
  told(await owner('POST', `${at}/${run.bulk}/undo`, {}))
  const back = await ended(run)
  assert.deepEqual([back.undone, back.kept], [run.done - 1, 1])
  const then = await Promise.all(products.map(product))
  for (const [n, p] of then.entries())
    assert.equal(p.skus[0]!.price, products[n] === changed ? 4321 : was[n]!.skus[0]!.price)

  const from = '2027-06-01T00:00:00+09:00'
  const plan = await ended(
    told<Run>(
      await owner('POST', `${at}/products/prices`, { ...body, by: 'yen', change: 55, round: 1, from }),
    ),
  )
  type Coming = { skus: { price: number; prices_to_come: { price: number; from: string }[] }[] }
  const coming = async () => told<Coming>(await owner('GET', `/admin/v1/products/${changed}`)).skus[0]!
  const { price, prices_to_come: next } = await coming()
  assert.deepEqual([price, next.map((p) => p.price)], [4321, [4376]])
  told(await owner('POST', `${at}/${plan.bulk}/undo`, {}))
  assert.equal((await ended(plan)).kept, 0)
  assert.deepEqual((await coming()).prices_to_come, [])
  const low = await ended(
    told<Run>(
      await owner('POST', `${at}/products/prices`, { ...body, by: 'yen', change: -9_999_999, round: 1 }),
    ),
  )
  assert.deepEqual(
    [low.done, (await refusals(low)).every((r) => r.what === 'bulk.price_below' || refused.has(r.item))],
    [0, true],
  )
})

test('the CSV of orders names nobody, and no cell of it is computed', async () => {
  told(
    await owner('POST', '/admin/v1/mall-orders', {
      channel: 'rakuten',
      external_id: '=HYPERLINK(1)',
      placed_at: '2026-11-22T10:00:00+09:00',
      lines: [{ sku: 'NEW-CODE-1', quantity: 1, unit_price: 900 }],
      total: 900,
      paid: true,
      destination: { contact: { family: '山田' }, address: {} },
    }),
  )
  for (let n = 0; n < 100; n++) {
    const { text } = of<{ text: string }>(await owner('GET', '/admin/v1/exports/orders?channel=mall:rakuten'))
    if (text.includes('HYPERLINK')) {
      assert.match(text, /^注文番号,モールの注文番号/)
      assert.match(text, /,'=HYPERLINK\(1\),mall:rakuten,2026-11-22 10:00:00,/)
      assert.ok(!text.includes('山田'))
      // Up to a moment of the day, and not the whole day.
      const until = (at: string) =>
        owner('GET', `/admin/v1/exports/orders?channel=mall:rakuten&to=2026-11-22&until=${at}`)
      for (const [moment, isIn] of [
        ['2026-11-22T09:00:00Z', true],
        ['2026-11-22T00:30:00Z', false],
      ] as const)
        assert.equal(of<{ text: string }>(await until(moment)).text.includes('HYPERLINK'), isIn, moment)
      return
    }
    await new Promise((r) => setTimeout(r, 50))
  }
  assert.fail('not listed')
})

test('what matched when it was asked is touched: one that fits later is not, and a search is not kept', async () => {
  const member = '2900000000056'
  const contact = { family: '森', given: '緑', email: 'mori@example.jp', phone: '080-1234-5678' }
  told(await owner('POST', '/admin/v1/customers', { code: member, contact }))
  const theirs = async () =>
    told<{ order: number }>(
      await buy(shop.client(), [{ sku: 'MUG-WHITE', quantity: 1 }], { payment: 'cod', member }),
    ).order
  const ids = [await theirs(), await theirs()]
  await listed(ids, 'to_ship')
  const filter = { status: 'to_ship', q: contact.email }
  const seen = await sums({ filter }, 'total')
  const begun = told<Run>(await owner('POST', `${at}/orders/ship`, { filter, expects: seen }))
  const late = await theirs()
  const run = await ended(begun)
  assert.deepEqual([seen.count, run.matched, run.done], [2, 2, 2])
  assert.equal((await order(late)).status, 'to_ship')
  const kept = await one('select filter from bulk.run where id = $1', [run.bulk])
  assert.deepEqual(kept.filter, { status: 'to_ship', sought: true })
  // Whoever may not see persons finds none by their address here either.
  const warehouse = await shop.staff('east')
  assert.equal(told<Sums>(await warehouse('POST', `${at}/orders`, { filter: { q: contact.email } })).count, 0)
  const nothing = await warehouse('POST', `${at}/orders/ship`, {
    filter: { q: contact.email },
    expects: { count: 0, amount: 0 },
  })
  assert.equal(code(nothing), 'bulk.nothing')
})

test('whoever is disabled or loses the role meanwhile does nothing more; what was done stays', async () => {
  const { id } = told<{ id: number }>(
    await owner('POST', '/admin/v1/staff', {
      family: '北',
      given: '一郎',
      email: 'kita@example.jp',
      password: 'a-long-password',
      role: 'merchandiser',
    }),
  )
  const hand = shop.client()
  told(await hand('POST', '/admin/v1/sessions', { email: 'kita@example.jp', password: 'a-long-password' }))
  await shop.services.walker!.stop()
  const begun = told<Run>(
    await hand('POST', `${at}/products/archive`, { ids: products, expects: { count: 4 } }),
  )
  await db.query(`update access.staff set disabled_at = now(), version = version + 1 where id = $1`, [id])
  const { Walker } = await import('#doors/bulk')
  const { gate, pool, vault } = shop.services
  const walker = new Walker({ gate, pool, vault })
  walker.start()
  try {
    const run = await ended(begun)
    assert.deepEqual([run.state, run.done], ['failed', 0])
    assert.match(run.why!, /権限が変わった/)
    await db.query(
      `update access.staff set disabled_at = null, role = 'marketer', version = version + 1 where id = $1`,
      [id],
    )
    const second = told<Run>(
      await owner('POST', `${at}/products/archive`, { ids: products, expects: { count: 4 } }),
    )
    await db.query(`update bulk.run set staff = $2 where id = $1`, [second.bulk, id])
    assert.deepEqual((await ended(second)).state, 'failed')
    // Cancelled before anybody walks it, it touches nothing.
    await walker.stop()
    const third = told<Run>(
      await owner('POST', `${at}/products/archive`, { ids: products, expects: { count: 4 } }),
    )
    const stopped = told<Run>(await owner('POST', `${at}/${third.bulk}/cancel`, {}))
    assert.deepEqual([stopped.state, stopped.done], ['cancelled', 0])
    for (const p of products) assert.equal((await product(p)).archived_at, null)
  } finally {
    await walker.stop()
  }
})

test('runs are listed for those who may do the same, and are not there for others', async () => {
  const { items } = told<{ items: Run[] }>(await owner('GET', at))
  assert.ok(items.length >= 8 && items[0]!.state === 'cancelled')
  const accountant = await shop.staff('accountant')
  const theirs = told<{ items: Run[] }>(await accountant('GET', at)).items
  assert.deepEqual([...new Set(theirs.map((r) => r.kind))], ['capture'])
  const archive = items.find((r) => r.kind === 'archive')!
  const other = await accountant('GET', `${at}/${archive.bulk}`)
  assert.deepEqual([other.status, code(other)], [404, 'bulk.missing'])
  assert.equal(code(await accountant('POST', `${at}/${archive.bulk}/undo`, {})), 'bulk.missing')
})

type Shortage = { shortage: number; order: number; sku: string; owner: string; deadline: string }
const sold = async (externalId: string, sku: string, quantity: number) =>
  told<{ order: number }>(
    await owner('POST', '/admin/v1/mall-orders', {
      channel: 'rakuten',
      external_id: externalId,
      placed_at: '2026-11-22T10:00:00+09:00',
      lines: [{ sku, quantity, unit_price: 100 }],
      total: 100 * quantity,
      paid: true,
      destination: { contact: { family: '山田' }, address: {} },
    }),
  ).order
const shortagesOf = async (orders: readonly number[]) =>
  told<{ items: Shortage[] }>(await owner('GET', '/admin/v1/shortages?limit=200')).items.filter((s) =>
    orders.includes(s.order),
  )
const deeds = async (route: string, outcome: string, subjects: readonly string[]) =>
  Number(
    (
      await one(
        'select count(*) as n from access.deed where route = $1 and outcome = $2 and subject = any($3)',
        [route, outcome, subjects],
      )
    ).n,
  )

/** A walker of this test’s own: the server’s was stopped. */
async function walking() {
  const { Walker } = await import('#doors/bulk')
  const { gate, pool, vault } = shop.services
  const walker = new Walker({ gate, pool, vault })
  walker.start()
  return walker
}

test('shortages are covered from stock, each as by itself; what there is none for stays short and is named with its order', async () => {
  const orders = [
    await sold('B-1', 'TEE-WHITE-M', 900),
    await sold('B-2', 'NEW-CODE-2', 1),
    await sold('B-3', 'NEW-CODE-3', 2),
  ]
  const short = await shortagesOf(orders)
  const ids = short.map((s) => s.shortage)
  assert.equal(ids.length, 3)
  await owner('POST', '/admin/v1/stock/receipts', {
    place: 'east',
    lines: [{ sku: 'TEE-WHITE-M', quantity: 2000 }],
  })
  assert.equal(told<{ count: number }>(await owner('POST', `${at}/shortages`, { ids })).count, 3)
  const other = await owner('POST', `${at}/shortages/solve`, { ids, expects: { count: 2 } })
  assert.deepEqual([other.status, code(other)], [409, 'bulk.matches_changed'])
  const body = { ids, expects: { count: 3 } }
  const accountant = await shop.staff('accountant')
  assert.equal(code(await accountant('POST', `${at}/shortages/solve`, body)), 'access.not_allowed')
  // A store sees what its own place owes, and nothing else is among what matches.
  const tenjin = await shop.staff('tenjin')
  assert.equal(told<{ count: number }>(await tenjin('POST', `${at}/shortages`, { ids })).count, 0)
  assert.equal(code(await tenjin('POST', `${at}/shortages/solve`, body)), 'bulk.nothing')

  const walker = await walking()
  const run = await ended(told<Run>(await owner('POST', `${at}/shortages/solve`, body)))
  assert.deepEqual([run.kind, run.done, run.refused, run.undoable], ['solve', 1, 2, false])
  const no = await refusals(run)
  const left = short.filter((s) => s.sku !== 'TEE-WHITE-M')
  assert.deepEqual(
    no.map((r) => `${r.what} ${r.code} ${r.order}`).toSorted(),
    left.map((s) => `desk.no_goods ${s.order} ${s.sku} ${s.order}`).toSorted(),
  )
  assert.match(no[0]!.words, /在庫がどの拠点にもありません/)
  const file = of<{ text: string }>(await owner('GET', `${at}/${run.bulk}/refused`)).text
  assert.match(file, /^注文番号とSKU,理由,理由のコード\r\n/)
  const subjects = ids.map((id) => `shortage ${id}`)
  assert.equal(await deeds('shortage.solve', 'done', subjects), 1)
  assert.equal(await deeds('shortage.solve', 'desk.no_goods', subjects), 2)
  const again = await ended(told<Run>(await owner('POST', `${at}/shortages/solve`, body)))
  await walker.stop()
  assert.deepEqual(
    [again.done, (await refusals(again)).map((r) => r.what).toSorted()],
    [0, ['desk.no_goods', 'desk.no_goods', 'fulfilment.shortage_missing']],
  )
})

test('shortages are given to somebody with a day; cancelled before anybody walks it, none is', async () => {
  const ids = (
    await shortagesOf([await sold('B-4', 'NEW-CODE-4', 1), await sold('B-5', 'NEW-CODE-5', 1)])
  ).map((s) => s.shortage)
  const to = { owner: 'call', deadline: '2026-12-24T18:00:00+09:00' }
  const body = { ids, expects: { count: 2 }, ...to }
  const stopped = told<Run>(await owner('POST', `${at}/shortages/assign`, body))
  const end = told<Run>(await owner('POST', `${at}/${stopped.bulk}/cancel`, {}))
  assert.deepEqual([end.state, end.done], ['cancelled', 0])
  const walker = await walking()
  try {
    const run = await ended(told<Run>(await owner('POST', `${at}/shortages/assign`, body)))
    assert.deepEqual([run.done, run.same], [2, 0])
    const { rows } = await db.query('select owner, deadline from fulfilment.shortage where id = any($1)', [
      ids,
    ])
    for (const s of rows as { owner: string; deadline: Date }[])
      assert.deepEqual([s.owner, s.deadline.getTime()], ['call', Date.parse(to.deadline)])
    const again = await ended(told<Run>(await owner('POST', `${at}/shortages/assign`, body)))
    assert.deepEqual([again.done, again.same], [0, 2])
  } finally {
    await walker.stop()
  }
})

test('letters are sent again, all of a state; what waits goes on waiting, and one to somebody erased is named', async () => {
  const orders = [await placed('cod'), await placed('cod'), await placed('cod'), await placed('cod')]
  type Letter = { id: number; message: string; order: number; state: string }
  const letters = async () =>
    told<{ items: Letter[] }>(await owner('GET', '/admin/v1/mail?limit=200')).items.filter((m) =>
      orders.includes(m.order),
    )
  let written = await letters()
  for (const end = Date.now() + 10_000; written.length < 4 && Date.now() < end; written = await letters())
    await new Promise((r) => setTimeout(r, 30))
  assert.equal(written.length, 4)
  const [erased, late, gone, waits] = written.map((m) => m.id)
  await db.query(
    `update mail.message set state = 'failed', version = version + 1, failure = case when id = $1 then 'erased' else 'unreachable' end where id = any($2)`,
    [erased, [erased, late, gone]],
  )
  await db.query(
    `update mail.message set state = 'waiting', version = version + 1, next_at = now() + interval '1 day' where id = $1`,
    [waits],
  )
  const filter = { state: 'failed' }
  const { count } = told<{ count: number }>(await owner('POST', `${at}/mail`, { filter }))
  assert.equal(count, 3)
  const developer = await shop.staff('developer')
  assert.equal(told<{ count: number }>(await developer('POST', `${at}/mail`, { filter })).count, 3)
  assert.equal(
    code(await developer('POST', `${at}/mail/send`, { filter, expects: { count } })),
    'access.not_allowed',
  )
  const walker = await walking()
  try {
    const run = await ended(told<Run>(await owner('POST', `${at}/mail/send`, { filter, expects: { count } })))
    assert.deepEqual([run.kind, run.done, run.same, run.refused], ['send', 2, 0, 1])
    const [no] = await refusals(run)
    assert.deepEqual(
      [no!.item, no!.what, no!.order],
      [erased, 'mail.erased', written.find((m) => m.id === erased)!.order],
    )
    const now = new Map((await letters()).map((m) => [m.id, m.state]))
    assert.deepEqual(
      [erased, late, gone, waits].map((id) => now.get(id!)),
      ['failed', 'waiting', 'waiting', 'waiting'],
    )
    const subjects = written.map((m) => `message ${m.message}`)
    assert.equal(await deeds('mail.send', 'done', subjects), 2)
    assert.equal(await deeds('mail.send', 'mail.erased', subjects), 1)
    const ids = written.map((m) => m.id)
    const again = await ended(
      told<Run>(await owner('POST', `${at}/mail/send`, { ids, expects: { count: 4 } })),
    )
    assert.deepEqual([again.done, again.same, again.refused], [0, 3, 1])
  } finally {
    await walker.stop()
  }
})

test('whoever works for some shops sends no other shop’s letters and gives nobody its shortages, also where a run names them', async () => {
  told(
    await owner('POST', '/admin/v1/staff', {
      family: '東',
      given: '三郎',
      email: 'higashi@example.jp',
      password: 'a-long-password',
      role: 'call',
      shops: ['migiwato'],
    }),
  )
  const home = shop.client()
  told(await home('POST', '/admin/v1/sessions', { email: 'higashi@example.jp', password: 'a-long-password' }))
  const orders = [await sold('B-6', 'NEW-CODE-6', 1), await sold('B-7', 'NEW-CODE-7', 1)]
  const [mine, other] = (await shortagesOf(orders)).map((s) => s.shortage)
  const [{ id: letter }] = (
    await db.query(
      `update mail.message set shop = 2, state = 'failed' where id = (select max(id) from mail.message) returning id`,
    )
  ).rows as [{ id: number }]
  await db.query('update orders.header set shop = 2, version = version + 1 where id = $1', [orders[1]])
  const ids = [mine!, other!]
  const counts = async (list: string, some: readonly number[]) =>
    told<{ count: number }>(await home('POST', `${at}/${list}`, { ids: some })).count
  assert.deepEqual([await counts('shortages', ids), await counts('mail', [letter])], [1, 0])
  assert.equal(
    code(await home('POST', `${at}/mail/send`, { ids: [letter], expects: { count: 1 } })),
    'bulk.nothing',
  )
  const own = told<{ items: { id: number }[] }>(await home('GET', '/admin/v1/mail?limit=1')).items[0]!.id
  const to = { owner: 'owner', deadline: '2026-12-25T18:00:00+09:00' }
  const begun = [
    told<Run>(await home('POST', `${at}/shortages/assign`, { ids, expects: { count: 1 }, ...to })),
    told<Run>(await home('POST', `${at}/mail/send`, { ids: [own], expects: { count: 1 } })),
  ] as const
  for (const [n, item] of [other!, letter].entries())
    await db.query('insert into bulk.item (run, n, item, amount) values ($1, 2, $2, 0)', [
      begun[n]!.bulk,
      item,
    ])
  const walker = await walking()
  try {
    const ends = [await ended(begun[0], home), await ended(begun[1], home)]
    assert.deepEqual(
      ends.map((run) => [run.done + run.same, run.refused]),
      [
        [1, 1],
        [1, 1],
      ],
    )
    const whys = await Promise.all(begun.map((run) => refusals(run)))
    assert.deepEqual(
      whys.map((rows) => rows.map((r) => r.what)),
      [['fulfilment.shortage_missing'], ['mail.missing']],
    )
  } finally {
    await walker.stop()
    await db.query('update orders.header set shop = 1, version = version + 1 where id = $1', [orders[1]])
  }
})

test('a list is kept under a name, one’s own or shared; what finds a person is not kept; another’s is not changed', async () => {
  const call = await shop.staff('call')
  const views = '/admin/v1/views'
  const [own, shared] = [crypto.randomUUID(), crypto.randomUUID()]
  const keep = (who: Client, id: string, more: object = {}) =>
    who('PUT', `${views}/${id}`, {
      list: 'orders',
      name: '本日の出荷',
      search: { status: 'to_ship' },
      shared: false,
      ...more,
    })
  told(await keep(owner, own))
  told(await keep(owner, shared, { shared: true, name: '入金待ち', search: { status: 'waiting_payment' } }))
  assert.equal((await keep(owner, own, { search: { q: 'mori@example.jp' } })).status, 400)
  assert.equal((await keep(owner, own, { name: 'あ'.repeat(41) })).status, 400)
  type View = { view: string; name: string; own: boolean; is_default: boolean; staff_name: string | null }
  const seen = async (who: Client) => told<{ items: View[] }>(await who('GET', views)).items
  assert.deepEqual(
    (await seen(call)).map((v) => [v.view, v.own, v.staff_name]),
    [[shared, false, '水沢 葉子']],
  )
  assert.equal(code(await keep(call, shared, { name: '別の名前' })), 'access.not_allowed')
  assert.equal(code(await keep(call, own)), 'access.view_missing')
  assert.equal(code(await call('DELETE', `${views}/${shared}`)), 'access.not_allowed')
  told(await call('PUT', `${views}/default/orders`, { view: shared }))
  assert.equal((await seen(call))[0]!.is_default, true)
  assert.equal(code(await call('PUT', `${views}/default/orders`, { view: own })), 'access.view_missing')
  assert.equal(code(await call('PUT', `${views}/default/audit`, { view: null })), undefined)
  // Removed it is gone for everybody; kept again it is there again, with its number.
  told(await owner('DELETE', `${views}/${shared}`))
  assert.deepEqual(await seen(call), [])
  told(await keep(owner, shared, { shared: true }))
  assert.equal((await seen(call))[0]!.is_default, true)
  // Nobody sees the views of a list that they may not see.
  const marketer = await shop.staff('marketer')
  assert.deepEqual(await seen(marketer), [])
  assert.equal((await keep(marketer, crypto.randomUUID())).status, 403)
})

test('staff of one place act on its orders alone, also where a run names others; money of a store wants the PIN', async () => {
  await owner('POST', '/admin/v1/stock/receipts', {
    place: 'kyoto',
    lines: [{ sku: 'GUINOMI', quantity: 20 }],
  })
  const kyoto = await shop.staff('kyoto')
  const mine = async () =>
    told<{ order: number }>(
      await buy(shop.client(), [{ sku: 'GUINOMI', quantity: 1 }], { payment: 'bank_transfer' }),
    ).order
  const [theirs, own, paid] = [await placed('cod'), await mine(), await mine()]
  for (const id of [own, paid])
    told(await owner('POST', `/admin/v1/orders/${id}/captures`, { amount: (await order(id)).owed }))
  await listed([theirs, own, paid], 'to_ship')
  const ids = [theirs, own]
  const seen = await sums({ ids }, 'total', kyoto)
  assert.equal(seen.count, 1)
  // What is another's is not among what matches; put there past the house, it is refused by the flow.
  await shop.services.walker!.stop()
  const begun = told<Run>(await kyoto('POST', `${at}/orders/ship`, { ids, expects: seen }))
  await db.query('insert into bulk.item (run, n, item, amount) values ($1, 2, $2, 0)', [begun.bulk, theirs])
  const { Walker } = await import('#doors/bulk')
  const { gate, pool, vault } = shop.services
  const walker = new Walker({ gate, pool, vault })
  walker.start()
  try {
    const run = await ended(begun, kyoto)
    assert.deepEqual([run.done, run.refused], [1, 1])
    const no = told<Rows>(await kyoto('GET', `${at}/${run.bulk}/refusals`)).items[0]!
    assert.deepEqual([no.item, no.what], [theirs, 'desk.elsewhere'])
    assert.deepEqual([(await order(own)).status, (await order(theirs)).status], ['shipped', 'to_ship'])
    // Another store does not see the run.
    const tenjin = await shop.staff('tenjin')
    assert.equal(code(await tenjin('GET', `${at}/${run.bulk}`)), 'bulk.missing')

    const back = await sums({ ids: [paid] }, 'captured', kyoto)
    const body = { ids: [paid], expects: back, reason: 'stock' }
    assert.equal(code(await kyoto('POST', `${at}/orders/cancel`, { ...body, pin: '000000' })), 'access.wrong')
    const without = await ended(told<Run>(await kyoto('POST', `${at}/orders/cancel`, body)), kyoto)
    assert.deepEqual([without.done, without.refused], [0, 1])
    const why = told<Rows>(await kyoto('GET', `${at}/${without.bulk}/refusals`)).items[0]!
    assert.equal(why.what, 'desk.pin_needed')
    assert.equal((await order(paid)).status, 'to_ship')
  } finally {
    await walker.stop()
  }
})

test('a shop’s staff touch no other shop’s orders', async () => {
  const { id } = told<{ id: number }>(
    await owner('POST', '/admin/v1/staff', {
      family: '南',
      given: '二郎',
      email: 'minami@example.jp',
      password: 'a-long-password',
      role: 'warehouse',
    }),
  )
  const hand = shop.client()
  told(await hand('POST', '/admin/v1/sessions', { email: 'minami@example.jp', password: 'a-long-password' }))
  const ids = [await placed('cod')]
  await listed(ids, 'to_ship')
  const seen = await sums({ ids }, 'total', hand)
  assert.equal(seen.count, 1)
  const begun = told<Run>(await hand('POST', `${at}/orders/ship`, { ids, expects: seen }))
  // They work for another shop from now on: what they had begun is not theirs any more.
  await db.query(`update access.staff set shops = '[77]', version = version + 1 where id = $1`, [id])
  const { Walker } = await import('#doors/bulk')
  const { gate, pool, vault } = shop.services
  const walker = new Walker({ gate, pool, vault })
  walker.start()
  try {
    const run = await ended(begun)
    assert.deepEqual([run.state, run.done], ['failed', 0])
    assert.equal((await order(ids[0]!)).status, 'to_ship')
  } finally {
    await walker.stop()
  }
})

test('nothing of a person is in what is kept of runs', async () => {
  const { rows } = await db.query(
    `select r::text as t from bulk.run r union all select o::text from bulk.outcome o union all select x::text from bulk.returned x`,
  )
  assert.ok(rows.length > 20)
  for (const { t } of rows as { t: string }[]) assert.ok(!/山田|花子|@example|森|緑|090-|神宮前/.test(t), t)
  console.log(`# ${rows.length} rows of runs, 0 with anything of a person`)
})
