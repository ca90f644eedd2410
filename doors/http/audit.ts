/** What a request leaves in the audit log: numbers and codes, nothing that somebody typed. */
import { addDeed, keepDeed, originOf, type Deed, type Session } from '#domains/access'
import { ask } from '#kernel/db'
import type { Flow, Tx } from '#kernel/gate'
import type { Route, Services } from './route.ts'

/** How long a proof of who somebody is lasts for what is dangerous, in seconds. */
export const proofLasts = 600
const isOurs = (r: Pick<Route, 'path'>) => r.path.startsWith('/admin/')
export const leavesDeed = (r: Pick<Route, 'path' | 'method' | 'audit'>): boolean =>
  isOurs(r) && r.audit !== 'never' && (r.method !== 'GET' || r.audit !== undefined)
/** A page that is looked at asks again and again: that is one reading. In seconds. */
const readingLasts = 600

/** Names and numbers of things. A member's card and whatever else is a person's are not among them. */
const named = new Set([
  'order',
  'staff',
  'person',
  'identity',
  'shortage',
  'transfer',
  'product',
  'category',
  'run',
  'endpoint',
  'place',
  'till',
])
const spelt = new Set(['connection', 'sku', 'serial', 'message', 'job', 'upload', 'name', 'bulk', 'view'])
const numbersIn = (values: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(values).flatMap(([name, value]) =>
    named.has(name) && Number.isSafeInteger(value) ? [`${name} ${String(value)}`] : [],
  )
/** What a path spells counts once it was found to be something; what an answer spells may be anybody's name. */
const spelledIn = (path: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(path).flatMap(([name, value]) =>
    spelt.has(name) && typeof value === 'string' && /^[\w.:-]{1,80}$/.test(value) ? [`${name} ${value}`] : [],
  )
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One request's entry. In a command's commit where there is one; otherwise at the door. */
export class DeedOf {
  readonly #services: Services
  #path: Readonly<Record<string, unknown>> = {}
  #draft: Omit<Deed, 'at'>
  #kept = false
  #told: string | null = null
  #outcome = 'done'
  #unseen = false
  readonly #isOnce: boolean
  constructor(
    services: Services,
    r: Pick<Route, 'name' | 'audit'>,
    asked: { session: Session | undefined; address: string },
  ) {
    this.#services = services
    this.#isOnce = r.audit === 'once'
    this.#draft = {
      actor: asked.session?.staff ?? 0,
      session: asked.session?.id ?? null,
      route: r.name,
      subject: null,
      shop: null,
      outcome: 'done',
      origin: originOf(services.vault.sign, asked.address),
    }
  }
  about(path: Readonly<Record<string, unknown>>, shop: number): void {
    this.#path = path
    this.#draft = { ...this.#draft, shop }
  }
  tell(more: { actor?: number; session?: string; subject?: string; outcome?: string; unseen?: true }): void {
    if (more.unseen) this.#unseen = true
    if (more.outcome !== undefined) this.#outcome = more.outcome
    if (more.subject !== undefined) this.#told = more.subject
    this.#draft = {
      ...this.#draft,
      actor: more.actor ?? this.#draft.actor,
      session: more.session ?? this.#draft.session,
    }
  }
  #deed(outcome: string, answer?: unknown): Omit<Deed, 'at'> {
    const path = [...numbersIn(this.#path), ...(outcome === 'done' ? spelledIn(this.#path) : [])]
    const parts = path.length === 0 && isObject(answer) ? numbersIn(answer) : path
    const subject = this.#told ?? (parts.join(', ') || null)
    return { ...this.#draft, outcome, subject }
  }
  /** The first command of a request that is not refused bears its entry. */
  inCommit<A, T>(flow: Flow<A, T>): Flow<A, T> {
    if (this.#kept) return flow
    return async (tx: Tx, value: A) => {
      const answer = await flow(tx, value)
      keepDeed(tx, this.#services.vault.sign, this.#deed('done', answer))
      return answer
    }
  }
  /** It was committed now, or when the same request came before. */
  kept(): void {
    this.#kept = true
  }
  async done(answer: unknown): Promise<void> {
    if (this.#kept || this.#unseen) return
    const deed = this.#deed(this.#outcome, answer)
    const reading = `read ${deed.session ?? ''} ${deed.route} ${deed.subject ?? ''}`
    if (this.#isOnce && this.#services.limits.take(reading, 1 / readingLasts, 1) > 0) return
    await this.#add(deed)
  }
  async refused(code: string): Promise<void> {
    await this.#add(this.#deed(code))
  }
  async #add(deed: Omit<Deed, 'at'>): Promise<void> {
    await ask(this.#services.pool, addDeed(this.#services.vault.sign, { ...deed, at: new Date() }))
  }
}
