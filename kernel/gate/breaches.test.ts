/** A suite that sees nothing proves nothing: the kernel is copied, broken in one place, and the claim named beside it must fail. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { freshDatabase, type FreshDatabase } from '#testing'
import { claims } from './claims.ts'

const root = path.resolve(import.meta.dirname, '../..')
const home = path.join(root, '.cache', `breaches-${process.pid}`)
type Breach = { file: string; find: string; put: string; claim: string }

const breaches: Record<string, Breach> = {
  'guards are not compared': {
    file: 'gate/gate.ts',
    find: 'versions.get(`${g.table.rank} ${g.id}`) !== g.version',
    put: 'false && versions.get(`${g.table.rank} ${g.id}`) !== g.version',
    claim: 'one cart placed by two hundred at once, through two gates: one order',
  },
  'a version does not change within the batch': {
    file: 'gate/gate.ts',
    find: 'versions.set(row, versions.get(row)! + 1)',
    put: 'versions.set(row, versions.get(row)!)',
    claim: 'a hundred changes of one row: all succeed, one after another',
  },
  'every connection locks in an order of its own': {
    file: 'gate/gate.ts',
    find: "order by id for no key update'",
    put: "order by hashint8(id # pg_backend_pid()) for no key update'",
    claim: 'lines in every order over eight lanes of two gates: no deadlock',
  },
  'a refusal keeps its deltas': {
    file: 'ledger/ledger.ts',
    find: '      undo()\n',
    put: '',
    claim: 'a refusal in the middle of a batch leaves the others, and nothing is split',
  },
  'keys are not looked up': {
    file: 'gate/gate.ts',
    find: 'known.get(p.key)',
    put: 'known.get(`${p.key} `)',
    claim:
      'the same key answers the same: at once, later, by another gate, also a refusal; another body is a conflict',
  },
  'floors are not decided': {
    file: 'ledger/ledger.ts',
    find: 'source.balance - amount < from.kind.floor',
    put: 'source.balance - amount < -Infinity',
    claim: 'a thousand buyers, ten units: ten orders, and no batch was split',
  },
  'nobody plans again': {
    file: 'gate/gate.ts',
    find: 'p.tx.seen.get(s.account.id) !== s.stood',
    put: 'false',
    claim: 'one gate, two shelves: whoever planned with a shelf that others emptied plans again',
  },
  'the answer comes before the commit': {
    file: 'gate/gate.ts',
    find: 'if (kept.length) {',
    put: 'for (const p of kept) this.#say(p, p.said, position)\n      if (kept.length) {',
    claim: 'a failed flush isolates the culprit',
  },
  'a lost connection is not tried again': {
    file: 'gate/gate.ts',
    find: 'const patient = out',
    put: 'const patient = error === undefined && out',
    claim: 'connections cut in mid-flight: every request is answered, none is done twice',
  },
  'a twin does not wait at its key': {
    file: 'gate/gate.ts',
    find: "e.constraint === 'request_pkey' ||",
    put: '',
    claim: 'twins in two gates at once, with and without a shared row to wait for: one effect each',
  },
  'an account that another opened is added to': {
    file: 'gate/write.ts',
    find: 'unnest(${unnest(Object.values(columns))})`',
    put: "unnest(${unnest(Object.values(columns))})${name === 'new accounts' ? ' on conflict (id) do update set balance = ledger.account.balance + excluded.balance' : ''}`",
    claim: 'counts race with moves, and two first counts do not add up',
  },
  'one bad read fails its neighbours': {
    file: 'gate/reads.ts',
    find: 'asked.size === 1 || lost(e)',
    put: 'asked.size > 0 || lost(e)',
    claim: 'one bad key in a coalesced read fails one request, and the connection stays good',
  },
  'batches are not limited by rows': {
    file: 'gate/gate.ts',
    find: 'rows > this.#max.rows',
    put: 'rows > Infinity',
    claim: 'a batch is limited by its rows: a huge request does not hold the others',
  },
  'children are written before their parents': {
    file: 'gate/write.ts',
    find: 'inserts].sort((a, b) => a[0].rank - b[0].rank)',
    put: 'inserts].sort((a, b) => b[0].rank - a[0].rank)',
    claim: 'parents and children come in one batch, in any order of recording, and by two gates at once',
  },
}

let db: FreshDatabase
before(async () => {
  db = await freshDatabase()
})
after(async () => {
  fs.rmSync(home, { recursive: true, force: true })
  await db.drop()
})

function copy(breach?: Breach): string {
  fs.rmSync(home, { recursive: true, force: true })
  for (const room of ['gate', 'ledger', 'journal', 'db', 'ids', 'refusal', 'time'])
    fs.cpSync(path.join(root, 'kernel', room), path.join(home, 'kernel', room), { recursive: true })
  fs.writeFileSync(
    path.join(home, 'package.json'),
    '{ "type": "module", "imports": { "#kernel/*": "./kernel/*/index.ts" } }',
  )
  if (breach) {
    const file = path.join(home, 'kernel', breach.file)
    const text = fs.readFileSync(file, 'utf8')
    assert.equal(text.split(breach.find).length, 2, `${breach.file} has not exactly one "${breach.find}"`)
    fs.writeFileSync(
      file,
      text.replace(breach.find, () => breach.put),
    )
  }
  return path.join(home, 'kernel/gate/claims-worker.ts')
}
async function run(program: string, claim: string): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [program, claim], {
    env: { ...process.env, AKINAI_LAB: JSON.stringify({ owner: db.owner, app: db.app }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (t) => (said += t))
  const timer = setTimeout(() => child.kill('SIGKILL'), 12_000) // hanging is a way to notice, too
  const [code] = await once(child, 'close')
  clearTimeout(timer)
  return { code, said }
}

test('an honest copy of the kernel keeps a claim', { timeout: 60_000 }, async () => {
  const { code, said } = await run(copy(), 'a failed flush isolates the culprit')
  assert.equal(code, 0, said)
})
for (const [name, breach] of Object.entries(breaches))
  test(`noticed: ${name}`, { timeout: 60_000 }, async () => {
    assert.ok(claims[breach.claim], breach.claim)
    const { code, said } = await run(copy(breach), breach.claim)
    // 9: the claim failed. null: it hung. Anything else would be a copy that does not run at all.
    assert.ok(code === 9 || code === null, `not noticed (${code}): ${said.slice(-600)}`)
    console.log(`# ${said.trim().split('\n').at(-1)?.slice(0, 140) || 'hung'}`)
  })
