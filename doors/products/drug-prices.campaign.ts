/** The whole price list of the ministry of health at three dates. The files are not in this repository: see recordings/README.md. */
import assert from 'node:assert/strict'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import fs from 'node:fs'
import pg from 'pg'
import { recordsOf } from '#doors/files'
import { Gate } from '#kernel/gate'
import type { FreshDatabase } from '#testing'
import { importProducts, tryImport, undoImport } from './index.ts'

const fixtures = path.resolve(import.meta.dirname, '../../../shared/fixtures/data')
const days = ['20240417', '20250319', '20250401']
type Item = { name: string; price: number; text: string }

export default async function campaign(database: FreshDatabase): Promise<string> {
  const gate = await Gate.open(database.app)
  const db = new pg.Client(database.owner)
  await db.connect()
  const said: string[] = []
  try {
    let before = new Map<string, Item>()
    let ever = new Set<string>()
    const last = { run: 0 }
    for (const day of days) {
      const file = path.join(fixtures, `mhlw-drug-prices/${day}.csv.gz`)
      const now = await itemsOf(file)
      // Counted from the files alone.
      const expected = {
        created: [...now.keys()].filter((c) => !ever.has(c)).length,
        discontinued: [...before.keys()].filter((c) => !now.has(c)).length,
        changed: 0,
        prices: 0,
        faulty: 0,
      }
      for (const [code, item] of now) {
        const was = before.get(code)
        if (!ever.has(code)) expected.prices++
        else if (was && was.price !== item.price) expected.prices++
        if (ever.has(code) && was && (was.text !== item.text || was.price !== item.price)) expected.changed++
      }
      const ask = { file, shop: 1, zone: 'Asia/Tokyo', discontinue: true }
      const dry = await tryImport(gate, ask)
      const done = await importProducts(gate, ask)
      for (const r of [dry, done])
        assert.deepEqual(
          [r.created, r.discontinued, r.faulty],
          [expected.created, expected.discontinued, expected.faulty],
        )
      const back = [...now.keys()].filter((c) => ever.has(c) && !before.has(c)).length
      assert.equal(done.prices, dry.prices)
      assert.equal(done.changed, dry.changed)
      if (back === 0) assert.deepEqual([done.prices, done.changed], [expected.prices, expected.changed])
      assert.equal(done.created + done.changed + done.unchanged, now.size)
      const again = await importProducts(gate, ask)
      assert.ok(again.before && again.run === done.run)
      const from = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00+09:00`
      const { rows } = await db.query(
        `select s.code, (select unit_price from pricing.price p where p.sku = s.id and p.shop = 1 and p.valid_from <= $1 order by valid_from desc, recorded_at desc, id desc limit 1) as price from catalog.sku s join catalog.product d on d.id = s.product where d.archived_at is null`,
        [from],
      )
      assert.equal(rows.length, now.size)
      for (const r of rows) assert.equal(r.price, now.get(r.code)?.price, r.code)
      said.push(
        `${day}: ${now.size} items, ${done.created} new, ${done.changed} changed, ${done.unchanged} unchanged, ${done.discontinued} discontinued, ${done.prices} prices, ${done.seconds.toFixed(1)} s`,
      )
      console.log(said.at(-1))
      ever = new Set([...ever, ...now.keys()])
      before = now
      last.run = done.run!
    }
    const undone = await undoImport(gate, last.run)
    assert.equal(undone.kept, 0)
    const [{ n }] = (
      await db.query('select count(*)::int as n from catalog.product where archived_at is null')
    ).rows
    assert.equal(n, (await itemsOf(path.join(fixtures, `mhlw-drug-prices/${days[1]}.csv.gz`))).size)
    const jans = await importProducts(gate, {
      file: path.join(fixtures, 'off-jan-products.csv.gz'),
      shop: 1,
      zone: 'Asia/Tokyo',
    })
    assert.deepEqual([jans.rows, jans.created, jans.faulty], [1106, 1106, 0])
    said.push(`taken back: ${undone.undone} rows; ${jans.created} JANs, ${jans.faulty} wrong`)
    return said.join('; ')
  } finally {
    await gate.close()
    await db.end()
  }
}

/** What the file says, by its code. Read apart from the import. */
async function itemsOf(file: string): Promise<Map<string, Item>> {
  const found = new Map<string, Item>()
  assert.ok(gunzipSync(fs.readFileSync(file)).length > 0)
  for await (const hand of recordsOf(file, 'utf-8'))
    for (const { line, cells } of hand)
      if (line > 1)
        found.set(cells[1]!, {
          name: cells[7]!,
          price: Math.round(Number(cells[12]) * 10_000),
          text: [cells[7], cells[8], [cells[2], cells[3]].filter(Boolean).join(' ')].join('|'),
        })
  return found
}
