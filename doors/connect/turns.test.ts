/** What an outside system allows is allowed to all processes together. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { simulate } from '#connectors/amazon'
import { OwnTurns, type Turns } from '#doors/kit'
import { freshDatabase, type FreshDatabase } from '#testing'
import { SharedTurns } from './turns.ts'

let database: FreshDatabase, pool: pg.Pool
const amazon = await simulate()
before(async () => {
  database = await freshDatabase()
  pool = new pg.Pool(database.app)
})
after(async () => {
  await pool.end()
  await database.drop()
  await amazon.stop()
})
const turn = (operation: string, rate: number, burst: number) => ({
  operation,
  limit: { rate, burst },
  pace: 1,
})

/** A process of its own, told what to do once it stands; answers what it printed last. */
async function elsewhere(script: string): Promise<unknown> {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env: { ...process.env, AKINAI_TEST_APP: JSON.stringify(database.app) },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [status] = await once(child, 'exit')
  assert.equal(status, 0)
  return JSON.parse(said.trim().split('\n').at(-1)!)
}
const head = `
  import pg from 'pg'
  import { SharedTurns } from '#doors/connect'
  const pool = new pg.Pool(JSON.parse(process.env.AKINAI_TEST_APP))`

test('three processes that ask as fast as they can are given, together, a burst and then the rate', async () => {
  const [rate, burst, each] = [40, 10, 60]
  const script = `${head}
    const turns = new SharedTurns(pool, 1)
    const slots = []
    for (let i = 0; i < ${each}; i++) {
      const wait = await turns.take({ operation: 'fast', limit: { rate: ${rate}, burst: ${burst} }, pace: 1 }, 60000)
      slots.push(Date.now() + wait)
    }
    console.log(JSON.stringify(slots))
    await pool.end()`
  const slots = ((await Promise.all([1, 2, 3].map(() => elsewhere(script)))) as number[][])
    .flat()
    .toSorted((a, b) => a - b)
  assert.equal(slots.length, 3 * each)
  // In no stretch of time were more given than it allows; a moment's grace for the clocks of a busy machine.
  const grace = 0.1
  let closest = 0
  for (let i = 0; i < slots.length; i++)
    for (let k = i; k < slots.length; k++) {
      const most = burst + (slots[k]! - slots[i]!) * (rate / 1000) + grace * rate
      assert.ok(k - i + 1 <= most, `${k - i + 1} in ${slots[k]! - slots[i]!} ms`)
      closest = Math.max(closest, (k - i + 1) / most)
    }
  assert.ok(closest > 0.5, 'the limit was met')
  console.log(
    `# turns: 3 processes, ${slots.length} turns at ${rate} a second in ${((slots.at(-1)! - slots[0]!) / 1000).toFixed(1)} s`,
  )
})

test('whose turn is too far off takes none; what was used up stays so when the outside names another rate, or says that nothing is left', async () => {
  for (const turns of [new SharedTurns(pool, 2), new OwnTurns()] satisfies Turns[]) {
    const slow = turn('slow', 0.0056, 1)
    assert.equal(await turns.take(slow, 10_000), 0)
    for (let i = 0; i < 3; i++) assert.equal(await turns.take(slow, 10_000), undefined)
    await turns.told(slow, 10)
    const wait = await turns.take(slow, 10_000)
    assert.ok(wait !== undefined && wait > 0 && wait <= 101, String(wait))
    const some = turn('some', 1, 5)
    assert.equal(await turns.take(some, 0), 0)
    await turns.over(some)
    assert.equal(await turns.take(some, 0), undefined)
    const next = await turns.take(some, 10_000)
    assert.ok(next !== undefined && next > 500 && next <= 1001, String(next))
  }
})

test('two processes ask Amazon fifteen times together, as one may; each counting for itself is sent away', async () => {
  const script = (shared: boolean) => `${head}
    import { asking, Memory } from '#doors/kit'
    import { amazon } from '#connectors/amazon'
    const url = ${JSON.stringify(amazon.url)}
    const settings = { endpoint: url, tokens_endpoint: url, seller: 'SELLER', marketplace: 'A1VC38T7YXB528', client_id: 'c', client_secret: 's', refresh_token: 'r' }
    const ask = asking({ connector: amazon, settings, memory: new Memory(${shared ? 'new SharedTurns(pool, 3)' : ''}), record: () => {}, patience: { pause: 1, whole: 3000 } })
    const out = { ask, settings, now: new Date() }
    let answered = 0
    for (let i = 0; i < 12; i++) await amazon.greet(out).then(() => answered++, () => {})
    console.log(answered)
    await pool.end()`
  const there = async (method: string, at: string) =>
    (
      await fetch(`${amazon.url}/_simulator/${at}`, { method, ...(method === 'POST' && { body: '{}' }) })
    ).json()
  const throttled = async () => ((await there('GET', 'state')) as { throttled: number }).throttled
  const counts: number[][] = []
  for (const shared of [true, false]) {
    await there('POST', 'reset')
    const answered = (await Promise.all([1, 2].map(() => elsewhere(script(shared))))) as number[]
    counts.push([answered.reduce((a, b) => a + b, 0), await throttled()])
  }
  const [together, apart] = counts as [[number, number], [number, number]]
  assert.deepEqual(together, [15, 0])
  assert.ok(apart[1] > 0, 'each for itself is too often')
  console.log(
    `# Amazon: together ${together[0]} answered, 0 sent away; each for itself ${apart[1]} sent away`,
  )
})
