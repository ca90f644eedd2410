/** K6, moonshot 3: the order history of a real shop, replayed (recordings/README.md says where it comes from). */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import pg from 'pg'
import { prooves } from '#flows/reads'
import { openShop, proveBooks, type Shop } from '#testing'
import { importOrders, minorUnits, Unreadable, type Report } from './index.ts'
import { partsOf, readRow, type Row } from './read.ts'

const recording = path.join(import.meta.dirname, 'recordings/uci-online-retail-excerpt.csv')
const text = fs.readFileSync(recording, 'utf8')
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-history-'))
after(() => fs.rmSync(directory, { recursive: true, force: true }))
const written = (name: string, what: string | Buffer) => {
  fs.writeFileSync(path.join(directory, name), what)
  return path.join(directory, name)
}
const common = { shop: 1, place: 'east', channel: 'uci', currency: 'GBP', zone: 'Europe/London' }
const take = (shop: Shop, file: string) =>
  importOrders(shop.services.gate, shop.services.vault, { ...common, file })

/** Everything the import has made, without the numbers that chance gives. */
const pictured = `
  select 'order' as what, h.external_id as a, h.placed_at::text as b, h.currency || ' ' || h.state as c, h.total::text as d, c.balance::text as e,
    (select string_agg(concat_ws(' ', l.line, s.code, l.quantity, l.unit_price, (select sum(x.balance) from fulfilment.allocation f join ledger.account x on x.id = (5::bigint << 44) + f.id where f."order" = l."order" and f.line = l.line)), ', ' order by l.line) from orders.line l join catalog.sku s on s.id = l.sku where l."order" = h.id) as f
  from orders.header h left join ledger.account c on c.id = (22::bigint << 44) + h.id where h.channel = 'uci'
  union all
  select 'shelf', s.code, a.balance::text, a.currency, '', '', '' from ledger.account a join catalog.sku s on s.id = a.unit where a.kind = 1 and s.code not in (select code from catalog.sku where id < 1000)
  union all
  select 'credit', d.line::text, d.kind, d.units::text, d.refunded::text, d.credited::text, d.unlinked_units::text from history.document d
  order by 1, 2, 3`
async function with_<T>(run: (shop: Shop, db: pg.Client) => Promise<T>): Promise<T> {
  const shop = await openShop({ work: false })
  const db = new pg.Client(shop.database.owner)
  await db.connect()
  try {
    return await run(shop, db)
  } finally {
    await proveBooks(shop.database.owner, prooves)
    await db.end()
    await shop.close()
  }
}
const of = (r: Report, kind: string) => r.became.find((b) => b.kind === kind)!
function assertExplained(r: Report) {
  const told = Object.values(r.told)
  const sum = (of_: (s: (typeof told)[number]) => number) => told.reduce((n, s) => n + of_(s), 0)
  assert.equal(
    sum((s) => s.lines),
    r.lines,
    'every line has one treatment',
  )
  const booked = (of(r, 'sale').amount - of(r, 'credit').refunded - of(r, 'credit').credited) * 10_000
  assert.equal(sum((s) => s.told) - booked, r.rounded)
  const services = r.told.service.units + r.told['credited service'].units
  const units = of(r, 'sale').units + of(r, 'credit').units + of(r, 'adjustment').units
  assert.equal(
    sum((s) => s.units),
    units + services,
  )
}

