/**
 * What was ever written to the journal must stay readable. Each version of each kind of event has a golden file, made once
 * and never changed: `UPDATE_GOLDEN=1` writes those that are missing, from the shapes, and touches no other.
 */
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import type { TSchema } from 'typebox'
import { events, type EventKind } from '#kernel/journal'

const root = path.resolve(import.meta.dirname, '..')
const home = path.join(import.meta.dirname, 'golden')
const fileOf = (kind: string, version: number) => path.join(home, `${kind}.v${version}.json`)
for (const face of fs.globSync('domains/*/index.ts', { cwd: root })) await import(path.join(root, face))
const kinds = [...events.values()] as unknown as EventKind[]

/** One of everything, also of what may be absent. */
function sample(shape: TSchema): unknown {
  const s = shape as {
    type?: string
    const?: unknown
    anyOf?: TSchema[]
    items?: TSchema
    properties?: Record<string, TSchema>
    enum?: unknown[]
  }
  if (s.const !== undefined) return s.const
  if (s.enum) return s.enum[0]
  if (s.anyOf) return sample(s.anyOf[0]!)
  if (s.type === 'object')
    return Object.fromEntries(Object.entries(s.properties ?? {}).map(([name, of]) => [name, sample(of)]))
  if (s.type === 'array') return s.items ? [sample(s.items)] : []
  if (s.type === 'integer' || s.type === 'number') return 1
  if (s.type === 'boolean') return true
  if (s.type === 'null') return null
  assert.equal(s.type, 'string', `no sample for ${JSON.stringify(shape)}`)
  return 'text'
}
const read = (file: string) => JSON.parse(fs.readFileSync(file, 'utf8')) as unknown

test('every version of every event has its golden file, and each is read as today', () => {
  let files = 0
  for (const kind of kinds)
    for (let version = 1; version <= kind.version; version++) {
      const file = fileOf(kind.kind, version)
      if (process.env.UPDATE_GOLDEN && !fs.existsSync(file) && version === kind.version) {
        fs.mkdirSync(home, { recursive: true })
        fs.writeFileSync(file, JSON.stringify(sample(kind.shape), null, 2) + '\n')
      }
      assert.ok(fs.existsSync(file), `${path.relative(root, file)} is missing: UPDATE_GOLDEN=1 makes it`)
      const body = read(file)
      const now = kind.read(version, body)
      if (version === kind.version) assert.deepEqual(now, body)
      files++
    }
  assert.ok(files > 0)
  console.log(`# kinds ${kinds.length}, golden files ${files}`)
})
test('no golden file is left of an event that is no longer known', () => {
  const known = new Set(
    kinds.flatMap((k) => Array.from({ length: k.version }, (_, i) => path.basename(fileOf(k.kind, i + 1)))),
  )
  assert.deepEqual(
    fs.readdirSync(home).filter((name) => !known.has(name)),
    [],
  )
})
test('a shape that changes without a new version is noticed', () => {
  for (const kind of kinds) {
    const body = read(fileOf(kind.kind, kind.version)) as Record<string, unknown>
    for (const name of Object.keys(body)) {
      const { [name]: _, ...less } = body
      const optional = !((kind.shape as { required?: string[] }).required ?? []).includes(name)
      if (!optional)
        assert.throws(() => kind.read(kind.version, less), new RegExp(kind.kind.replace('.', '\\.')))
    }
  }
})
