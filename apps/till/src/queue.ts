import { Problem } from '@akinai/client'
import { useSyncExternalStore } from 'react'
import { api } from './api.ts'
import { dropSale, putSale, sales } from './database.ts'

/** A sale that has happened, as it is sent: its id was minted here, so that it is recorded once however often it is sent. */
export type Sale = {
  sale: string
  happened_at: string
  lines: { sku: string; quantity: number; unit_price: number; serials?: string[] }[]
  member?: string
  points?: number
  tendered: number
  total: number
}
export type Queued = Sale & { tries: number; refused?: { title: string; todo?: string; id?: string } }
export type Answer = Awaited<ReturnType<typeof api.tillSale>>

type State = { waiting: readonly Queued[]; offline: boolean; needsPin: boolean }
let state: State = { waiting: [], offline: false, needsPin: false }
const watchers = new Set<() => void>()
const listeners = new Set<(sale: string, answer: Answer) => void>()

function change(next: Partial<State>) {
  state = { ...state, ...next }
  for (const watcher of watchers) watcher()
}
const watch = (watcher: () => void) => {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}
export const useQueue = (): State => useSyncExternalStore(watch, () => state)

/** Hears of each sale that the server has recorded. */
export function onRecorded(listener: (sale: string, answer: Answer) => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** On disk first, then on its way: the sale has happened whether or not anybody hears of it now. */
export async function enqueue(sale: Sale): Promise<void> {
  const queued: Queued = { ...sale, tries: 0 }
  await putSale(queued)
  change({ waiting: [...state.waiting, queued] })
  void sendAll()
}

export const isWaiting = (sale: string): boolean => state.waiting.some((one) => one.sale === sale)

export async function loadQueue(): Promise<void> {
  const found = await sales<Queued>()
  change({ waiting: found.sort((a, b) => a.happened_at.localeCompare(b.happened_at)) })
}

export function signedIn(): void {
  change({ needsPin: false })
  void sendAll()
}
/** Another call of the till found out what the line is like. */
export function noticed(error: unknown): void {
  if (!(error instanceof Problem)) return
  if (error.status === 401) change({ needsPin: true })
  else if (error.status === 0) change({ offline: true })
}

/** A refused sale is tried again under a new key; its id still keeps it single. */
export async function retry(sale: string): Promise<void> {
  const waiting = state.waiting.map((one) => (one.sale === sale ? again(one) : one))
  change({ waiting })
  const changed = waiting.find((one) => one.sale === sale)
  if (changed) await putSale(changed)
  void sendAll()
}
const again = ({ refused: _, ...rest }: Queued): Queued => ({ ...rest, tries: rest.tries + 1 })

let sending: Promise<void> | undefined
/** Sends what waits, one after another; whoever asks meanwhile waits for the same round. */
export function sendAll(): Promise<void> {
  sending ??= sendEach().finally(() => (sending = undefined))
  return sending
}

async function sendEach(): Promise<void> {
  for (;;) {
    const next = state.waiting.find((one) => !one.refused)
    if (!next || state.needsPin) return
    if (!(await send(next))) return
  }
}

/** False when there is no use in going on for now. */
async function send({ tries, refused: _, ...sale }: Queued): Promise<boolean> {
  try {
    const answer = await api.tillSale(sale, { key: tries === 0 ? sale.sale : `${sale.sale}-${tries}` })
    await dropSale(sale.sale)
    change({ offline: false, waiting: state.waiting.filter((one) => one.sale !== sale.sale) })
    for (const listener of listeners) listener(sale.sale, answer)
    return true
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    noticed(error)
    if (error.isPassing || error.status === 401) return false
    const { title, todo, id } = error.fields
    const kept: Queued = { ...sale, tries, refused: { title, ...(todo && { todo }), ...(id && { id }) } }
    // A card that nobody knows must not hold up the sale: it has happened.
    const { member: _member, points: _points, ...plain } = kept
    const next = error.code === 'customers.missing' ? again(plain) : kept
    await putSale(next)
    change({ offline: false, waiting: state.waiting.map((one) => (one.sale === sale.sale ? next : one)) })
    return true
  }
}

window.addEventListener('online', () => void sendAll())
setInterval(() => {
  if (state.waiting.some((one) => !one.refused) || state.offline) void probe()
}, 4000)

/** Asks whether anybody is there when nothing waits, so that the bar goes once the line is back. */
async function probe(): Promise<void> {
  if (state.waiting.some((one) => !one.refused)) return sendAll()
  try {
    await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(3000) })
    change({ offline: false })
  } catch {
    change({ offline: true })
  }
}
