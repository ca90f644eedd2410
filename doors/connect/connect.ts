/**
 * Runs connectors: each connection in rounds of its own, beside the shop and never in its way. A round keeps what the
 * outside said, makes of it what it says, and tells the outside what happened here. Whatever fails is tried again later;
 * a connection that is down costs nothing but its own backlog.
 */
import { createHmac } from 'node:crypto'
import type pg from 'pg'
import * as channels from '#domains/channels'
import { lockAway, openNote, readNotes, takeOut, type Sealed, type Vault } from '#domains/persons'
import {
  freeLevels,
  offerFacts,
  offerWords,
  keepNotice,
  ourCodes,
  putOffMessage,
  recordSale,
  setAside,
  settleMessage,
  takeIn,
  uncertified,
  type Arrived,
  type OfferFacts,
  type Uncertified,
} from '#flows/channels'
import {
  asking,
  BadRow,
  Memory,
  Outage,
  type Connector,
  type Offer,
  type Out,
  type Parcel,
  type Patience,
  type Position,
  type Row,
  type Sale,
  type Settings,
} from '#doors/kit'
import { ask as query } from '#kernel/db'
import type { Gate } from '#kernel/gate'
import { Refusal } from '#kernel/refusal'
import { Rounds } from '#kernel/time'
import { checked } from '#kernel/trust'
import { connectors as all } from './catalogue.ts'
import { SharedTurns } from './turns.ts'

type Given = {
  gate: Gate
  pool: pg.Pool
  vault: Vault
  connectors?: ReadonlyMap<string, Connector>
  patience?: Partial<Patience>
  /** Between two looks for connections whose time has come, in ms. */
  look?: number
  log?: (line: string) => void
  alarm?: (what: string, error: unknown) => void
}
type Round = { connection: channels.Connection; connector: Connector; out: Out; signal: AbortSignal }
export type Done = {
  pulled: number
  kept: number
  recorded: number
  aside: number
  parcels: number
  levels: number
  found: number
}
const nothing = (): Done => ({ pulled: 0, kept: 0, recorded: 0, aside: 0, parcels: 0, levels: 0, found: 0 })
const leaseSeconds = 300
const usualPause = 60
const later = (tries: number, most = 900) => Math.min(most, 5 * 2 ** Math.min(tries, 8))

