import fs from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import * as imports from '#domains/imports'
import { cancelImport } from '#flows/imports'
import { ask as query } from '#kernel/db'
import type { Actor, Gate } from '#kernel/gate'
import { uuid } from '#kernel/ids'
import { Refusal } from '#kernel/refusal'
import { checked } from '#kernel/trust'
import {
  importProducts,
  preview,
  tryImport,
  undoImport,
  type Ask,
  type Progress,
  type Report,
} from './import.ts'
import { JobBusy, UploadGap, UploadMissing, UploadTooLarge } from './refusals.ts'

type How = Pick<Ask, 'mapping' | 'encoding' | 'from' | 'discontinue' | 'again'>
type Undone = { undone: number; kept: number }
/** What any process knows of a job. */
export type Job = Omit<imports.JobRow, 'how' | 'actor' | 'progress' | 'report' | 'refusal'> & {
  readonly progress: Partial<Progress & Undone> | null
  readonly report: Report | null
  readonly refusal: { code: string; detail: Record<string, unknown> } | null
}
const shown = { faults: 500, differences: 1000 }
/** In ms: how often whoever is at a job says so. */
const pulse = 1000

/**
 * Files that staff send, and what becomes of them. Parts and jobs are rows: whichever process is asked knows them, ends them,
 * and goes on with what another one left. A file is deleted when it was taken in.
 */
