/**
 * P15: what slow, huge and silly clients cost the others. Calm and attack take turns in one run on one machine, so that
 * whatever else the machine does falls on both alike; attackers are a process of their own.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { prooves } from '#flows/reads'
import { buy, forkShop, openShop, proveBooks, type FreshDatabase } from '#testing'

export default async (database: FreshDatabase) => {
  const seen = await slowClients(database, { rounds: 3, window_ms: 8000, count: 500, megabytes: 1000 })
  for (const s of seen.states)
    assert.ok(s.p95 <= 2 * s.calm, `${s.kind}: p95 ${s.p95.toFixed(1)} ms against ${s.calm.toFixed(1)} ms`)
  assert.ok(seen.memory.after - seen.memory.before < 100, `memory ${JSON.stringify(seen.memory)}`)
  return seen.told
}

const kinds = [
  ['slow headers', 1],
  ['slow bodies', 1],
  ['unread answers', 1],
  ['unread streams', 0.2],
  ['idle connections', 4],
  ['huge bodies', 1],
  ['deep bodies', 1],
  ['many headers', 1],
] as const
type Said = { answers: Record<string, number>; sent: number }

const percentile = (of: number[], p: number) =>
  of.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(of.length * p) - 1)] ?? Number.NaN

export async function slowClients(
  database: FreshDatabase | undefined,
  ask: { rounds: number; window_ms: number; count: number; megabytes: number },
) {
  const shop = await openShop({ work: false, ...(database && { database }) })
  const other = await forkShop(shop, { AKINAI_LOG_LEVEL: 'error' })
  const memory = async () => {
    const text = await (await fetch(`${other.url}/metrics`)).text()
    return Number(/process_resident_memory_bytes (\d+)/.exec(text)![1]) / 1e6
  }
  const live = { on: true, state: 'warm' }
  const took = new Map<string, number[]>()
  const others: Promise<void>[] = []
  try {
    const owner = await other.staff('owner')
    const received = await owner('POST', '/admin/v1/stock/receipts', {
      place: 'east',
      lines: [{ sku: 'TEE-WHITE-M', quantity: 1_000_000 }],
    })
    assert.equal(received.status, 200)
    const timed = async (what: () => Promise<{ status: number }>) => {
      const { state } = live
      const began = performance.now()
      assert.equal((await what()).status, 200, `the others are served while ${state}`)
      const list = took.get(state) ?? []
      list.push(performance.now() - began)
      took.set(state, list)
    }
    for (let i = 0; i < 3; i++)
      others.push(
        (async () => {
          const client = other.client()
          while (live.on) {
            await timed(() => client('GET', '/store/v1/products?limit=20'))
            await timed(() => client('GET', '/store/v1/products/asanagi-mug'))
            await timed(() => buy(client, [{ sku: 'TEE-WHITE-M', quantity: 1 }]))
            await timed(() => owner('GET', '/admin/v1/orders?limit=20'))
          }
        })(),
      )
    const all = Promise.all(others)
    void all.catch(() => (live.on = false))
    // Warm: what the server holds after some load of its own, before anybody attacks.
    await sleep(4 * ask.window_ms)
    const before = await memory()
    let most = before
    const said = new Map<string, Said>()
    const held: string[] = []
    for (let round = 0; round < ask.rounds; round++)
      for (const [kind, share] of kinds) {
        live.state = `calm ${kind}`
        await sleep(ask.window_ms / 2)
        const count = Math.ceil(ask.count * share)
        const attack = attacker(kind, other.url, count, ask.megabytes, owner.cookie)
        await sleep(500)
        live.state = kind
        const until = performance.now() + ask.window_ms
        while (performance.now() < until && live.on) {
          most = Math.max(most, await memory())
          await sleep(250)
        }
        live.state = 'between'
        held.push((await memory()).toFixed(0))
        said.set(kind, add(said.get(kind), await attack.stop()))
        await sleep(500)
        if (!live.on) await all
      }
    live.on = false
    await all
    await sleep(2000)
    const after = await memory()
    assert.doesNotMatch(other.said(), /"fault"/)
    const { url } = other
    assert.equal((await fetch(`${url}/readyz`)).status, 200)
    await proveBooks(shop.database.owner, prooves)
    const states = kinds.map(([kind]) => ({
      kind,
      calm: percentile(took.get(`calm ${kind}`) ?? [], 0.95),
      p95: percentile(took.get(kind) ?? [], 0.95),
      requests: took.get(kind)?.length ?? 0,
      ...said.get(kind)!,
    }))
    const lines = states.map(
      (s) =>
        `${s.kind}: p95 ${s.p95.toFixed(1)} against ${s.calm.toFixed(1)} ms calm (${s.requests} requests; ${s.sent ? `${(s.sent / 1e9).toFixed(2)} GB sent, ` : ''}${Object.entries(
          s.answers,
        )
          .map(([what, n]) => `${n} × ${what}`)
          .join(', ')})`,
    )
    return {
      states,
      memory: { before, most, after },
      told: `${lines.join('; ')}; memory ${before.toFixed(0)} MB before, ${most.toFixed(0)} at most, ${after.toFixed(0)} after (at each attack's end: ${held.join(', ')})`,
    }
  } finally {
    live.on = false
    await Promise.allSettled(others)
    await other.close()
    await shop.close()
  }
}

function add(a: Said | undefined, b: Said): Said {
  if (!a) return b
  const answers = { ...a.answers }
  for (const [what, n] of Object.entries(b.answers)) answers[what] = (answers[what] ?? 0) + n
  return { answers, sent: a.sent + b.sent }
}
function attacker(kind: string, url: string, count: number, megabytes: number, cookie: string) {
  const program = path.join(import.meta.dirname, 'slow-clients-worker.ts')
  const child = spawn(process.execPath, [program, kind, url, String(count), String(megabytes), cookie], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  return {
    async stop(): Promise<Said> {
      child.stdin.end()
      await once(child, 'close')
      return JSON.parse(said) as Said
    },
  }
}
