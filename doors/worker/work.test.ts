/** Connections are lost in the middle of background work: that work fails, and nothing else does. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { openVault } from '#domains/persons'
import { pool } from '#kernel/db'
import { freshDatabase } from '#testing'
import { runProof } from './work.ts'

test('a database that goes away under the proof, or under a connection that is lent out, ends that work and not the process', async () => {
  const database = await freshDatabase()
  const [owner, holder] = [new pg.Client(database.owner), new pg.Client(database.owner)]
  await owner.connect()
  await holder.connect()
  const connections = pool(database.app, 2)
  const end = async (what: string, values: unknown[]) => {
    for (let n = 0; ; n++) {
      const { rowCount } = await owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and ${what}`,
        values,
      )
      if (rowCount) return
      assert.ok(n < 200, 'nobody is at it')
      await new Promise((r) => setTimeout(r, 25))
    }
  }
  try {
    await holder.query('begin')
    await holder.query('lock table ledger.transfer in access exclusive mode')
    const proof = runProof(database.app, connections, openVault(Buffer.alloc(32, 1)))
    const refused = assert.rejects(proof)
    await end(`application_name = 'akinai proof' and wait_event_type = 'Lock'`, [])
    await refused
    await holder.query('rollback')

    const lent = await connections.connect()
    const { rows } = await lent.query('select pg_backend_pid() as pid')
    await end('pid = $1', [rows[0].pid])
    // Nobody asks it anything when it hears of its end.
    await new Promise((r) => setTimeout(r, 200))
    await assert.rejects(lent.query('select 1'))
    lent.release(true)
    // The next one is another.
    assert.equal((await connections.query('select 1 as one')).rows[0].one, 1)
  } finally {
    await connections.end()
    await holder.end()
    await owner.end()
    await database.drop()
  }
})
