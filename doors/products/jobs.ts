import fs from 'node:fs'
import path from 'node:path'
import { cancelImport } from '#flows/imports'
import type { Actor, Gate } from '#kernel/gate'
import { uuid } from '#kernel/ids'
import { Refusal } from '#kernel/refusal'
import {
  importProducts,
  preview,
  tryImport,
  undoImport,
  type Ask,
  type Progress,
  type Report,
} from './import.ts'
import { UploadGap, UploadMissing, UploadTooLarge } from './refusals.ts'

type Upload = {
  id: string
  shop: number
  name: string
  file: string
  size: number
  at: number
  busy: boolean
}
export type Job = {
  readonly id: string
  readonly shop: number
  state: 'working' | 'ended' | 'failed'
  progress: Progress | undefined
  report: Report | undefined
  undone: { undone: number; kept: number } | undefined
  refusal: Refusal | undefined
  /** Ends it between two batches. */
  readonly stop: AbortController
}
const day = 86_400_000

/** Files that staff send to a server, and what it does with them. A file is deleted when its import has ended. */
export class Jobs {
  readonly #gate: Gate
  readonly #directory: string
  readonly #most: number
  readonly #zone: string
  readonly #uploads = new Map<string, Upload>()
  readonly #jobs = new Map<string, Job>()
  readonly #under = new Set<Promise<void>>()
  constructor(gate: Gate, ask: { directory: string; megabytes: number; zone: string }) {
    this.#gate = gate
    this.#directory = path.join(ask.directory, 'imports')
    this.#most = ask.megabytes
    this.#zone = ask.zone
  }
  begin(ask: { shop: number; name: string; bytes: number }): { upload: string } {
    if (ask.bytes > this.#most * 1_048_576) throw UploadTooLarge({ most: this.#most })
    fs.mkdirSync(this.#directory, { recursive: true, mode: 0o700 })
    // Of what nobody came back for, nothing stays.
    for (const u of this.#uploads.values()) if (Date.now() - u.at > day) this.#drop(u)
    for (const name of fs.readdirSync(this.#directory)) {
      const file = path.join(this.#directory, name)
      if (Date.now() - fs.statSync(file).mtimeMs > day) fs.rmSync(file, { force: true })
    }
    const id = uuid()
    const file = path.join(this.#directory, `${id}.csv`)
    fs.writeFileSync(file, '', { mode: 0o600 })
    this.#uploads.set(id, { id, shop: ask.shop, name: ask.name, file, size: 0, at: Date.now(), busy: false })
    return { upload: id }
  }
  /** What follows; sent again after a lost answer it is there once. */
  append(ask: { shop: number; upload: string; offset: number; data: Buffer }): { received: number } {
    const u = this.#upload(ask)
    if (ask.offset + ask.data.length === u.size && ask.data.length > 0) return { received: u.size }
    if (ask.offset !== u.size) throw UploadGap({ has: u.size })
    if (u.size + ask.data.length > this.#most * 1_048_576) throw UploadTooLarge({ most: this.#most })
    fs.appendFileSync(u.file, ask.data)
    u.size += ask.data.length
    return { received: u.size }
  }
  preview(ask: { shop: number; upload: string } & Pick<Ask, 'mapping' | 'encoding'>) {
    const { upload, shop, ...how } = ask
    return preview({ ...how, file: this.#upload({ upload, shop }).file })
  }
  start(
    ask: { upload: string; dry: boolean; actor: Actor } & Omit<Ask, 'file' | 'name' | 'zone' | 'actor'>,
  ): Job {
    const { upload: _, dry, actor, ...how } = ask
    const u = this.#upload(ask)
    const whole: Ask = { ...how, file: u.file, name: u.name, zone: this.#zone, actor }
    return this.#work(ask.shop, async (job) => {
      const tell = (p: Progress) => (job.progress = p)
      if (dry) job.report = await tryImport(this.#gate, whole, tell, job.stop.signal)
      else {
        u.busy = true
        try {
          job.report = await importProducts(this.#gate, whole, tell, job.stop.signal)
        } finally {
          this.#drop(u)
        }
      }
    })
  }
  undo(ask: { shop: number; run: number; actor: Actor }): Job {
    return this.#work(ask.shop, async (job) => {
      job.undone = await undoImport(this.#gate, ask.run, (done) => (job.undone = { ...done }), ask.actor)
    })
  }
  job(ask: { shop: number; job: string }): Job {
    const job = this.#jobs.get(ask.job)
    if (!job || job.shop !== ask.shop) throw UploadMissing({ upload: ask.job })
    return job
  }
  /** Between two batches: what is done stays. */
  async cancel(ask: { shop: number; job: string; actor: Actor }): Promise<Job> {
    const job = this.job(ask)
    job.stop.abort()
    const run = job.progress?.run
    if (run != null && job.state === 'working')
      await this.#gate.run(cancelImport, { run }, { actor: ask.actor })
    return job
  }
  async stop(): Promise<void> {
    for (const job of this.#jobs.values()) job.stop.abort()
    await Promise.allSettled(this.#under)
    for (const u of this.#uploads.values()) fs.rmSync(u.file, { force: true })
  }
  #upload(ask: { shop: number; upload: string }): Upload {
    const u = this.#uploads.get(ask.upload)
    if (!u || u.shop !== ask.shop || u.busy) throw UploadMissing({ upload: ask.upload })
    return u
  }
  #drop(u: Upload) {
    this.#uploads.delete(u.id)
    fs.rmSync(u.file, { force: true })
  }
  #work(shop: number, run: (job: Job) => Promise<void>): Job {
    for (const [id, old] of this.#jobs)
      if (this.#jobs.size >= 100 && old.state !== 'working') this.#jobs.delete(id)
    const job: Job = {
      id: uuid(),
      shop,
      state: 'working',
      progress: undefined,
      report: undefined,
      undone: undefined,
      refusal: undefined,
      stop: new AbortController(),
    }
    this.#jobs.set(job.id, job)
    const running = run(job).then(
      () => void (job.state = 'ended'),
      (error: unknown) => {
        job.state = 'failed'
        if (error instanceof Refusal) job.refusal = error
      },
    )
    this.#under.add(running)
    void running.finally(() => this.#under.delete(running))
    return job
  }
}