test('each kind of row becomes what it is, to the last unit and the last penny; again, packed and renamed, it changes nothing', async () => {
  await with_(async (shop, db) => {
    const report = await take(shop, recording)
    assert.equal(report.lines, 456)
    for (const [treatment, { lines }] of Object.entries(report.told))
      assert.ok(lines > 0, `the recording has no ${treatment}`)
    assertExplained(report)
    assert.equal(report.rounded, 2000, 'two prices of a tenth of a penny')
    const counts = async () =>
      (
        await db.query(
          `select (select count(*) from ledger.transfer) as transfers, (select count(*) from kernel.event) as events, (select count(*) from orders.header) as orders, (select count(*) from kernel.request) as requests`,
        )
      ).rows[0]
    const before = await counts()
    const again = await take(shop, written('renamed.csv.gz', gzipSync(text)))
    assert.deepEqual([again.file, again.became], [report.file, report.became])
    assert.deepEqual(await counts(), before)

    const one = async (number: string) =>
      (await db.query(`select * from orders.header where channel = 'uci' and external_id = $1`, [number]))
        .rows[0]
    // Pounds in a yen shop: what is owed and paid is counted in pounds, and nothing is converted.
    assert.deepEqual(
      (
        await db.query(
          `select distinct a.currency from ledger.account a join orders.header h on a.id = (22::bigint << 44) + h.id where h.channel = 'uci'`,
        )
      ).rows,
      [{ currency: 'GBP' }],
    )
    const bad = await one('A563185')
    assert.deepEqual([bad.fee, bad.total, bad.state], [1_106_206, 1_106_206, 'closed'])
    assert.equal((await one('A563186')) ?? undefined, undefined, 'a negative entry is a credit, no order')
    // 542806 stands in two places of the file: two documents.
    assert.equal(
      (await db.query(`select count(*)::int as n from orders.header where external_id like '542806%'`))
        .rows[0].n,
      2,
    )
    const summer = (await db.query(`select placed_at from orders.header where external_id = '550193'`))
      .rows[0]
    assert.equal(
      summer.placed_at.toISOString(),
      '2011-04-15T08:27:00.000Z',
      'London is an hour ahead in April',
    )
    const moved = await db.query(
      `select min(happened_at) as first, max(happened_at) as last from ledger.transfer where ref in (select id from orders.header where channel = 'uci')`,
    )
    assert.ok(moved.rows[0].last < new Date('2011-09-01'), 'what happened then is booked then')
    // Every linked return belongs to an order of the same buyer that had been sent it.
    const returned = await db.query(`select count(*)::int as n from returns.record`)
    assert.ok(returned.rows[0].n >= 10)
    assert.equal(of(report, 'credit').units + of(report, 'credit').unlinked_units, -188)
    const negative = await db.query(
      `select count(*)::int as n from ledger.account where balance < 0 and kind in (1, 2, 5)`,
    )
    assert.equal(negative.rows[0].n, 0)
    console.log(
      `# ${report.lines} lines: ${of(report, 'sale').documents} orders, ${returned.rows[0].n} returns, ${of(report, 'adjustment').documents} adjustments, nothing unexplained`,
    )
  })
})

