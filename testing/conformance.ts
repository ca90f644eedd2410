/**
 * What every connector must survive, told against its simulator in a whole shop: real database, real gate, real wire.
 * A connector's test is one line: conformance(connector, stage).
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import type { Connector, FaultKind, Sale } from '#doors/kit'
import { standShop } from './stand.ts'

/** What a connector's simulator offers the suite. */
export type Stage = {
  readonly name: string
  readonly settings: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
  /** How many bad rows one `bad_rows` plants. */
  readonly badRows: number
  sell(lines: readonly { sku: string; quantity: number; amount: number }[][]): Promise<string[]>
  change(id: string, state: 'cancelled'): Promise<void>
  offer(skus: readonly string[]): Promise<void>
  /** Where offers are made from here: settings by which every fact of an offer is told, and two of their things, one of which they do not have. */
  readonly making?: {
    readonly settings: Readonly<Record<string, string>>
    readonly item: string
    readonly noItem: string
  }
  plant(fault: FaultKind, o?: { times?: number; what?: 'orders' | 'parcels' | 'levels' }): Promise<void>
  heal(): Promise<void>
  notice(id: string): Promise<unknown>
  /** What the outside has seen: parcels by key with how often each was sent, stock by code, requests it would refuse, faults that were met. */
  seen(): Promise<{
    parcels: Record<string, number>
    levels: Record<string, number | null>
    /** What buyers see of each offer. */
    offers: Record<string, { price: number | null; name: string | null }>
    refused: unknown[]
    planted: Record<string, number>
    sales: number
  }>
  /** Raw sales of any making, with what their total is. */
  readonly any: fc.Arbitrary<{ raw: unknown; total: number; quantity: number }>
  close(): Promise<void>
}

