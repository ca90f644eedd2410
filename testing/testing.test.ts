import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { freePort, freshDatabase, testPostgres } from '#testing'
import { proveOurs, query } from './postgres.ts'

const database = await freshDatabase()
after(() => database.drop())

test('a fresh database is migrated, empty of others, and gone when dropped', async () => {
  const other = await freshDatabase()
  await query(other.owner, 'create table public.scratch (number int)')
  const [seen] = await query(database.owner, "select to_regclass('public.scratch') as table")
  assert.equal(seen?.table, null)
  await other.drop()
  await assert.rejects(query(other.owner, 'select 1'), { code: '3D000' })
})

test('the application logs in as akinai_app, which owns nothing', async () => {
  const [who] = await query(database.app, 'select current_user as name')
  assert.equal(who?.name, 'akinai_app')
  const [owns] = await query(
    database.owner,
    "select count(*)::int as count from pg_class where relowner = 'akinai_app'::regrole",
  )
  assert.equal(owns?.count, 0)
})

test('a server without our mark is never touched', async () => {
  const { config } = await testPostgres()
  await assert.rejects(proveOurs({ config, mark: 'another' }), /not the one our tests started/)
})

test('a free port is one nobody listens on', async () => {
  assert.ok((await freePort()) > 1024)
})
