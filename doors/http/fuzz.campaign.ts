/** P18: requests made from our own description, and from what is nearly it: no fault, and every answer as described. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { TSchema } from 'typebox'
import { openShop, type FreshDatabase } from '#testing'
import { routes } from './index.ts'

export default () => fuzz(100_000, Date.now() % 2 ** 31)

export type Schema = {
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  pattern?: string
  patternProperties?: Record<string, Schema>
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
}
const wild = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    0,
    -1,
    1e308,
    -0.5,
    2 ** 53,
    true,
    [],
    {},
    'NaN',
    '\u0000',
    '\ud800',
    "' or 1=1 --",
    '../../etc/passwd',
    '<script>',
    '１２３',
    '😀',
    'a'.repeat(5000),
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer(),
  fc.double(),
  fc.jsonValue({ maxDepth: 3 }),
)
// What is there, so that not every request ends at "there is no such thing".
const known = fc.constantFrom(
  'MUG-WHITE',
  'TEE-WHITE-M',
  'east',
  'kyoto',
  'order-rows',
  '2400000010012',
  'asanagi-mug',
  'mall',
  'web',
)
function valueOf(s: Schema): fc.Arbitrary<unknown> {
  if (s.const !== undefined) return fc.constant(s.const)
  if (s.enum) return fc.constantFrom(...s.enum)
  if (s.anyOf) return fc.oneof(...s.anyOf.map(valueOf))
  switch (s.type) {
    case 'object':
      return fc
        .record(
          Object.fromEntries(Object.entries(s.properties ?? {}).map(([name, p]) => [name, valueOf(p)])),
          {
            requiredKeys: s.required ?? [],
          },
        )
        .map((o) => o as unknown)
    case 'array':
      return fc.array(valueOf(s.items ?? {}), {
        minLength: s.minItems ?? 0,
        maxLength: Math.min(s.maxItems ?? 5, (s.minItems ?? 0) + 4),
      })
    case 'string': {
      const made = s.pattern
        ? fc.stringMatching(new RegExp(s.pattern, 'u')).filter((t) => t.length <= (s.maxLength ?? 5000))
        : fc.string({
            unit: 'grapheme',
            minLength: s.minLength ?? 0,
            maxLength: Math.min(s.maxLength ?? 60, 60),
          })
      return fc.oneof({ weight: 3, arbitrary: made }, { weight: 1, arbitrary: known })
    }
    case 'integer':
      return fc.oneof(
        fc.integer({ min: s.minimum ?? -5, max: s.maximum ?? 1e9 }),
        fc.integer({ min: s.minimum ?? 0, max: Math.min(s.maximum ?? 30, (s.minimum ?? 0) + 30) }),
      )
    case 'number':
      return fc.double({ min: s.minimum ?? -1e6, max: s.maximum ?? 1e6, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return wild
  }
}
/** One place of a value replaced by anything at all, or taken away. */
const spoilt = (value: fc.Arbitrary<unknown>) =>
  fc.tuple(value, fc.nat(), wild, fc.boolean()).map(([v, at, bad, gone]) => {
    const copy = structuredClone(v)
    const places: [Record<string, unknown>, string][] = []
    const walk = (x: unknown) => {
      if (typeof x !== 'object' || x === null) return
      for (const [name, part] of Object.entries(x)) {
        places.push([x as Record<string, unknown>, name])
        walk(part)
      }
    }
    walk(copy)
    const place = places[at % Math.max(1, places.length)]
    if (!place) return bad
    if (gone) delete place[0][place[1]]
    else place[0][place[1]] = bad
    return copy
  })
const mixed = (schema: TSchema | undefined): fc.Arbitrary<unknown> => {
  if (!schema) return fc.constant(undefined)
  const good = valueOf(schema as Schema)
  return fc.oneof({ weight: 2, arbitrary: good }, { weight: 1, arbitrary: spoilt(good) })
}
const text = (v: unknown) => (typeof v === 'object' ? JSON.stringify(v) : String(v))

/** Sends so many requests as an owner; answers what came back. Every good answer is held against its description by the shop itself. */
export async function fuzz(requests: number, seed: number, database?: FreshDatabase): Promise<string> {
  const shop = await openShop({ work: true, ...(database && { database }) })
  let owner = await shop.staff('owner')
  const statuses = new Map<number, number>()
  const faults: string[] = []
  const seen = new Set<string>()
  // What ends the session, waits for a network, or never ends.
  const left = new Set(['events.stream', 'me.password', 'staff.sign_out'])
  const all = routes.filter((r) => !left.has(r.name))
  const each = Math.ceil(requests / all.length)
  try {
    for (const [n, r] of all.entries()) {
      const ask = fc.tuple(mixed(r.input.params), mixed(r.input.query), mixed(r.input.body))
      for (const [params, query, body] of fc.sample(ask, { numRuns: each, seed: seed + n })) {
        const path = r.path.replace(/:(\w+)/g, (_, name: string) =>
          encodeURIComponent(
            text((params as Record<string, unknown> | undefined)?.[name] ?? 'x')
              .toWellFormed()
              .slice(0, 300) || 'x',
          ),
        )
        const pairs = Object.entries((query ?? {}) as Record<string, unknown>)
          .filter(([, v]) => v !== undefined)
          .map(
            ([k, v]) =>
              `${encodeURIComponent(k.toWellFormed())}=${encodeURIComponent(text(v).toWellFormed())}`,
          )
        const at = path + (pairs.length ? `?${pairs.join('&')}` : '')
        const answer = await owner(r.method, at, r.method === 'GET' ? undefined : (body ?? {}))
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
        if (answer.status < 400) seen.add(r.name)
        if (answer.status >= 500 && answer.status !== 503)
          faults.push(
            `${r.name} ${at} ${JSON.stringify(body)?.slice(0, 300)}: ${JSON.stringify(answer.body).slice(0, 200)}`,
          )
        if (answer.status >= 400 && answer.status < 500) {
          const { code, title } = answer.body as { code?: string; title?: string }
          if (!code || !title)
            faults.push(
              `${r.name} ${at}: ${answer.status} without words: ${JSON.stringify(answer.body).slice(0, 200)} to ${JSON.stringify(body)?.slice(0, 200)}`,
            )
        }
        if (answer.status === 401 && r.who !== 'public' && r.who !== 'till') owner = await shop.staff('owner')
        if (faults.length > 20) break
      }
      if (faults.length > 20) break
    }
    assert.deepEqual(faults, [], `seed ${seed}`)
    shop.answers.demandNone()
  } finally {
    await shop.close()
  }
  const told = [...statuses].toSorted(([a], [b]) => a - b).map(([s, n]) => `${n} × ${s}`)
  return `seed ${seed}: ${[...statuses.values()].reduce((a, b) => a + b, 0)} requests to ${all.length} routes (${seen.size} answered well at least once): ${told.join(', ')}; 0 faults, 0 mismatches`
}