export async function conformance(connector: Connector, stage: Stage): Promise<void> {
  after(() => stage.close())
  const { shop, db, owner, one, receive } = await standShop({
    connect: { patience: { try: 700, whole: 3000, pause: 15, pace: 10_000 }, look: 3_600_000 },
  })
  const { connect } = shop.services
  const code = 'outside'
  const { saveConnection, connectionBy } = await import('#domains/channels')
  const { ask } = await import('#kernel/db')
  await ask(
    shop.services.pool,
    saveConnection({
      code,
      connector: connector.name,
      shop: 1,
      active: true,
      settings: { ...stage.settings },
      secrets: connect.sealSecrets(code, { ...stage.secrets }),
    }),
  )
  type Connection = Parameters<typeof connect.round>[0]
  const connection = async () => (await ask<Connection>(shop.services.pool, connectionBy(code)))[0]!
  // A day has been looked through at the beginning: what is found by looking again is told apart.
  await db.query('update channels.connection set reconciled_at = now()')
  const begin = new Date(Date.now() - 3 * 86_400_000).toISOString()
  await db.query(
    `update channels.connection set settings = settings || jsonb_build_object('since', $1::text)`,
    [begin],
  )

  let highest = ''
  const round = async () => {
    const done = await connect.round(await connection())
    const { rows } = await db.query('select position from channels.stream')
    const since = String((rows[0]?.position as { since?: string } | undefined)?.since ?? '')
    assert.ok(since >= highest, `the list is not read backwards: ${since} after ${highest}`)
    highest = since || highest
    return done!
  }
  /** The list is read again from its beginning: what was sold in the meantime bears an earlier time. */
  const fromTheBeginning = async () => {
    await db.query(`update channels.stream set position = jsonb_build_object('since', $1::text)`, [begin])
    highest = ''
    await later()
  }
  /** Time passes: whatever waits for a later hour is due, and what may be asked has come back. */
  const later = async () => {
    await db.query(
      `delete from channels.turn; update channels.message set next_at = null; update channels.listing set next_at = null; update channels.connection set next_at = null, busy_until = null`,
    )
  }
  const orders = async () =>
    Number((await one(`select count(*) as n from orders.header where channel = 'mall:${code}'`)).n)
  const doubled = async () =>
    Number(
      (
        await one(
          `select count(*) as n from (select external_id from orders.header where channel = 'mall:${code}' group by 1 having count(*) > 1) x`,
        )
      ).n,
    )
  const sku = 'TEE-WHITE-M'
  const buy = (n: number) =>
    stage.sell(
      Array.from({ length: n }, (_, i) => [{ sku, quantity: 1 + (i % 3), amount: 1980 * (1 + (i % 3)) }]),
    )
  const orderOf = async (external: string) =>
    Number((await one(`select id from orders.header where external_id = $1`, [external])).id)
  const aside = async () =>
    (await db.query(`select id, reason, place from channels.message where state = 'quarantined' order by id`))
      .rows as {
      id: number
      reason: string
      place: string
    }[]
  const until = async (what: () => Promise<boolean>, ms = 8000) => {
    for (const end = Date.now() + ms; Date.now() < end; await new Promise((r) => setTimeout(r, 40)))
      if (await what()) return
    assert.fail('did not happen in time')
  }
  /** The follower has read that something of a SKU moved. */
  const marked = (sku: number) =>
    until(
      async () =>
        Number(
          (
            await one('select count(*) as n from channels.listing where sku = $1 and moved_at > told_at', [
              sku,
            ])
          ).n,
        ) === 1,
    )
  const tell = (words: string) => console.log(`# ${stage.name}: ${words}`)
  await receive(sku, 1000)

  void test(`${stage.name}: what is sold there is an order here, once, with its total; pages pulled again create nothing`, async () => {
    const ids = await buy(130) // more than one page
    const first = await round()
    assert.equal(await orders(), ids.length)
    // The whole list is read again from the beginning, twice.
    for (let i = 0; i < 2; i++) {
      await fromTheBeginning()
      const again = await round()
      assert.ok(again.pulled >= ids.length)
      assert.deepEqual([again.kept, again.recorded], [0, 0])
    }
    assert.equal(await orders(), ids.length)
    assert.equal(await doubled(), 0)
    tell(`sales ${ids.length}, pulled ${first.pulled} and twice again, orders ${await orders()}, doubled 0`)
  })

  const faults: FaultKind[] = [
    'throttled',
    'broken',
    'unavailable',
    'slow',
    'silent',
    'cut_after',
    'silent_after',
    'garbage',
    'not_http',
    'expired',
    'duplicates',
    'disorder',
    'unknown_fields',
  ]
  for (const fault of faults)
    void test(`${stage.name}: ${fault} is survived, and the backlog drains by itself`, async () => {
      const before = await orders()
      const [one_ = '', two = ''] = await buy(6)
      await stage.change(two, 'cancelled')
      await fromTheBeginning()
      await stage.plant(fault, { times: 2 })
      await round()
      await later()
      await stage.heal()
      await fromTheBeginning()
      await round()
      const met = Object.values((await stage.seen()).planted).reduce((n, x) => n + x, 0)
      assert.ok(met > 0, 'the fault was met')
      assert.equal(await orders(), before + 5, 'five orders, and one that was given up before it was ours')
      assert.equal(await doubled(), 0)
      assert.ok((await orderOf(one_)) > 0)
      assert.deepEqual(await aside(), [])
    })

  void test(`${stage.name}: bad rows are set aside with reason and place, keep nobody else from coming in, and are replayed`, async () => {
    const before = await orders()
    await buy(3)
    await stage.plant('bad_rows')
    await fromTheBeginning()
    await round()
    assert.equal(await orders(), before + 3)
    const set = await aside()
    assert.equal(set.length, stage.badRows)
    for (const m of set) assert.ok(m.reason && m.place.startsWith('/'), JSON.stringify(m))
    // Replayed as they are, they are set aside again; one, then all.
    const { replayMessages } = await import('#flows/channels')
    const c = await connection()
    const some = await shop.services.gate.run(replayMessages, {
      connection: c.id,
      from: set[0]!.id,
      to: set[0]!.id,
    })
    assert.equal(some.replayed, 1)
    await round()
    assert.equal((await aside()).length, stage.badRows)
    const every = await shop.services.gate.run(replayMessages, {
      connection: c.id,
      from: 1,
      to: Number.MAX_SAFE_INTEGER,
    })
    assert.equal(every.replayed, stage.badRows)
    await round()
    assert.equal((await aside()).length, stage.badRows)
    tell(`bad rows ${set.length}: ${set.map((m) => `${m.reason} ${m.place}`).join(', ')}`)
    await db.query(`update channels.message set state = 'skipped' where state = 'quarantined'`)
  })

  void test(`${stage.name}: given up there after it came here, an order ends and its money goes back; after it has left, a person is asked`, async () => {
    const [ended = '', gone = ''] = await buy(2)
    await fromTheBeginning()
    await round()
    const shipped = await orderOf(gone)
    assert.equal((await owner('POST', `/admin/v1/orders/${shipped}/ship`, {})).status, 200)
    for (const id of [ended, gone]) await stage.change(id, 'cancelled')
    await fromTheBeginning()
    await round()
    const { body } = await owner('GET', `/admin/v1/orders/${await orderOf(ended)}`)
    const o = body as unknown as {
      state: string
      owed: number
      captured: number
      refunded: number
      total: number
    }
    assert.deepEqual([o.state, o.owed, o.captured, o.refunded], ['cancelled', 0, 0, o.total])
    assert.deepEqual(
      (await aside()).map((m) => m.reason),
      ['left_the_house'],
    )
    await db.query(`update channels.message set state = 'skipped' where state in ('quarantined', 'waiting')`)
  })

  if (connector.parcels)
    void test(`${stage.name}: a parcel is told once, whatever happens on the way`, async () => {
      const ids = await buy(4)
      await fromTheBeginning()
      await round()
      const told: string[] = []
      for (const [i, fault] of ([undefined, 'silent_after', 'cut_after', 'broken'] as const).entries()) {
        const order = await orderOf(ids[i]!)
        const shipped = await owner('POST', `/admin/v1/orders/${order}/ship`, {
          carrier: 'yamato',
          tracking: `12345678901${i}`,
        })
        assert.equal(shipped.status, 200, JSON.stringify(shipped.body))
        const parcel = String((shipped.body as unknown as { shipment: number }).shipment)
        told.push(parcel)
        await until(
          async () =>
            (await db.query(`select 1 from channels.message where mark = $1 and way = 'out'`, [parcel]))
              .rowCount === 1,
        )
        if (fault) await stage.plant(fault, { what: 'parcels' })
        for (let turn = 0; turn < 3; turn++) {
          await round()
          await later()
        }
        await stage.heal()
      }
      // The journal is read again from the beginning: nothing is told twice.
      const { parcelsOut } = await import('#flows/channels')
      const { rows } = await db.query(
        `select epoch, seq, body from kernel.event where kind = 'stock.shipped'`,
      )
      await parcelsOut(shop.services.gate).react!(rows as never)
      await round()
      const { parcels } = await stage.seen()
      assert.deepEqual(
        told.map((p) => parcels[p]),
        told.map(() => 1),
      )
      assert.equal(
        Number(
          (await one(`select count(*) as n from channels.message where way = 'out' and state <> 'done'`)).n,
        ),
        0,
      )
      tell(
        `parcels ${told.length}, each told once: after an answer that never came, a cut line and a 500 they were asked for first`,
      )
    })

  if (connector.offers)
    void test(`${stage.name}: what moved is told as it is now, once; many go as one list; what they refuse is named`, async () => {
      const rows = (
        await db.query(
          `select s.id, s.code from catalog.sku s where s.components is null and s.archived_at is null order by s.id limit ${connector.offers!.atOnce + 5}`,
        )
      ).rows as { id: number; code: string }[]
      const { saveListing } = await import('#domains/channels')
      const c = await connection()
      const listed = rows.slice(0, -1)
      await stage.offer(listed.map((r) => `X-${r.code}`))
      for (const r of rows)
        await ask(
          shop.services.pool,
          saveListing({ connection: c.id, sku: r.id, external_sku: `X-${r.code}`, product_type: 'PRODUCT' }),
        )
      for (let i = 0; i < 4; i++) {
        await later()
        await round()
      }
      const right = async () => {
        const { levels } = await stage.seen()
        for (const r of listed) {
          const free = Number(
            (
              await one(
                `select coalesce(sum(a.balance), 0) as n from stock.shelf h join ledger.account a on a.id = (1::bigint << 44) + h.id join places.place p on p.id = h.place where h.sku = $1 and h.condition = 0 and h.owner = 0 and p.sells_web`,
                [r.id],
              )
            ).n,
          )
          if (levels[`X-${r.code}`] !== free) return false
        }
        return true
      }
      assert.ok(await right(), 'the list has told every level')
      const failed = (await db.query('select failure from channels.listing where failure is not null')).rows
      assert.equal(failed.length, 1, 'the one that they do not have')
      // One SKU moves five times: one message.
      const told = async () =>
        Number(
          (
            await one(
              `select count(*) as n from channels.exchange where operation not in ('token') and asked::text like '%patches%'`,
            )
          ).n,
        )
      const before = await told()
      for (let i = 0; i < 5; i++) await receive(listed[0]!.code, 1)
      await marked(listed[0]!.id)
      await new Promise((r) => setTimeout(r, 300))
      await stage.plant('broken', { what: 'levels' })
      await round()
      await round()
      assert.ok(await right())
      assert.equal((await told()) - before, 1, 'five movements, one message')
      tell(`levels ${listed.length} right, refused 1, five movements one message`)
    })

  if (connector.offers && stage.making)
    void test(`${stage.name}: a price is told from its moment on, words as they are; an offer is made once; only what differs is said`, async () => {
      const { saveListings, lookAgain } = await import('#domains/channels')
      const { making } = stage
      const c = await connection()
      const listed = (
        await db.query(
          'select l.sku as id, s.code, l.external_sku from channels.listing l join catalog.sku s on s.id = l.sku where l.failure is null order by 1',
        )
      ).rows as { id: number; code: string; external_sku: string }[]
      const rounds = async (n: number) => {
        for (let i = 0; i < n; i++) {
          await later()
          await round()
        }
      }
      const priceOf = async (sku: number) =>
        Number(
          (
            await one(
              `select unit_price / 10000 as n from pricing.price where sku = $1 and shop = 1 and valid_from <= now() order by valid_from desc, recorded_at desc, id desc limit 1`,
              [sku],
            )
          ).n,
        )
      assert.ok(
        Object.values((await stage.seen()).offers).every((o) => o.price === null),
        'no price was told unasked',
      )
      await db.query('delete from channels.listing where failure is not null')
      // Every fact is told from now on: many at once, as a list.
      await db.query('update channels.connection set settings = settings || $1', [making!.settings])
      await ask(shop.services.pool, lookAgain(c.id))
      await rounds(4)
      const first = (await stage.seen()).offers
      for (const l of listed) {
        assert.equal(first[l.external_sku]!.price, await priceOf(l.id), l.code)
        const { ja } = await one(
          `select p.name->>'ja' as ja from catalog.sku s join catalog.product p on p.id = s.product where s.id = $1`,
          [l.id],
        )
        assert.ok(first[l.external_sku]!.name!.startsWith(String(ja)), l.code)
      }
      // One price begins now and another one in a moment; nobody comes by at that moment but the next round.
      const [now, soon] = [listed[0]!, listed[1]!]
      const from = new Date(Date.now() + 1500).toISOString()
      const set = await owner('PUT', '/admin/v1/prices', {
        lines: [
          { sku: now.code, price: 4321 },
          { sku: soon.code, price: 1234, from },
        ],
      })
      assert.equal(set.status, 200)
      await until(
        async () =>
          Number((await one('select count(*) as n from channels.listing where moved_at > told_at')).n) === 2,
      )
      const told = async () => Number((await one('select max(id) as n from channels.exchange')).n)
      await rounds(1)
      const seen = (await stage.seen()).offers
      assert.equal(seen[now.external_sku]!.price, 4321)
      assert.equal(seen[soon.external_sku]!.price, first[soon.external_sku]!.price)
      await until(async () => Date.now() > Date.parse(from) + 50)
      await stage.plant('broken', { what: 'levels' })
      await rounds(2)
      assert.equal((await stage.seen()).offers[soon.external_sku]!.price, 1234)
      // Looked at again, nothing differs, and nothing is said.
      await ask(shop.services.pool, lookAgain(c.id))
      const before = await told()
      await rounds(1)
      const said = (
        await db.query(
          `select asked from channels.exchange where id > $1 and (asked::text like '%patches%' or asked::text like '%attributes%')`,
          [before],
        )
      ).rows
      assert.equal(said.length, 0, JSON.stringify(said))
      // Made from here: once, with its price; what they do not have, and what has no price, is named.
      const free = (
        await db.query(
          `select s.id, s.code from catalog.sku s where s.components is null and s.archived_at is null and not exists (select from channels.listing l where l.sku = s.id) order by s.id limit 3`,
        )
      ).rows as { id: number; code: string }[]
      const [good, unknown, unpriced] = [free[0]!, free[1]!, free[2]!]
      await db.query(`update pricing.price set shop = 99 where sku = $1`, [unpriced.id])
      const line = (of: { id: number; code: string }, item: string) => ({
        sku: of.id,
        external_sku: `NEW-${of.code}`,
        product_type: 'PRODUCT',
        item,
      })
      await ask(
        shop.services.pool,
        saveListings(c.id, [
          line(good, making!.item),
          line(unknown, making!.noItem),
          line(unpriced, making!.item),
        ]),
      )
      await rounds(2)
      const rows = (
        await db.query(
          `select external_sku, failure, made_at is not null as made from channels.listing where item is not null order by sku`,
        )
      ).rows as { external_sku: string; failure: string | null; made: boolean }[]
      assert.deepEqual(
        rows.map((r) => [r.made, r.failure === null]),
        [
          [true, true],
          [false, false],
          [false, false],
        ],
      )
      assert.equal(rows[2]!.failure, 'unpriced')
      const made = await stage.seen()
      assert.equal(made.offers[`NEW-${good.code}`]!.price, await priceOf(good.id))
      assert.ok(!(`NEW-${unknown.code}` in made.offers) && !(`NEW-${unpriced.code}` in made.offers))
      const again = await told()
      await receive(good.code, 3)
      // A mark may be of something earlier, of which there is nothing to say: the round after the follower has read this one tells it.
      const saidSince = async () =>
        (
          await db.query(
            `select asked::text as asked from channels.exchange where id > $1 and path like '%' || $2`,
            [again, `NEW-${good.code}`],
          )
        ).rows as { asked: string }[]
      await until(async () => {
        await rounds(1)
        return (await saidSince()).length > 0
      })
      await rounds(1)
      const after = await saidSince()
      assert.equal(after.length, 1)
      assert.match(after[0]!.asked, /patches/)
      // What is archived is offered no more: none may be promised.
      const product = await one(
        'select p.id, p.version from catalog.sku s join catalog.product p on p.id = s.product where s.id = $1',
        [good.id],
      )
      const archived = await owner('POST', `/admin/v1/products/${String(product.id)}/archive`, {
        version: Number(product.version),
      })
      assert.equal(archived.status, 200)
      await until(async () => {
        await rounds(1)
        return (await stage.seen()).levels[`NEW-${good.code}`] === 0
      })
      tell(
        `offers ${listed.length} with price and words, 1 made, 2 not made and named, archived told as none`,
      )
    })

  if (connector.orders)
    void test(`${stage.name}: what the lists left out is found: by a notice, and by looking again`, async () => {
      const before = await orders()
      const [noticed = ''] = await buy(1)
      const c = await connection()
      if (connector.notices) {
        const body = await stage.notice(noticed)
        for (const keep of [true, false, false]) assert.equal((await connect.notice(c, body)).kept, keep)
        await later()
        await stage.plant('left_out', { times: 99 })
        await round()
        assert.equal(await orders(), before + 1)
        await stage.heal()
      }
      await buy(7)
      await fromTheBeginning()
      await stage.plant('left_out', { times: 1 })
      await round()
      const lost = before + 8 - (await orders())
      assert.ok(lost > 0, 'the list left some out')
      await later()
      const found = await connect.reconcile(await connection(), 3)
      await round()
      assert.ok(found >= lost, 'also what changed in the meantime')
      assert.equal(await orders(), before + 8)
      assert.equal(await doubled(), 0)
      tell(`left out ${lost}, found ${found}`)
    })

  if (connector.orders)
    void test(`${stage.name}: mappings keep totals, whatever was sold`, () => {
      let seen = 0
      fc.assert(
        fc.property(stage.any, ({ raw, total, quantity }) => {
          const sale: Sale = connector.orders!.read(JSON.parse(JSON.stringify(raw)))
          const goods = sale.lines.reduce((n, l) => n + l.quantity * l.unit_price, 0)
          assert.equal(sale.total, total)
          assert.equal(goods + sale.shipping + sale.fee - sale.discount, total)
          assert.equal(
            sale.lines.reduce((n, l) => n + l.quantity, 0),
            quantity,
          )
          assert.deepEqual(connector.orders!.read(JSON.parse(JSON.stringify(raw))), sale)
          seen++
        }),
        { numRuns: 500 },
      )
      tell(`mappings ${seen}, each total kept`)
    })

  void test(`${stage.name}: everything we sent is as the vendor's own models say; nothing personal and no secret is in what was recorded`, async () => {
    const { refused, sales } = await stage.seen()
    assert.deepEqual(refused, [])
    const { rows } = await db.query('select asked, answered, path from channels.exchange')
    const text = JSON.stringify(rows)
    for (const word of [
      ...Object.values(stage.secrets),
      '花子',
      '太郎',
      '神宮前',
      '150-0001',
      'marketplace.amazon.co.jp',
      'Atza',
      'sprdt',
    ])
      assert.ok(!text.includes(word), word)
    assert.ok(rows.length > 10)
    tell(`exchanges ${rows.length}, refused by the models 0, sales there ${sales}`)
  })
}
