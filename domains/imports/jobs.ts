import { sql } from '#kernel/db'

/** Seconds without a word after which whoever was at a job is taken to be dead. */
const patience = 15

type Kind = 'take' | 'try' | 'undo'
export type JobRow = {
  id: string
  shop: number
  kind: Kind
  upload: string | null
  run: number | null
  name: string
  how: unknown
  actor: unknown
  /** 'stopped': nobody is at it any more. */
  state: 'working' | 'stopped' | 'ended' | 'failed'
  progress: unknown
  report: unknown
  refusal: unknown
  started_at: Date
}
type Begun = 'id' | 'shop' | 'kind' | 'upload' | 'run' | 'name' | 'how' | 'actor'
export const beginJob = (j: Pick<JobRow, Begun> & { process: string }) => sql`
  with dead as (update imports.job set state = 'stopped' where upload = ${j.upload}::uuid and state = 'working' and seen_at < clock_timestamp() - make_interval(secs => ${patience}::int))
  insert into imports.job (id, shop, kind, upload, run, name, how, actor, process, state)
  values (${j.id}::uuid, ${j.shop}::int, ${j.kind}, ${j.upload}::uuid, ${j.run}::bigint, ${j.name}, ${JSON.stringify(j.how)}::jsonb, ${JSON.stringify(j.actor)}::jsonb, ${j.process}::uuid, 'working')
  on conflict do nothing returning 1`
/** Whoever is at it lives, and is so far; answers whether it is to end. No row: it is somebody else's by now. */
export const seeJob = (j: { id: string; process: string; run: number | null; progress: unknown }) => sql`
  update imports.job set seen_at = clock_timestamp(), run = coalesce(${j.run}::bigint, run), progress = coalesce(${j.progress === undefined ? null : JSON.stringify(j.progress)}::jsonb, progress)
  where id = ${j.id}::uuid and process = ${j.process}::uuid and state = 'working' returning ending`
/** A file that was taken in is gone with the same commit, so that nobody who reads that the job has ended finds the file. */
export const endJob = (
  j: Pick<JobRow, 'id' | 'run' | 'progress' | 'report' | 'refusal'> & {
    process: string
    state: Exclude<JobRow['state'], 'working'>
  },
) => sql`
  with job as (
    update imports.job set state = ${j.state}, run = coalesce(${j.run}::bigint, run), progress = coalesce(${j.progress === undefined ? null : JSON.stringify(j.progress)}::jsonb, progress),
      report = ${j.report === undefined ? null : JSON.stringify(j.report)}::jsonb, refusal = ${j.refusal === undefined ? null : JSON.stringify(j.refusal)}::jsonb,
      seen_at = clock_timestamp(), ended_at = clock_timestamp()
    where id = ${j.id}::uuid and process = ${j.process}::uuid and state = 'working'
    returning case when kind = 'take' and state = 'ended' then upload end as upload
  ), parts as (delete from imports.part where upload in (select upload from job))
  delete from imports.upload where id in (select upload from job)`
/** Asks whoever is at it to end; where nobody is any more, it has ended. */
export const cancelJob = (j: { id: string; shop: number }) => sql`
  update imports.job set ending = true,
    state = case when state = 'stopped' or state = 'working' and seen_at < clock_timestamp() - make_interval(secs => ${patience}::int) then 'ended' else state end,
    ended_at = case when state = 'working' and seen_at >= clock_timestamp() - make_interval(secs => ${patience}::int) then ended_at else coalesce(ended_at, clock_timestamp()) end
  where id = ${j.id}::uuid and shop = ${j.shop}::int and state in ('working', 'stopped')`
/** Takes on a job that has stopped, or failed by no fault of its file; no row where somebody is at it. */
export const takeOnJob = (j: { id: string; shop: number; process: string }) => sql`
  update imports.job set process = ${j.process}::uuid, state = 'working', ending = false, refusal = null, report = null, ended_at = null, seen_at = clock_timestamp()
  where id = ${j.id}::uuid and shop = ${j.shop}::int
    and (state = 'stopped' or state = 'failed' and refusal is null or state = 'working' and seen_at < clock_timestamp() - make_interval(secs => ${patience}::int))
  returning id, shop, kind, upload, run, name, how, actor, state, progress, report, refusal, started_at`
export const jobOf = (j: { id: string; shop: number }) => sql`
  select id, shop, kind, upload, run, name, how, actor, case when state = 'working' and seen_at < clock_timestamp() - make_interval(secs => ${patience}::int) then 'stopped' else state end as state,
    progress, report, refusal, started_at from imports.job where id = ${j.id}::uuid and shop = ${j.shop}::int`
/** What is under way or has stopped, the latest first. */
export const openJobs = (shop: number) => sql`
  select id, shop, kind, upload, run, name, how, actor, case when state = 'working' and seen_at < clock_timestamp() - make_interval(secs => ${patience}::int) then 'stopped' else state end as state,
    progress, report, refusal, started_at from imports.job where shop = ${shop}::int and state in ('working', 'stopped') order by started_at desc limit 20`
export const sweepJobs = sql`delete from imports.job where started_at < now() - interval '30 days'`
