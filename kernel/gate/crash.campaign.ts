/** P1: an acknowledged command survives a crash of the database, and the gate's patience bridges it. */
import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { appConfig, migrate } from '#kernel/db'
import { startEmbedded } from '#kernel/embedded'
import { uuid } from '#kernel/ids'
import { Refusal } from '#kernel/refusal'
import * as shop from './lab.ts'

export default () => crash(Number(process.env.KILLS ?? 200))

/** The server's processes, first the postmaster. */
function processesOf(postmaster: number): number[] {
  const children = fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return Number(/\) \S (\d+)/.exec(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'))![1]) === postmaster
      } catch {
        return false
      }
    })
  return [postmaster, ...children.map(Number)]
}
function kill(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL')
    return true
  } catch {
    return false
  }
}

export async function crash(kills: number): Promise<string> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-crash-'))
  fs.chmodSync(home, 0o755)
  const directory = path.join(home, 'postgres')
  const start = () =>
    startEmbedded({ directory, settings: { shared_buffers: '32MB', max_connections: '40' } })
  let server = await start()
  const { config } = server
  const postmaster = () =>
    Number(fs.readFileSync(path.join(directory, 'postmaster.pid'), 'utf8').split('\n')[0])
  try {
    await migrate(config)
    return await shop.inArena({ owner: config, app: appConfig(config), crashes: true }, async (a) => {
      const gate = await a.open({ patience: 60_000 })
      for (let sku = 1; sku <= 20; sku++) await gate.run(shop.receive, { sku, amount: 1_000_000 })
      const acknowledged: { key: string; order: number }[] = []
      const told: Record<string, number> = {}
      let order = 0
      let over = false
      const writers = Array.from({ length: 16 }, async () => {
        while (!over) {
          const mine = { key: uuid(), order: ++order }
          try {
            await gate.run(
              shop.holdAll,
              { order: mine.order, skus: [1 + (mine.order % 20)] },
              { key: mine.key },
            )
            acknowledged.push(mine)
          } catch (e) {
            if (e instanceof Refusal) throw e
            told[String(e)] = (told[String(e)] ?? 0) + 1
          }
        }
      })
      const sorts = { backend: 0, postmaster: 0, everything: 0 }
      for (let n = 0; n < kills; n++) {
        const before = acknowledged.length
        await sleep(50 + Math.random() * 150)
        const pid = postmaster()
        if (n % 3 === 0) {
          // One backend: the postmaster ends all others and recovers by itself.
          for (let struck = false; !struck; await sleep(5)) {
            const [row] = await query(
              config,
              `select pid from pg_stat_activity where usename = 'akinai_app' order by random() limit 1`,
            )
            struck = row !== undefined && kill(row.pid as number)
          }
          sorts.backend++
        } else {
          const all = n % 3 === 1 ? [pid] : processesOf(pid)
          sorts[n % 3 === 1 ? 'postmaster' : 'everything'] += Number(all.map(kill)[0])
          server = await start()
        }
        // The load must have come back by the gate's own patience before the next blow.
        const until = performance.now() + 30_000
        while (acknowledged.length < before + 50 && performance.now() < until) await sleep(10)
        assert.ok(acknowledged.length >= before + 50, `no recovery after kill ${n}`)
      }
      over = true
      await Promise.all(writers)
      const found = await query(
        config,
        `select count(*)::int as n from unnest($1::uuid[], $2::bigint[]) u(key, "order")
         where exists (select from kernel.request r where r.key = u.key and r.outcome->'ok'->>'order' = u."order"::text)
           and (select count(*) from ledger.transfer t where t.key = u.key) = 1`,
        [acknowledged.map((x) => x.key), acknowledged.map((x) => x.order)],
      )
      const doubled = await query(
        config,
        `select count(*)::int as n from (select credit from ledger.transfer where credit >> 44 = 502 group by 1 having count(*) > 1) d`,
      )
      const lost = acknowledged.length - (found[0]!.n as number)
      assert.equal(lost, 0)
      assert.equal(doubled[0]!.n, 0)
      assert.deepEqual(told, {}) // nobody was sent away: every outage was bridged
      assert.equal(sorts.backend + sorts.postmaster + sorts.everything, kills)
      assert.ok(gate.stats.reruns > 0)
      return `kills ${kills} (backend ${sorts.backend}, postmaster ${sorts.postmaster}, everything ${sorts.everything}), acknowledged ${acknowledged.length}, found ${found[0]!.n}, lost ${lost}, doubled 0, commits tried again ${gate.stats.reruns}, splits ${gate.stats.splits}`
    })
  } finally {
    await server.stop('immediate')
    fs.rmSync(home, { recursive: true, force: true })
  }
}
async function query(config: pg.ClientConfig, text: string, values: unknown[] = []) {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client(config)
    client.on('error', () => {})
    try {
      await client.connect()
      return (await client.query(text, values)).rows as Record<string, unknown>[]
    } catch (e) {
      if (tries > 100) throw e
      await sleep(50)
    } finally {
      await client.end().catch(() => {})
    }
  }
}