export class Jobs {
  readonly #gate: Gate
  readonly #pool: pg.Pool
  readonly #directory: string
  readonly #most: number
  readonly #zone: string
  readonly #process = uuid()
  readonly #under = new Map<string, { stop: AbortController; ended: Promise<void> }>()
  #stopping = false
  readonly #alarm: (error: unknown) => void
  constructor(
    gate: Gate,
    pool: pg.Pool,
    ask: { directory: string; megabytes: number; zone: string; alarm?: (error: unknown) => void },
  ) {
    this.#gate = gate
    this.#pool = pool
    this.#directory = path.join(ask.directory, 'imports')
    this.#most = ask.megabytes
    this.#zone = ask.zone
    this.#alarm = ask.alarm ?? (() => {})
  }
  async begin(ask: { shop: number; name: string; bytes: number }): Promise<{ upload: string }> {
    if (ask.bytes > this.#most * 1_048_576) throw UploadTooLarge({ most: this.#most })
    await query(this.#pool, imports.sweepUploads)
    await query(this.#pool, imports.sweepJobs)
    const id = uuid()
    await query(this.#pool, imports.beginUpload({ id, shop: ask.shop, name: ask.name }))
    return { upload: id }
  }
  /** What follows; sent again after a lost answer it is there once. */
  async append(ask: {
    shop: number
    upload: string
    offset: number
    data: Buffer
  }): Promise<{ received: number }> {
    const { size } = await this.#upload(ask)
    const end = ask.offset + ask.data.length
    if (end === size && ask.data.length > 0) return { received: size }
    if (ask.offset !== size) throw UploadGap({ has: size })
    if (end > this.#most * 1_048_576) throw UploadTooLarge({ most: this.#most })
    await query(this.#pool, imports.keepPart({ upload: ask.upload, begins: ask.offset, data: ask.data }))
    return { received: (await this.#upload(ask)).size }
  }
  async preview(ask: { shop: number; upload: string } & Pick<Ask, 'mapping' | 'encoding'>) {
    const { upload, shop, ...how } = ask
    await this.#upload({ upload, shop })
    return this.#withFile(upload, (file) => preview({ ...how, file }))
  }
  async start(ask: { shop: number; upload: string; dry: boolean; actor: Actor } & How): Promise<Job> {
    const { upload, shop, dry, actor, ...how } = ask
    const { name } = await this.#upload({ upload, shop })
    return this.#begin({ shop, kind: dry ? 'try' : 'take', upload, run: null, name, how, actor })
  }
  async undo(ask: { shop: number; run: number; name: string; actor: Actor }): Promise<Job> {
    return this.#begin({ ...ask, kind: 'undo', upload: null, how: {} })
  }
  /** Goes on with what another process left, or what an outage ended: rows that are done are done. */
  async resume(ask: { shop: number; job: string }): Promise<Job> {
    const known = await this.job(ask)
    if (known.upload !== null) await this.#upload({ shop: ask.shop, upload: known.upload })
    const [row] = await query<imports.JobRow>(
      this.#pool,
      imports.takeOnJob({ id: ask.job, shop: ask.shop, process: this.#process }),
    )
    if (!row) throw JobBusy({})
    this.#work(row)
    return this.job(ask)
  }
  async job(ask: { shop: number; job: string }): Promise<Job> {
    const [row] = await query<imports.JobRow>(this.#pool, imports.jobOf({ id: ask.job, shop: ask.shop }))
    if (!row) throw UploadMissing({ upload: ask.job })
    return seen(row)
  }
  async open(shop: number): Promise<Job[]> {
    return (await query<imports.JobRow>(this.#pool, imports.openJobs(shop))).map(seen)
  }
  /** Between two batches: what is done stays. Whichever process is at it ends within a second. */
  async cancel(ask: { shop: number; job: string; actor: Actor }): Promise<Job> {
    const before = await this.job(ask)
    await query(this.#pool, imports.cancelJob({ id: ask.job, shop: ask.shop }))
    this.#under.get(ask.job)?.stop.abort()
    const isOpen = before.state === 'working' || before.state === 'stopped'
    if (isOpen && before.kind === 'take' && before.run !== null)
      await this.#gate.run(cancelImport, { run: before.run }, { actor: ask.actor })
    return this.job(ask)
  }
  async stop(): Promise<void> {
    this.#stopping = true
    const under = [...this.#under.values()]
    for (const { stop } of under) stop.abort()
    await Promise.allSettled(under.map((u) => u.ended))
  }

  async #upload(ask: { shop: number; upload: string }): Promise<imports.Upload> {
    const [found] = await query<imports.Upload>(
      this.#pool,
      imports.uploadOf({ id: ask.upload, shop: ask.shop }),
    )
    if (!found) throw UploadMissing({ upload: ask.upload })
    return found
  }
  /** The parts as one file of this process, for as long as it is needed. */
  async #withFile<T>(upload: string, during: (file: string) => Promise<T>): Promise<T> {
    fs.mkdirSync(this.#directory, { recursive: true, mode: 0o700 })
    const file = path.join(this.#directory, `${uuid()}.csv`)
    try {
      fs.writeFileSync(file, '', { mode: 0o600 })
      for (let begins = 0; ;) {
        const [part] = await query<{ begins: number; data: Buffer }>(
          this.#pool,
          imports.partAfter(upload, begins),
        )
        if (!part) break
        await fs.promises.appendFile(file, part.data)
        begins = part.begins + part.data.length
      }
      return await during(file)
    } finally {
      fs.rmSync(file, { force: true })
    }
  }
  async #begin(
    j: Pick<imports.JobRow, 'shop' | 'kind' | 'upload' | 'run' | 'name'> & { how: How; actor: Actor },
  ): Promise<Job> {
    const id = uuid()
    const made = await query(this.#pool, imports.beginJob({ ...j, id, process: this.#process }))
    if (made.length === 0) throw JobBusy({})
    const [row] = await query<imports.JobRow>(this.#pool, imports.jobOf({ id, shop: j.shop }))
    this.#work(row!)
    return seen(row!)
  }
  #work(row: imports.JobRow): void {
    const stop = new AbortController()
    const ended = this.#run(row, stop).finally(() => this.#under.delete(row.id))
    this.#under.set(row.id, { stop, ended })
    void ended.catch(() => {})
  }
  async #run(row: imports.JobRow, stop: AbortController): Promise<void> {
    const mine = { id: row.id, process: this.#process }
    let progress: Partial<Progress & Undone> | undefined
    const where = () => ({ ...mine, run: progress?.run ?? null, progress })
    const tell = (p: Partial<Progress & Undone>) => (progress = { ...p })
    const see = async () => {
      const [known] = await query<{ ending: boolean }>(this.#pool, imports.seeJob(where()))
      if (!known || known.ending) stop.abort()
    }
    const beat = setInterval(() => void see().catch(() => {}), pulse)
    const end = (to: { state: 'stopped' | 'ended' | 'failed'; report?: unknown; refusal?: unknown }) =>
      query(
        this.#pool,
        imports.endJob({ ...where(), report: to.report, refusal: to.refusal, state: to.state }),
      )
    try {
      const report = await this.#do(row, tell, stop.signal)
      // A server that stops has cancelled nothing: another one may go on.
      if (this.#stopping && stop.signal.aborted) await end({ state: 'stopped' })
      else await end({ state: 'ended', report })
    } catch (error) {
      if (!(error instanceof Refusal)) this.#alarm(error)
      const refusal = error instanceof Refusal ? { code: error.code, detail: error.detail } : undefined
      await end({ state: 'failed', refusal })
    } finally {
      clearInterval(beat)
    }
  }
  async #do(
    row: imports.JobRow,
    tell: (p: Partial<Progress & Undone>) => void,
    stop: AbortSignal,
  ): Promise<Report | undefined> {
    const actor = checked<Actor>(row.actor)
    if (row.kind === 'undo') {
      tell(await undoImport(this.#gate, row.run!, tell, actor, stop))
      return undefined
    }
    const how = checked<How>(row.how)
    return this.#withFile(row.upload!, async (file) => {
      const whole: Ask = { ...how, file, name: row.name, shop: row.shop, zone: this.#zone, actor }
      const does = row.kind === 'try' ? tryImport : importProducts
      const r = await does(this.#gate, whole, tell, stop)
      return {
        ...r,
        more_faults: r.more_faults || r.faults.length > shown.faults,
        faults: r.faults.slice(0, shown.faults),
        differences: r.differences.slice(0, shown.differences),
      }
    })
  }
}
const seen = ({ how: _, actor: _a, ...row }: imports.JobRow): Job => ({
  ...row,
  progress: checked<Job['progress']>(row.progress),
  report: checked<Job['report']>(row.report),
  refusal: checked<Job['refusal']>(row.refusal),
})