export class Connect {
  readonly #given: Given
  readonly #memories = new Map<number, Memory>()
  readonly #stop = new AbortController()
  readonly #running = new Set<Promise<unknown>>()
  readonly #looks: Rounds
  constructor(given: Given) {
    this.#given = given
    this.#looks = new Rounds({
      round: async () => (await this.due(), false),
      pause_ms: given.look ?? 2000,
      alarm: (e) => given.alarm?.('connect', e),
    })
  }
  get connectors(): ReadonlyMap<string, Connector> {
    return this.#given.connectors ?? all
  }
  memoryOf(connection: number): Memory {
    let memory = this.#memories.get(connection)
    if (!memory) {
      memory = new Memory(new SharedTurns(this.#given.pool, connection))
      this.#memories.set(connection, memory)
    }
    return memory
  }

  /** Looks every few seconds for connections whose time has come. A row taken for a while keeps other processes off. */
  start(): void {
    this.#looks.start()
  }
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#looks.stop()
    await Promise.allSettled(this.#running)
  }
  /** Begins a round of each connection that is due, and does not wait for the slow ones. */
  async due(): Promise<void> {
    for (const c of await query<channels.Connection>(this.#given.pool, channels.allConnections))
      if (c.active && (c.next_at === null || c.next_at.getTime() <= Date.now())) {
        const run = this.round(c).catch((e) => this.#given.alarm?.(`connection ${c.id}`, e))
        this.#running.add(run)
        void run.finally(() => this.#running.delete(run))
      }
  }

  outOf(connection: channels.Connection, signal?: AbortSignal): Out {
    const connector = this.#connectorOf(connection)
    const settings = this.settingsOf(connection)
    return {
      settings,
      now: new Date(),
      ask: asking({
        connector,
        settings,
        memory: this.memoryOf(connection.id),
        record: (e) =>
          void query(this.#given.pool, channels.recordExchange(connection.id, e)).catch((err) =>
            this.#given.alarm?.('exchange', err),
          ),
        ...(this.#given.patience && { patience: this.#given.patience }),
        ...(signal && { signal }),
      }),
    }
  }
  #connectorOf(c: channels.Connection): Connector {
    const connector = this.connectors.get(c.connector)
    if (!connector) throw new Outage('declined', 'connector', null, false)
    return connector
  }
  settingsOf(c: channels.Connection): Settings {
    const standard = Object.entries(this.connectors.get(c.connector)?.settings ?? {}).map(
      ([name, s]) => [name, s.standard ?? ''] as const,
    )
    return { ...Object.fromEntries(standard), ...c.settings, ...this.secretsOf(c) }
  }
  secretsOf(c: Pick<channels.Connection, 'code' | 'secrets'>): Record<string, string> {
    return c.secrets === null
      ? {}
      : checked<Record<string, string>>(
          JSON.parse(takeOut(this.#given.vault, `connection ${c.code}`, c.secrets)),
        )
  }
  sealSecrets(code: string, secrets: Record<string, string>): Buffer {
    return lockAway(this.#given.vault, `connection ${code}`, JSON.stringify(secrets))
  }
  /** The "try it" button: one harmless question, with the settings as they are. */
  async greet(c: channels.Connection): Promise<{ ja: string; en: string }> {
    this.memoryOf(c.id).tokens.forget()
    return this.#connectorOf(c).greet(this.outOf(c))
  }

  /** A round now, or another as soon as the one under way has ended: what came meanwhile waits for no clock. */
  async hurry(connection: channels.Connection): Promise<boolean> {
    if (await this.round(connection)) return true
    await query(this.#given.pool, channels.askAgain(connection.id))
    return false
  }
  /** One round, unless another process is at it. Answers what was done. */
  async round(connection: channels.Connection): Promise<Done | undefined> {
    const { pool } = this.#given
    if ((await query(pool, channels.lease(connection.id, leaseSeconds))).length === 0) return undefined
    const done = nothing()
    let failure: channels.Failure | null = null
    let more = false
    const note = (e: unknown) => {
      if (this.#stop.signal.aborted) return
      const outage = e instanceof Outage ? e : undefined
      // Our own counting says that its turn is yet to come: that is no failure of anybody.
      if (outage?.code === 'throttled' && outage.status === null) return
      if (!outage) this.#given.alarm?.(`connection ${connection.id}`, e)
      failure ??= {
        code: outage?.code ?? 'fault',
        operation: outage?.operation ?? '',
        status: outage?.status ?? null,
      }
    }
    try {
      const r: Round = {
        connection,
        connector: this.#connectorOf(connection),
        out: this.outOf(connection, this.#stop.signal),
        signal: this.#stop.signal,
      }
      // What was kept is worked on whether or not the outside answers; each way out fails for itself.
      for (const step of [
        async () => (more = await this.#pull(r, done)),
        () => this.#reconcile(r, done),
        () => this.#work(r, done),
        () => this.#parcels(r, done),
        () => this.#offers(r, done),
      ]) {
        if (this.#stop.signal.aborted) break
        try {
          await step()
        } catch (e) {
          note(e)
        }
      }
    } catch (e) {
      note(e)
    } finally {
      const wait = failure ? later(connection.failures, 600) : more ? 0 : usualPause
      await query(pool, channels.letGo(connection.id, failure, wait))
    }
    return done
  }

  /** Pages of orders, each kept with the list's new place in one commit. */
  async #pull(r: Round, done: Done): Promise<boolean> {
    const { orders } = r.connector
    if (!orders) return false
    for (let page = 0; page < 20; page++) {
      const held = (
        await query<{ position: unknown }>(this.#given.pool, channels.readStream(r.connection.id, 'orders'))
      )[0]
      const from = held ? checked<Position>(held.position) : orders.begin(r.out.settings, r.out.now)
      const got = await orders.pull(r.out, from)
      // Whatever a list answers, it is not read backwards.
      if (got.position.since < from.since) throw new Outage('garbage', 'orders', null, false)
      done.pulled += got.rows.length
      const answer = await this.#keep(r, got.rows, 'pull', {
        stream: 'orders',
        from: held ? from : null,
        to: got.position,
      })
      done.kept += answer.kept
      if (!got.more || !answer.moved) return false
    }
    return true
  }
  /** Once a day: every sale of the last days, compared with what is kept. What a list or a notice left out is found here. */
  async #reconcile(r: Round, done: Done): Promise<void> {
    const { orders } = r.connector
    const last = r.connection.reconciled_at?.getTime() ?? 0
    if (!orders || Date.now() - last < 20 * 3_600_000) return
    done.found += await this.reconcile(r.connection, 3, r.out)
  }
  /** Answers how many messages had been missed. */
  async reconcile(c: channels.Connection, days: number, out = this.outOf(c)): Promise<number> {
    const connector = this.#connectorOf(c)
    const now = Date.now()
    const rows = await connector.orders!.list(out, {
      from: new Date(now - days * 86_400_000).toISOString(),
      to: new Date(now - 2 * 60_000).toISOString(),
    })
    const { kept } = await this.#keep(
      { connection: c, connector, out, signal: this.#stop.signal },
      rows,
      'reconcile',
    )
    await query(this.#given.pool, channels.reconciled(c.id))
    return kept
  }
  #keep(
    r: Round,
    rows: readonly Row[],
    by: 'pull' | 'notice' | 'reconcile',
    moves?: { stream: string; from: unknown; to: unknown },
    notice?: number,
  ) {
    return this.#given.gate.run(takeIn(this.#given.vault), {
      connection: r.connection.id,
      channel: r.connection.code,
      by,
      rows: rows.map((row): Arrived => {
        const words = JSON.stringify(row.raw).replaceAll('\\u0000', '')
        return { id: row.id, revision: row.revision, mark: this.#mark(row.id, sorted(row.raw)), words }
      }),
      ...(moves && { moves }),
      ...(notice !== undefined && { notice }),
    })
  }
  /** Tells two messages apart without telling what they say. */
  #mark(id: string, what: string): string {
    return createHmac('sha256', this.#given.vault.mark)
      .update(`message ${id}\n${what}`)
      .digest('base64url')
      .slice(0, 27)
  }
  /** A notice has come in by the door: kept, and worked on in the next round. */
  async notice(c: channels.Connection, body: unknown): Promise<{ kept: boolean }> {
    const read = this.#connectorOf(c).notices?.read(body)
    if (!read) return { kept: false }
    const answer = await this.#given.gate.run(keepNotice, {
      connection: c.id,
      sale: read.sale,
      mark: this.#mark('notice', read.id),
    })
    return answer
  }

  /** Each kept message becomes what it says. */
  async #work(r: Round, done: Done): Promise<void> {
    for (let turn = 0; turn < 50 && !r.signal.aborted; turn++) {
      const some = await query<channels.Waiting>(
        this.#given.pool,
        channels.waiting(r.connection.id, 'in', 100),
      )
      if (some.length === 0) return
      const ids = some.map((m) => m.note).filter((n) => n !== null)
      const notes = new Map((await query<Sealed>(this.#given.pool, readNotes(ids))).map((n) => [n.id, n]))
      const sales = new Map(some.map((m) => [m.external_id, [] as channels.Waiting[]]))
      for (const m of some) sales.get(m.external_id)!.push(m)
      // One sale's messages in their order, sales beside each other.
      const failed = await Promise.allSettled(
        [...sales.values()].map(async (messages) => {
          for (const m of messages.toSorted((a, b) => Number(a.revision) - Number(b.revision) || a.id - b.id))
            await this.#become(r, m, notes.get(m.note ?? ''), done)
        }),
      )
      const bad = failed.find((f) => f.status === 'rejected')
      if (bad) throw bad.reason
    }
  }
  async #become(r: Round, m: channels.Waiting, note: Sealed | undefined, done: Done): Promise<void> {
    const { gate, vault } = this.#given
    const orders = r.connector.orders!
    try {
      if (m.kind === 'notice') {
        const row = await orders.look(r.out, m.external_id)
        if (!row) return await this.#aside(m, 'unknown_there', '', done)
        await this.#keep(r, [row], 'notice', undefined, m.id)
        return
      }
      if (!note)
        return void (await gate.run(settleMessage, { message: m.id, state: 'skipped', reason: 'erased' }))
      const sale = orders.read(JSON.parse(openNote(vault, note)))
      const listed = await this.#ourCodes(r, sale)
      const outcome = await gate.run(recordSale(vault), {
        message: m.id,
        revision: sale.revision,
        state: sale.state,
        items: sale.lines.map((l) => l.item),
        order: {
          shop: r.connection.shop,
          channel: r.connection.code,
          external_id: sale.external_id,
          placed_at: sale.placed_at,
          lines: sale.lines.map((l) => ({
            sku: listed.get(l.sku) ?? l.sku,
            quantity: l.quantity,
            unit_price: l.unit_price,
          })),
          shipping: sale.shipping,
          fee: sale.fee,
          discount: sale.discount,
          total: sale.total,
          paid: sale.paid,
          destination: sale.destination,
        },
      })
      if (outcome.state === 'done') done.recorded++
      if (outcome.state === 'quarantined') done.aside++
    } catch (e) {
      if (e instanceof BadRow) return await this.#aside(m, e.reason, e.place, done)
      if (e instanceof Refusal) return await this.#aside(m, 'refused', e.code, done)
      if (e instanceof Outage || r.signal.aborted) {
        await this.#putOff(m, e instanceof Outage ? e.code : 'stopped', false)
        throw e
      }
      // A fault of ours keeps nobody else from coming in; what it stumbled over is set aside after a few tries.
      this.#given.alarm?.(`message ${m.id}`, e)
      if (m.tries >= 3) await this.#aside(m, 'fault', '', done)
      else await this.#putOff(m, 'fault', false)
    }
  }
  async #ourCodes(r: Round, sale: Sale): Promise<Map<string, string>> {
    const found = await query<{ external_sku: string; code: string }>(
      this.#given.pool,
      ourCodes(
        r.connection.id,
        sale.lines.map((l) => l.sku),
      ),
    )
    return new Map(found.map((f) => [f.external_sku, f.code]))
  }
  async #aside(m: { id: number }, reason: string, place: string, done: Done): Promise<void> {
    await this.#given.gate.run(setAside, { message: m.id, reason, place })
    done.aside++
  }
  #putOff(m: { id: number; tries: number }, reason: string, unsure: boolean) {
    const until = new Date(Date.now() + later(m.tries) * 1000).toISOString()
    return this.#given.gate.run(putOffMessage, { message: m.id, reason, until, unsure })
  }

  /**
   * Parcels are told once. Before one is sent it is written down that it may have been; whoever finds that later, after a
   * crash or an answer that never came, asks the outside first.
   */
  async #parcels(r: Round, done: Done): Promise<void> {
    const { parcels } = r.connector
    if (!parcels) return
    for (const m of await query<channels.Waiting>(
      this.#given.pool,
      channels.waiting(r.connection.id, 'out', 200),
    )) {
      if (r.signal.aborted) return
      const parcel: Parcel = { ...checked<Omit<Parcel, 'external_id'>>(m.body), external_id: m.external_id }
      try {
        if (!(m.unsure && (await parcels.known(r.out, parcel)))) {
          await this.#putOff(m, 'sending', true)
          await parcels.confirm(r.out, parcel)
        }
      } catch (e) {
        if (e instanceof Outage && e.code === 'declined') {
          await this.#aside(m, 'declined', `${e.operation} ${e.status ?? ''}`.trim(), done)
          continue
        }
        if (e instanceof Outage) {
          await this.#putOff(m, e.code, e.unsure || m.unsure)
          throw e
        }
        if (r.signal.aborted) throw e
        // A fault of ours keeps no other parcel here, and nobody knows how far this one got.
        this.#given.alarm?.(`message ${m.id}`, e)
        await this.#putOff(m, 'fault', true)
        continue
      }
      await this.#given.gate.run(settleMessage, { message: m.id, state: 'done' })
      done.parcels++
    }
  }

  /** What moved is told as it is now: a few one by one, many as a list. Only what differs from what was last said is said. */
  async #offers(r: Round, done: Done): Promise<void> {
    const { offers } = r.connector
    if (!offers) return
    const { pool } = this.#given
    const connection = r.connection.id
    const settle = async (line: channels.FeedLine, failure: string | null) => {
      if (failure === null) {
        await query(pool, channels.toldListing(connection, line))
        done.levels++
      } else await query(pool, channels.notTold({ connection, sku: line.sku, failure, waitSeconds: 600 }))
    }
    for (const feed of await query<{ external_id: string; lines: channels.FeedLine[]; at: Date }>(
      pool,
      channels.openFeeds(connection),
    )) {
      const codes = feed.lines.map((l) => l.external_sku)
      const told = await this.#unstopped(r, `list ${feed.external_id}`, () =>
        offers.report(r.out, feed.external_id, codes),
      )
      if (!told) continue
      for (const [i, line] of feed.lines.entries()) await settle(line, told[i]?.failure ?? null)
      await query(pool, channels.closeFeed(connection, feed.external_id, 'done'))
    }
    const news: { offer: Offer; line: channels.FeedLine }[] = []
    for (const { offer, line, differs, failure } of await this.#untold(r, offers.tells(r.out.settings)))
      if (failure !== null || !differs) await settle(line, failure)
      else news.push({ offer, line })
    if (news.length > offers.atOnce) {
      const external_id = await offers.handOver(
        r.out,
        news.map((n) => n.offer),
      )
      await query(pool, channels.handOver({ connection, external_id, lines: news.map((n) => n.line) }))
      return
    }
    for (const { offer, line } of news) {
      if (r.signal.aborted) return
      const told = await this.#unstopped(r, `listing ${line.sku}`, () => offers.tell(r.out, offer))
      await settle(line, told ? told.failure : 'fault')
    }
  }
  /** A fault of ours is told and keeps nothing else from going out; an outage of theirs ends the step. */
  async #unstopped<T>(r: Round, what: string, make: () => Promise<T>): Promise<T | undefined> {
    try {
      return await make()
    } catch (e) {
      if (e instanceof Outage || r.signal.aborted) throw e
      this.#given.alarm?.(what, e)
      return undefined
    }
  }
  /** What is to be looked at, as it is now, and what of it differs from what was last said. */
  async #untold(r: Round, tells: { price: boolean; words: boolean }) {
    const { pool } = this.#given
    const moved = await query<channels.Untold>(pool, channels.untold(r.connection.id, 1000))
    if (moved.length === 0) return []
    const skus = moved.map((m) => m.sku)
    const [free, facts] = await Promise.all([
      query<{ sku: number; quantity: number }>(pool, freeLevels(skus)),
      query<OfferFacts>(pool, offerFacts(r.connection.shop, skus)),
    ])
    const levels = new Map(free.map((f) => [f.sku, f.quantity]))
    const about = new Map(facts.map((f) => [f.sku, f]))
    return moved.map((m) => {
      const fact = about.get(m.sku)!
      const makes = m.item !== null
      const quantity = fact.archived ? 0 : (levels.get(m.sku) ?? 0)
      // An offer that is made names its price, whatever is told of the others.
      const price = (tells.price || makes) && fact.price !== m.said?.price ? fact.price : null
      const worded = tells.words ? offerWords(fact) : undefined
      const words = worded && worded.mark !== m.said?.words ? worded : undefined
      const { external_sku, product_type, moved_at, sku, item } = m
      return {
        offer: {
          external_sku,
          product_type,
          quantity,
          price,
          words: words ? { name: words.name, description: words.description } : null,
          item,
        },
        line: {
          sku,
          quantity,
          moved_at,
          external_sku,
          said: { ...(price !== null && { price }), ...(words && { words: words.mark }) },
          look_at: fact.look_at,
          makes,
        },
        differs: makes || m.told !== quantity || price !== null || words !== undefined,
        failure: makes && price === null ? 'unpriced' : null,
      }
    })
  }
}

/** The same object says the same whatever the order of its fields. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_name, v: unknown) =>
    typeof v === 'object' && v !== null && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  )
}

/** Says, for each buyer who has been erased, what was found of them afterwards. Run in the wake of the erasures. */
export async function certifyErased(pool: pg.Pool): Promise<number> {
  const rows = await query<Uncertified>(pool, uncertified(5000))
  for (const r of rows)
    await query(
      pool,
      channels.certify({
        connection: r.connection,
        external_id: r.external_id,
        order: r.order,
        erased_at: r.erased_at,
        last_parcel_at: r.last_parcel_at,
        found: {
          keys: r.keys,
          cards: r.cards,
          notes: r.notes,
          marks: r.marks,
          messages_without_content: r.messages,
        },
      }),
    )
  return rows.length
}
