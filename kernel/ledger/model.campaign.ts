/** P6: the ledger against the simplest ledger there can be, step by step: the same answers, the same balances. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import pg from 'pg'
import type { ClientConfig } from '#kernel/db'
import { Gate, type Tx } from '#kernel/gate'
import { uuid } from '#kernel/ids'
import { KeyReused, Refusal, refusal } from '#kernel/refusal'
import {
  account,
  balance,
  decide,
  isCounter,
  kind,
  level,
  move,
  post,
  prove,
  type Account,
  type Held,
} from './index.ts'

type Config = { owner: ClientConfig; app: ClientConfig }
export default async (config: Config): Promise<string> =>
  `${decisions(1_000_000)}; ${await against(config, 100_000)}`

const kinds = [
  kind({ number: 490, name: 'test.floor', book: 'points' }),
  kind({ number: 491, name: 'test.debt', book: 'points', floor: null }),
  kind({ number: 492, name: 'test.hold', book: 'points', ephemeral: true }),
  kind({ number: 493, name: 'test.open', book: 'points', floor: null, ephemeral: true }),
  kind({ number: 494, name: 'test.world', book: 'points', counter: true }),
]
const accounts: readonly Account[] = [0, 0, 1, 2, 2, 3, 4].map((k, i) =>
  account(kinds[k]!, i + 1, { unit: 9 }),
)
const Short = refusal<{ short: readonly (readonly [number, number])[] }>(
  'test.short',
  'refused',
  () => ['×'],
  () => ['×'],
)

type Step = { from: number; to: number; amount: number; level: boolean }
type Ask = { posts: readonly (readonly Step[])[] }
const step: fc.Arbitrary<Step> = fc
  .record({
    from: fc.nat(accounts.length - 1),
    by: fc.integer({ min: 1, max: accounts.length - 1 }),
    amount: fc.integer({ min: 1, max: 9 }),
    level: fc.boolean(),
  })
  .map((s) => {
    const to = (s.from + s.by) % accounts.length
    return {
      from: s.from,
      to,
      amount: s.amount,
      level: s.level && s.amount < 4 && !isCounter(accounts[s.from]!),
    }
  })
const ask = fc.record({
  posts: fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
})

const movesOf = (steps: readonly Step[]) =>
  steps.map((s) =>
    s.level
      ? level(accounts[s.from]!, s.amount, accounts[s.to]!)
      : move(accounts[s.from]!, accounts[s.to]!, s.amount),
  )

/** The simplest ledger: copy everything, move, look whether anything with a floor went below it on the way. */
class Simple {
  balances = accounts.map(() => 0)
  do({ posts }: Ask): { short: [number, number][] } | undefined {
    const now = [...this.balances]
    for (const steps of posts) {
      const short: [number, number][] = []
      for (const s of steps) {
        let { from, to, amount } = s
        if (s.level) {
          const by = s.amount - now[s.from]!
          if (by === 0) continue
          ;[from, to] = by > 0 ? [s.to, s.from] : [s.from, s.to]
          amount = Math.abs(by)
        }
        const { floor, counter } = accounts[from]!.kind
        if (!counter && floor !== null && now[from]! - amount < floor) short.push([from, now[from]!])
        now[from]! -= amount
        now[to]! += amount
      }
      if (short.length) return { short }
    }
    this.balances = now
    return undefined
  }
}

/** The pure decision alone, many requests over the same held balances. */
export function decisions(steps: number): string {
  let done = 0
  let refused = 0
  fc.assert(
    fc.property(fc.array(ask, { minLength: 20, maxLength: 60 }), (asks) => {
      const simple = new Simple()
      const held = new Map<number, Held>()
      for (const a of accounts)
        if (!isCounter(a)) held.set(a.id, { account: a, balance: 0, fresh: true, delta: 0 })
      for (const one of asks) {
        const posts = one.posts.map((steps) => ({
          moves: movesOf(steps),
          reason: 'test',
          ref: undefined,
          happenedAt: undefined,
          no: () => Short({ short: [] }),
        }))
        const expected = simple.do(one)
        const found = decide(posts, held)
        done++
        if (expected) refused++
        assert.deepEqual(
          'refusal' in found ? found.short.map((s) => [accounts.indexOf(s.account), s.has]) : undefined,
          expected?.short,
        )
        for (const h of held.values()) {
          assert.equal(h.balance, simple.balances[accounts.indexOf(h.account)])
          assert.equal(h.delta, h.balance)
        }
      }
    }),
    { numRuns: Math.ceil(steps / 30) },
  )
  assert.ok(refused > 0 && refused < done)
  return `decisions ${done}, refused ${refused}`
}

/** The whole way through a gate and PostgreSQL; one in five is a repetition, one in fifty bears another body. */
export async function against(config: Config, steps: number): Promise<string> {
  const gate = await Gate.open(config.app)
  const db = new pg.Client(config.app)
  await db.connect()
  const counts = { done: 0, refused: 0, repeated: 0, reused: 0 }
  const simple = new Simple()
  const answers: { key: string; ask: Ask; said: string }[] = []
  const flow = async (tx: Tx, a: Ask) => {
    await balance(tx, accounts[0]!)
    for (const steps of a.posts)
      post(tx, {
        moves: movesOf(steps),
        reason: 'test',
        no: (short) => Short({ short: short.map((s) => [accounts.indexOf(s.account), s.has] as const) }),
      })
    return { done: true }
  }
  const run = async (key: string, a: Ask): Promise<string> => {
    try {
      return JSON.stringify(await gate.run(flow, a, { key }))
    } catch (e) {
      if (!(e instanceof Refusal)) throw e
      return JSON.stringify(e.detail)
    }
  }
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(ask, fc.nat(99)), { minLength: 50, maxLength: 50 }),
        async (asks) => {
          for (const [one, chance] of asks) {
            const before = answers[answers.length - 1 - (chance % 7)]
            if (chance < 20 && before) {
              counts.repeated++
              assert.equal(await run(before.key, before.ask), before.said)
            } else if (chance < 22 && before) {
              counts.reused++
              await assert.rejects(run(before.key, { posts: [...before.ask.posts, []] }), KeyReused)
            } else {
              const key = uuid()
              const expected = simple.do(one)
              const said = await run(key, one)
              assert.equal(said, JSON.stringify(expected ?? { done: true }))
              if (expected) counts.refused++
              answers.push({ key, ask: one, said })
            }
            counts.done++
          }
          const { rows } = await db.query('select id, balance from ledger.account')
          const found = new Map(rows.map((r) => [r.id, r.balance]))
          accounts.forEach((a, i) => {
            if (!isCounter(a)) assert.equal(found.get(a.id) ?? 0, simple.balances[i])
            if (a.kind.ephemeral) assert.equal(found.has(a.id), simple.balances[i] !== 0)
          })
        },
      ),
      { numRuns: Math.ceil(steps / 50), endOnFailure: true },
    )
    assert.deepEqual((await prove(db)).differences, [])
    assert.ok(counts.refused > 0 && counts.repeated > 0 && counts.reused > 0)
    return `database steps ${counts.done}: refused ${counts.refused}, repeated ${counts.repeated}, other body ${counts.reused}, same as the model`
  } finally {
    await db.end()
    await gate.close()
  }
}
