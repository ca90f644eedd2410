import assert from 'node:assert/strict'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { after, before, test } from 'node:test'
import { freshDatabase, type FreshDatabase } from '#testing'
import { crash } from './crash.campaign.ts'
import * as shop from './lab.ts'

let db: FreshDatabase
const children = new Set<ChildProcess>()
before(async () => {
  db = await freshDatabase()
})
after(async () => {
  for (const child of children) child.kill('SIGKILL')
  await db.drop()
})
function worker(mode: string, first: number): ChildProcess {
  const child = fork(path.join(import.meta.dirname, 'load-worker.ts'), [mode, `${first}`], {
    env: { ...process.env, AKINAI_LAB: JSON.stringify({ owner: db.owner, app: db.app }) },
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

test(
  'P1: twenty kills of the database under sixteen writers: nothing acknowledged is lost, nothing is done twice',
  { timeout: 180_000 },
  async () => {
    console.log(`# ${await crash(20)}`)
  },
)

test(
  'P2: the server process is killed under load: what was acknowledged is there, once',
  { timeout: 60_000 },
  async () => {
    const said = await shop.inArena(db, async (a) => {
      for (let sku = 1; sku <= 20; sku++) await a.gate.run(shop.receive, { sku, amount: 1_000_000 })
      let acknowledged = 0
      for (let round = 0; round < 6; round++) {
        const keys: string[] = []
        const child = worker('load', round * 1_000_000)
        child.on('message', (key) => keys.push(String(key)))
        while (keys.length < 200) await sleep(10)
        await sleep(Math.random() * 300)
        child.kill('SIGKILL')
        await once(child, 'close')
        const { rows } = await a.db.query(
          `select count(*)::int as n from kernel.request r where key = any($1::uuid[]) and r.outcome ? 'ok' and (select count(*) from ledger.transfer t where t.key = r.key) = 1`,
          [keys],
        )
        assert.equal(rows[0].n, keys.length)
        acknowledged += keys.length
      }
      return `kills 6, acknowledged ${acknowledged}, lost 0`
    })
    console.log(`# ${said}`)
  },
)

test(
  'lines in opposite orders in two processes: no deadlock, nothing tried again',
  { timeout: 60_000 },
  async () => {
    const said = await shop.inArena(db, async (a) => {
      for (let sku = 1; sku <= 20; sku++) await a.gate.run(shop.receive, { sku, amount: 1_000_000 })
      const dead = async () => {
        await sleep(1100)
        return (await a.db.query('select deadlocks from pg_stat_database where datname = current_database()'))
          .rows[0].deadlocks
      }
      const before = await dead()
      const done = await Promise.all(
        ['up', 'down'].map(async (mode, i) => {
          const [stats] = await once(worker(mode, i * 1_000_000), 'message')
          return stats as { requests: number; commits: number; splits: number; reruns: number }
        }),
      )
      assert.equal(await dead(), before)
      for (const s of done) assert.deepEqual([s.requests, s.splits, s.reruns], [1500, 0, 0])
      return `requests 2 × 1,500 × 20 lines, commits ${done.map((s) => s.commits).join(' + ')}, deadlocks 0, reruns 0`
    })
    console.log(`# ${said}`)
  },
)
