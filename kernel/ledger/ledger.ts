/**
 * Double entry: whatever counts moves between accounts, and nothing else changes a balance.
 * This file is pure. `post` records what a request wants moved; `decide` is called by the gate under lock, in arrival order.
 */
import assert from 'node:assert/strict'
import { Refusal } from '#kernel/refusal'

export type Book = 'stock' | 'points' | 'money'
/** A sort of account, declared once by the domain that owns it. The number is stored and never reused. */
export type Kind = {
  readonly number: number
  readonly name: string
  readonly book: Book
  /** 0: never below zero. null: may owe. */
  readonly floor: number | null
  /** Has no row and no lock, and is summed from its transfers: the outside (suppliers, sales, tax), which everybody touches at once. */
  readonly counter: boolean
  /** Its row leaves when the balance reaches zero: a hold, an amount owed. */
  readonly ephemeral: boolean
}
export type Dimensions = {
  readonly unit: number
  readonly currency?: string
  readonly place?: number
  readonly condition?: number
  readonly lot?: number
  readonly stockOwner?: number
  readonly shop?: number
}
export type Account = {
  readonly id: number
  readonly kind: Kind
  readonly owner: number
  readonly of: Dimensions
}

const span = 2 ** 44
const all = new Map<number, Kind>()
export const kinds: ReadonlyMap<number, Kind> = all

export function kind(k: {
  number: number
  name: string
  book: Book
  floor?: null
  counter?: true
  ephemeral?: true
}): Kind {
  assert(Number.isInteger(k.number) && k.number > 0 && k.number < 512, `kind ${k.number}`)
  assert(
    !all.has(k.number) && ![...all.values()].some((x) => x.name === k.name),
    `kind ${k.number} ${k.name} is declared twice`,
  )
  const made: Kind = {
    number: k.number,
    name: k.name,
    book: k.book,
    floor: k.counter || k.floor === null ? null : 0,
    counter: k.counter ?? false,
    ephemeral: k.ephemeral ?? false,
  }
  all.set(k.number, made)
  return made
}

export function account(k: Kind, owner: number, of: Dimensions): Account {
  assert(Number.isSafeInteger(owner) && owner >= 0 && owner < span, `account owner ${owner}`)
  return { id: k.number * span + owner, kind: k, owner, of }
}
/** The kind and owner that an account's number is made of. */
export const numbersOf = (id: number): { kind: number; owner: number } => ({
  kind: Math.floor(id / span),
  owner: id % span,
})
export const isCounter = (a: Account): boolean => a.kind.counter

export type Move = { readonly from: Account; readonly to: Account; readonly amount: number }
/** Brings an account to a told balance (a count); how much that moves, and which way, is known only under lock. */
export type Level = { readonly level: Account; readonly against: Account; readonly to: number }
export type Short = {
  readonly account: Account
  readonly wanted: number
  readonly has: number
  /** Before this request touched it. */
  readonly stood: number
}
export type Post = {
  readonly moves: readonly (Move | Level)[]
  readonly reason: string
  readonly ref: number | undefined
  readonly happenedAt: Date | undefined
  readonly no: (short: Short[]) => Refusal
}
/** What the gate gives a flow. The ledger knows no more of it than this. */
export type Recorder = { post(p: Post): void }
export type Balances = { balance(a: Account): Promise<number> }

export const move = (from: Account, to: Account, amount: number): Move => ({ from, to, amount })
export const level = (a: Account, to: number, against: Account): Level => ({ level: a, to, against })

function same(a: Account, b: Account) {
  assert(a.id !== b.id, `${a.kind.name} ${a.owner} to itself`)
  assert(
    a.kind.book === b.kind.book && a.of.unit === b.of.unit && a.of.currency === b.of.currency,
    `${a.kind.name} and ${b.kind.name} count different things`,
  )
}

/**
 * Records moves. Whether the balances allow them is decided when the request commits, in arrival order and under lock;
 * where they do not, the whole request is refused with what `no` says. A post without `no` must not be able to fall short.
 */
export function post(
  tx: Recorder,
  ask: {
    moves: readonly (Move | Level)[]
    reason: string
    ref?: number
    happenedAt?: Date
    no?: (short: Short[]) => Refusal
  },
): void {
  for (const m of ask.moves) {
    if ('level' in m) {
      assert(Number.isSafeInteger(m.to), `level ${m.to}`)
      assert(!m.level.kind.counter, `${m.level.kind.name} is a counter: it has no level`)
      same(m.level, m.against)
    } else {
      assert(Number.isSafeInteger(m.amount) && m.amount > 0, `amount ${m.amount}`)
      same(m.from, m.to)
    }
  }
  tx.post({
    moves: ask.moves,
    reason: ask.reason,
    ref: ask.ref,
    happenedAt: ask.happenedAt,
    no: ask.no ?? short,
  })
}
function short(s: Short[]): Refusal {
  throw new Error(
    `fell short without a refusal: ${s.map((x) => `${x.account.kind.name} ${x.account.owner} has ${x.has} of ${x.wanted}`).join(', ')}`,
  )
}

/** What is there now, unlocked, to plan with. Should a post made from such a plan fall short because the balance has moved since, the flow runs again. */
export const balance = (tx: Balances, a: Account): Promise<number> => tx.balance(a)

/** A stored account as it stands under lock. `delta` is what the batch has moved so far. */
export type Held = { readonly account: Account; balance: number; readonly fresh: boolean; delta: number }
export type Entry = { debit: Account; credit: Account; amount: number; post: Post }

/** Applies a request's posts to the locked balances, all or none; returns its entries, or why not. */
export function decide(
  posts: readonly Post[],
  held: ReadonlyMap<number, Held>,
): { entries: Entry[] } | { refusal: Refusal; short: Short[] } {
  const entries: Entry[] = []
  const stood = new Map<number, number>()
  const shift = (a: Account, by: number) => {
    const h = held.get(a.id)
    if (!h) return
    if (!stood.has(a.id)) stood.set(a.id, h.balance)
    h.balance += by
    h.delta += by
  }
  const undo = () => {
    for (const e of entries) {
      shift(e.debit, e.amount)
      shift(e.credit, -e.amount)
    }
  }
  for (const p of posts) {
    const missing: Short[] = []
    for (const m of p.moves) {
      let from: Account, to: Account, amount: number
      if ('level' in m) {
        amount = m.to - held.get(m.level.id)!.balance
        from = amount > 0 ? m.against : m.level
        to = amount > 0 ? m.level : m.against
        amount = Math.abs(amount)
        if (amount === 0) continue
      } else ({ from, to, amount } = m)
      const source = held.get(from.id)
      if (source && from.kind.floor !== null && source.balance - amount < from.kind.floor)
        missing.push({
          account: from,
          wanted: amount,
          has: source.balance,
          stood: stood.get(from.id) ?? source.balance,
        })
      shift(from, -amount)
      shift(to, amount)
      entries.push({ debit: from, credit: to, amount, post: p })
    }
    if (missing.length) {
      undo()
      return { refusal: p.no(missing), short: missing }
    }
  }
  return { entries }
}
