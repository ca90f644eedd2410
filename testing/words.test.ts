/** What the books and the journal say in codes, people read in words. */
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { adjustReasons } from '#domains/points'
import { events } from '#kernel/journal'
import { refusals, words as wordsOf } from '#kernel/refusal'

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8')
/** Of each language, the console's words under one name. */
const words = (name: string) =>
  [...read('apps/console/src/labels.ts').matchAll(new RegExp(`^    ${name}: \\{$(.*?)^    \\}`, 'gms'))].map(
    ([, block]) => new Set([...block!.matchAll(/^ +'?([\w.:]+)'?: ['`]/gm)].map(([, key]) => key!)),
  )

test('every movement that is posted has words in both languages', () => {
  const [, adjust] = /reason: Type\.Enum\(\[(.*?)\]/.exec(read('doors/http/routes/stock.ts'))!
  const reasons = fs
    .globSync('domains/*/*.ts', { cwd: root })
    .flatMap((file) => [...read(file).matchAll(/reason: ['`]((?:stock|payments|points)\.[^'`]+)['`]/g)])
    .flatMap(([, reason]) =>
      reason!.includes('$')
        ? (reason!.startsWith('points.')
            ? adjustReasons
            : [...adjust!.matchAll(/\w+/g)].map(([code]) => code)
          ).map((code) => reason!.replace(/\$\{.*\}/, code))
        : [reason!],
    )
  assert.ok(new Set(reasons).size > 20)
  const said = words('reason')
  assert.equal(said.length, 2)
  for (const has of said)
    assert.deepEqual(
      reasons.filter((r) => !has.has(r)),
      [],
    )
})

test('everything that happens to an order has words in both languages', async () => {
  for (const face of fs.globSync('domains/*/index.ts', { cwd: root })) await import(path.join(root, face))
  const kinds = [...events.values()]
    .filter((k) => 'order' in (k.shape as { properties: object }).properties && k.kind !== 'points.moved')
    .map((k) => k.kind)
  assert.ok(kinds.length > 10)
  for (const has of words('event'))
    assert.deepEqual(
      kinds.filter((k) => !has.has(k)),
      [],
    )
})

test('every event that a webhook can be sent has words in both languages', () => {
  const told = [...read('apps/console/src/webhook-words.ts').matchAll(/^    event: \{$(.*?)^    \}/gms)].map(
    ([, block]) => new Set([...block!.matchAll(/^ +'([\w.]+)': '/gm)].map(([, key]) => key!)),
  )
  assert.equal(told.length, 2)
  const kinds = [...events.keys()].filter((k) => k !== 'webhooks.endpoint_changed' && !k.startsWith('test.'))
  for (const words of told) assert.deepEqual([...words].toSorted(), kinds.toSorted())
})

test('everything that the audit log tells, and every permission, has words in both languages', async () => {
  const { routes } = await import('#doors/http')
  const { permissions } = await import('#domains/access')
  const keys = (block: string) =>
    [...block.matchAll(/^ +'?([\w.]+)'?: '/gm)].map(([, key]) => key!).toSorted()
  const deeds = [...read('apps/console/src/audit-words.ts').matchAll(/^    deeds: \{$(.*?)^    \}/gms)]
  const expected = routes
    .filter((r) => r.path.startsWith('/admin/') && r.audit !== 'never')
    .filter((r) => r.method !== 'GET' || r.audit !== undefined)
    .map((r) => r.name)
    .toSorted()
  assert.deepEqual(
    deeds.map(([, block]) => keys(block!)),
    [expected, expected],
  )
  const may = [...read('apps/console/src/permission-words.ts').matchAll(/^  (?:ja|en): \{$(.*?)^  \}/gms)]
  assert.deepEqual(
    may.map(([, block]) => keys(block!)),
    [permissions.toSorted(), permissions.toSorted()],
  )
})

test('every refusal says what happened and what to do next, in both languages', async () => {
  for (const face of fs.globSync('{domains,flows,doors}/*/index.ts', { cwd: root }))
    await import(path.join(root, face))
  // Any detail at all: it reads as 1, and as an empty list.
  const any: object = new Proxy(() => '1', {
    get: (_, name) => (name === Symbol.toPrimitive ? () => '1' : name === 'map' ? () => [] : any),
    apply: () => '1',
  })
  const mute: string[] = []
  for (const code of refusals.keys()) {
    // What is wrong with a file is told beside its rows, where it is to be mended.
    if (/^imports\.(?:file|cell|row)_|^test\./.test(code)) continue
    for (const lang of ['ja', 'en'] as const) {
      const said = wordsOf(code, any as Record<string, unknown>, lang)
      if (!said.title || !said.todo) mute.push(`${code} ${lang}`)
    }
  }
  assert.ok(refusals.size > 100)
  assert.deepEqual(mute, [])
})
