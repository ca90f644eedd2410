/** P22: what earlier versions have written is brought to this one, and goes on. */
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { restore } from '#doors/safety'
import { startFollowers } from '#doors/worker'
import { prooves } from '#flows/reads'
import { migrations } from '#kernel/db'
import { buy, freshDatabase, of, openShop, proveBooks } from '#testing'

const directory = path.join(import.meta.dirname, 'releases')
const files = fs.readdirSync(directory).filter((f) => f.endsWith('.backup.gz'))

test('there is a backup of each schema that somebody may have', () => {
  assert.ok(files.length >= 1)
})
for (const file of files)
  test(`${file}: restored, migrated, proven; its orders are read, and it sells on`, async () => {
    const database = await freshDatabase()
    const client = new pg.Client(database.owner)
    await client.connect()
    try {
      const { rows: schemas } = await client.query(
        `select nspname as name from pg_namespace where nspname !~ '^(pg_|information_schema|public)'`,
      )
      for (const { name } of schemas) await client.query(`drop schema "${name}" cascade`)
      const done = await restore(database.owner, path.join(directory, file))
      const { rows } = await client.query('select count(*)::int as n from kernel.migration')
      assert.equal(rows[0].n, migrations().length, 'every migration of this version is in')
      await proveBooks(database.owner, prooves)
      const shop = await openShop({ database, sample: false, work: false })
      try {
        const followers = startFollowers({
          app: database.app,
          gate: shop.services.gate,
          config: shop.config,
        })
        const sold = await buy(shop.client(), [{ sku: 'TEE-WHITE-M', quantity: 1 }])
        assert.equal(sold.status, 200, JSON.stringify(sold.body))
        await followers.caughtUp()
        await followers.stop()
        const [staff] = (await client.query(`select id from access.staff where role = 'owner' limit 1`)).rows
        assert.ok(staff)
        const orders = (await client.query('select id from orders.header order by id')).rows
        const listed = (
          await client.query(
            `select count(*)::int as n from reads.order_row r join kernel.follower f on f.name = 'order-rows' and f.state = 'live' and f.generation = r.generation`,
          )
        ).rows[0].n
        assert.equal(listed, orders.length)
        assert.equal(of<{ order: number }>(sold).order > 0, true)
        await proveBooks(database.owner, prooves)
        console.log(
          `# ${file}: ${done.rows} rows, ${orders.length} orders, ${rows[0].n} migrations, 0 errors`,
        )
      } finally {
        await shop.close()
      }
    } finally {
      await client.end()
      await database.drop()
    }
  })