test('killed anywhere and run again: the same books as without a kill', { timeout: 240_000 }, async () => {
  const whole = await with_(async (shop, db) => {
    await take(shop, recording)
    return (await db.query(pictured)).rows
  })
  let kills = 0
  const cut = await with_(async (shop, db) => {
    const documents = async () =>
      (await db.query('select count(*)::int as n from history.document')).rows[0].n as number
    for (let round = 0; round < 8; round++) {
      const before = await documents()
      const script = `
        import { Gate } from '#kernel/gate'
        import { openVault } from '#domains/persons'
        import { importOrders } from '#doors/history'
        const { app, ask, secret } = JSON.parse(process.env.AKINAI_TEST)
        const gate = await Gate.open(app, { secret })
        process.stdout.write('open')
        await importOrders(gate, openVault(Buffer.alloc(32, 1)), ask)`
      const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
        cwd: path.resolve(import.meta.dirname, '../..'),
        env: {
          ...process.env,
          AKINAI_TEST: JSON.stringify({
            app: shop.database.app,
            ask: { ...common, file: recording, atOnce: 3 },
            secret: shop.services.vault.sign.toString('base64'),
          }),
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const ended = once(child, 'exit')
      await once(child.stdout, 'data')
      // Until it has written something, then a moment of chance.
      while (child.exitCode === null && (await documents()) < before + 1)
        await new Promise((r) => setTimeout(r, 2))
      await new Promise((r) => setTimeout(r, Math.random() * 25))
      if (child.exitCode === null) {
        child.kill('SIGKILL')
        kills++
      }
      await ended
    }
    await take(shop, recording)
    return (await db.query(pictured)).rows
  })
  assert.deepEqual(cut, whole)
  assert.ok(kills >= 4, `killed ${kills} times`)
  console.log(`# ${kills} kills, ${whole.length} rows of the picture the same`)
})

test('a later file of the same shop goes on where the first one ended: returns find orders of the earlier file', async () => {
  const lines = text.trimEnd().split('\n')
  const [head, ...rows] = lines
  // Right before the first cancellation of something that was sold before.
  const middle = rows.findIndex((row, i) => {
    const [number, code, , , , , buyer] = row.split(',')
    return (
      number!.startsWith('C') &&
      buyer !== '' &&
      rows.slice(0, i).some((r) => r.split(',')[1] === code && r.includes(`,${buyer},`))
    )
  })
  await with_(async (shop) => {
    const first = await take(shop, written('first.csv', [head, ...rows.slice(0, middle), ''].join('\n')))
    const second = await take(shop, written('second.csv', [head, ...rows.slice(middle), ''].join('\n')))
    assertExplained(first)
    assertExplained(second)
    assert.notEqual(first.file, second.file)
    const linked = (r: Report) => r.became.find((b) => b.kind === 'credit')?.refunded ?? 0
    const whole = 56_275
    assert.equal(linked(first) + linked(second), whole)
    assert.ok(linked(second) > 0)
  })
})

test('a file that cannot be read whole is refused by line and column, and nothing is written', async () => {
  await with_(async (shop, db) => {
    const rows = text.split('\n').slice(0, 20)
    rows[4] = rows[4]!.replace(/,(\d+),2010/, ',six,2010')
    rows[9] = rows[9]!.replace(/2010-12-01 /, '01.12.2010 ')
    const file = written('bad.csv', rows.join('\n'))
    await assert.rejects(take(shop, file), (e: unknown) => {
      assert.ok(e instanceof Unreadable)
      assert.deepEqual(
        e.faults.map((f) => [f.line, f.column]),
        [
          [5, 'Quantity'],
          [10, 'InvoiceDate'],
        ],
      )
      return true
    })
    const missing = written('columns.csv', 'InvoiceNo,StockCode\n1,2\n')
    await assert.rejects(
      take(shop, missing),
      (e: unknown) => e instanceof Unreadable && e.faults[0]!.line === 2,
    )
    assert.equal((await db.query('select count(*)::int as n from history.document')).rows[0].n, 0)
    assert.equal(
      (await db.query(`select count(*)::int as n from orders.header where channel = 'uci'`)).rows[0].n,
      0,
    )
  })
})

test('a price is taken in the smallest coin of its currency', () => {
  assert.deepEqual(['GBP', 'JPY', 'KRW', 'VND', 'KWD'].map(minorUnits), [2, 0, 0, 0, 3])
})
test('a time may be written with slashes and without seconds; nothing else is guessed', () => {
  const cells = {
    InvoiceNo: '1',
    StockCode: 'A',
    Description: 'Mug',
    Quantity: '1',
    UnitPrice: '2200',
    CustomerID: '5',
  }
  const read = (InvoiceDate: string) => readRow({ line: 2, cells: { ...cells, InvoiceDate } } as never, 0)
  for (const at of ['2024-05-02 10:00:00', '2024/05/02 10:00', '2024-05-02T10:00'])
    assert.equal((read(at) as Row).at, '2024-05-02 10:00:00')
  assert.equal((read('2024-05-02 10:00:59') as Row).at, '2024-05-02 10:00:59')
  for (const at of ['5/2/2024 10:00', '2024-05-02', '2024-05-02 10:00 ']) assert.ok('words' in read(at), at)
})

test('every row of any invoice has exactly one treatment', () => {
  const row = fc.record({
    line: fc.integer({ min: 2, max: 9999 }),
    number: fc.constant(''),
    code: fc.constantFrom('22139', 'POST', 'M', 'D'),
    name: fc.string(),
    quantity: fc.integer({ min: -50, max: 50 }).filter((n) => n !== 0),
    price: fc.integer({ min: -5, max: 90_000 }),
    buyer: fc.constant(''),
    at: fc.constant('2010-12-01 08:26:00'),
  })
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 20 }),
      fc.constantFrom('536365', 'C536365', 'A536365'),
      fc.constantFrom('', '17850'),
      (rows: Row[], number, buyer) => {
        const parts = partsOf({ number, at: '', buyer, rows })
        const all = [...parts.sale, ...parts.credit, ...parts.found, ...parts.lost]
        assert.equal(all.length, rows.length)
        assert.equal(new Set(all).size, rows.length)
        for (const r of [...parts.found, ...parts.lost]) assert.ok(r.quantity * r.price === 0)
        for (const r of parts.sale) assert.ok(r.quantity * r.price >= 0)
        for (const r of parts.credit) assert.ok(r.quantity * r.price <= 0)
      },
    ),
    { numRuns: 2000 },
  )
})
