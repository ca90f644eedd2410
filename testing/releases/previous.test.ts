/** P22, daily: what the previous version says to the database is still understood and allowed. It running beside this one: `npm run campaign beside`. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { freshDatabase, query } from '#testing'
import { statements } from './previous.ts'

/** Each statement is planned as the application's role: names, types and rights. An insert must also name every column that wants a value. */
async function misunderstood(database: { owner: pg.ClientConfig; app: pg.ClientConfig }): Promise<string[]> {
  const wanted = new Map<string, string[]>()
  for (const r of await query(
    database.owner,
    `select c.oid::regclass::text as name, a.attname as "column" from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema|pgboss)' and a.attnum > 0 and not a.attisdropped and a.attnotnull and not a.atthasdef and a.attidentity = ''`,
  )) {
    const name = String(r.name).replaceAll('"', '')
    wanted.set(name, [...(wanted.get(name) ?? []), String(r.column)])
  }
  const wrong: string[] = []
  const client = new pg.Client(database.app)
  await client.connect()
  try {
    for (const text of statements()) {
      try {
        await client.query(`explain (generic_plan) ${text}`)
      } catch (e) {
        wrong.push(`${(e as Error).message}: ${text.trim().slice(0, 120)}`)
      }
      for (const [, name = '', columns = ''] of text.matchAll(/insert into ([\w.]+)\s*\(([^)]*)\)/gi)) {
        const named = new Set(columns.split(',').map((c) => c.trim().replaceAll('"', '')))
        for (const column of wanted.get(name) ?? [])
          if (!named.has(column)) wrong.push(`${name}.${column} wants a value: ${text.trim().slice(0, 120)}`)
      }
    }
  } finally {
    await client.end()
  }
  return wrong
}

test('everything that the previous version says is understood by this version’s schema', async () => {
  assert.ok(statements().length > 150)
  assert.ok(statements().filter((text) => /^\s*insert/i.test(text)).length > 20)
  const database = await freshDatabase()
  try {
    assert.deepEqual(await misunderstood(database), [])
    console.log(`# ${statements().length} statements of the previous version, 0 misunderstood`)
  } finally {
    await database.drop()
  }
})

for (const [what, breach, said] of [
  ['a column is taken away', 'alter table orders.header drop column terms', /terms/],
  ['a column is renamed', 'alter table stock.shelf rename column place to spot', /place/],
  [
    'a column comes that wants a value',
    'alter table payments.record add column clerk bigint not null',
    /payments\.record\.clerk/,
  ],
  ['a right is taken away', 'revoke update on carts.cart from akinai_app', /permission denied/],
  [
    'a type changes',
    "alter table catalog.sku alter column code type bytea using convert_to(code, 'UTF8')",
    /bytea|operator/,
  ],
] as const)
  test(`planted: ${what}, and the previous version’s statements say so`, async () => {
    const database = await freshDatabase()
    try {
      await query(database.owner, breach)
      const wrong = await misunderstood(database)
      assert.ok(wrong.length > 0 && wrong.every((line) => said.test(line)), wrong.join('\n'))
    } finally {
      await database.drop()
    }
  })
