/**
 * Filling a column of a table that is in use. A migration whose first line says
 *   `-- in batches: orders.header by id`            (or `… by id, 200 at a time`)
 * is one statement over the rows whose key lies between $1 and $2:
 *   `update orders.header set channel_kind = … where id between $1 and $2 and channel_kind is null`
 * It runs over the table in the key's order, each batch in a transaction of its own: a row is locked for a moment, not for the
 * whole table's time. How far it has come commits with the batch, so whatever ends it, it goes on from there.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

export type InBatches = { readonly table: string; readonly key: string; readonly size: number }

export function inBatches(text: string): InBatches | undefined {
  const said = /^-- in batches: ([a-z_]+\.[a-z_]+) by ([a-z_]+)(?:, (\d+) at a time)?\s*\n/.exec(text)
  if (!said) return undefined
  return { table: said[1]!, key: said[2]!, size: Number(said[3] ?? 500) }
}

export async function backfill(
  client: pg.Client,
  m: { room: string; name: string; text: string },
  batches: InBatches,
  log: (line: string) => void,
): Promise<void> {
  const { table, key, size } = batches
  await client.query(
    `create table if not exists kernel.backfill (room text not null, name text not null, reached text not null, rows bigint not null, at timestamptz not null default now(), primary key (room, name))`,
  )
  const { rows: types } = await client.query(
    `select format_type(a.atttypid, a.atttypmod) as type from pg_attribute a where a.attrelid = $1::regclass and a.attname = $2`,
    [table, key],
  )
  if (types.length !== 1) throw new Error(`${m.room}/${m.name}: ${table} has no column ${key}`)
  const { type } = types[0] as { type: string }
  const before = await client.query(
    'select reached, rows from kernel.backfill where room = $1 and name = $2',
    [m.room, m.name],
  )
  let reached: string | null = before.rows[0]?.reached ?? null
  let done = Number(before.rows[0]?.rows ?? 0)
  let told = performance.now()
  for (let stuck = 0; ;) {
    try {
      await client.query('begin')
      await client.query(`set local lock_timeout = '2s'`)
      const { rows } = await client.query({
        text: `select ${key}::text as key from ${table} where $1::${type} is null or ${key} > $1::${type} order by ${key} limit ${size}`,
        values: [reached],
      })
      const last: string | undefined = rows.at(-1)?.key
      if (last === undefined) {
        await client.query('rollback')
        return
      }
      const filled = await client.query({ text: m.text, values: [rows[0].key, last] })
      await client.query({
        text: `insert into kernel.backfill (room, name, reached, rows) values ($1, $2, $3, $4)
          on conflict (room, name) do update set reached = excluded.reached, rows = excluded.rows, at = now()`,
        values: [m.room, m.name, last, done + (filled.rowCount ?? 0)],
      })
      await client.query('commit')
      reached = last
      done += filled.rowCount ?? 0
      stuck = 0
    } catch (e) {
      await client.query('rollback')
      // Somebody holds a row for long, or crossed our way: the same batch again, a little later.
      if (!/^(55P03|40)/.test((e as { code?: string }).code ?? '') || ++stuck > 20) throw e
      await sleep(100 * stuck)
    }
    if (performance.now() - told > 1000) {
      log(`${m.room}/${m.name}: ${done} rows, up to ${key} ${reached}`)
      told = performance.now()
    }
    // Room for whoever works on the same rows.
    await sleep(2)
  }
}
