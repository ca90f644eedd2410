import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Type, { type Static } from 'typebox'
import { faultsOf, ImportMissing, runList, type Fault } from '#domains/imports'
import {
  builtIn,
  exportProducts,
  failedRows,
  keptRows,
  mappingFields,
  mappingOf,
  wordsOf,
  type Job,
  type Mapping,
} from '#doors/products'
import { ask } from '#kernel/db'
import { words, type Lang } from '#kernel/refusal'
import { checked } from '#kernel/trust'
import { route, Sheet } from '../route.ts'
import { moment } from './answers.ts'
import { day, nullable, number, short, strict, uuid } from './shapes.ts'

const count = Type.Integer({ minimum: 0 })
const encodings = ['utf-8', 'cp932'] as const
const how = {
  /** A name, or a declaration: `{"columns": …}`. */
  mapping: Type.Optional(short(20_000)),
  /** Field → headings. */
  columns: Type.Optional(
    Type.Record(
      Type.String({ pattern: '^[a-z0-9_:.]{1,100}$' }),
      Type.Array(short(200), { maxItems: 5 }),
      strict,
    ),
  ),
  encoding: Type.Optional(Type.Enum([...encodings])),
}
const fault = Type.Object({
  line: count,
  column: count,
  head: Type.String(),
  code: Type.String(),
  words: Type.String(),
})
const difference = Type.Object({
  line: count,
  code: Type.String(),
  kind: Type.Enum(['new', 'changed', 'unchanged', 'discontinued']),
  changes: Type.Array(
    Type.Object({
      line: count,
      field: Type.String(),
      before: nullable(Type.String()),
      after: nullable(Type.String()),
    }),
  ),
})
const sums = {
  created: count,
  changed: count,
  unchanged: count,
  discontinued: count,
  prices: count,
  faulty: count,
}
const jobShape = Type.Object({
  job: Type.String(),
  kind: Type.Enum(['take', 'try', 'undo']),
  name: Type.String(),
  started_at: moment,
  state: Type.Enum(['working', 'stopped', 'ended', 'failed'], {
    description: 'stopped: its server has ended; another one can go on with it',
  }),
  run: nullable(number),
  rows: count,
  of: nullable(count),
  ...sums,
  before: Type.Boolean(),
  cancelled: Type.Boolean(),
  dry: Type.Boolean(),
  faults: Type.Array(fault),
  differences: Type.Array(difference),
  undone: nullable(count),
  kept: nullable(count),
  failure: nullable(Type.String()),
})
const run = Type.Object({
  run: number,
  name: Type.String(),
  list: Type.String(),
  encoding: Type.String(),
  state: Type.Enum(['running', 'cancelled', 'done', 'undoing', 'undone']),
  rows: count,
  read: count,
  discontinue: Type.Boolean(),
  prices_from: nullable(moment),
  started_at: moment,
  ended_at: nullable(moment),
  undone_at: nullable(moment),
  attempt: count,
  ...sums,
  restored: count,
  kept: count,
})
const mappingTold = (b: { mapping?: string; columns?: Record<string, string[]> }): Mapping | undefined => {
  if (b.columns && Object.keys(b.columns).length)
    return mappingOf(JSON.stringify({ columns: b.columns }), b.mapping ?? 'columns')
  if (b.mapping === undefined || b.mapping === 'akinai') return undefined
  return Object.hasOwn(builtIn, b.mapping) ? builtIn[b.mapping] : mappingOf(b.mapping, b.mapping)
}
const asWords = (f: Fault, lang: Lang) => ({
  line: f.line,
  column: f.column,
  head: f.head,
  code: f.code,
  words: wordsOf(f, lang),
})
const shown = (value: unknown) =>
  value === null || value === undefined
    ? null
    : (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 200)
function told(j: Job, lang: Lang): Static<typeof jobShape> {
  const r = j.report
  const p = r ?? j.progress
  const n = (of: keyof typeof sums) => p?.[of] ?? 0
  return {
    job: j.id,
    kind: j.kind,
    name: j.name,
    started_at: checked<string>(j.started_at),
    state: j.state,
    run: p?.run ?? j.run,
    rows: p?.rows ?? 0,
    of: j.progress?.of ?? null,
    created: n('created'),
    changed: n('changed'),
    unchanged: n('unchanged'),
    discontinued: n('discontinued'),
    prices: n('prices'),
    faulty: n('faulty'),
    before: r?.before ?? false,
    // Ended by somebody while nobody was at it, it has no report.
    cancelled: r ? r.state === 'cancelled' : j.state === 'ended' && j.kind !== 'undo',
    dry: j.kind === 'try',
    faults: (r?.faults ?? []).map((f) => asWords(f, lang)),
    differences: (r?.differences ?? []).map((d) => ({
      line: d.line,
      code: d.code,
      kind: d.kind,
      changes: d.changes
        .slice(0, 30)
        .map((c) => ({ line: c.line, field: c.field, before: shown(c.before), after: shown(c.after) })),
    })),
    undone: j.kind === 'undo' ? (j.progress?.undone ?? 0) : null,
    kept: j.kind === 'undo' ? (j.progress?.kept ?? 0) : null,
    failure:
      j.state === 'failed'
        ? j.refusal
          ? Object.values(words(j.refusal.code, j.refusal.detail, lang)).join(' ')
          : ''
        : null,
  }
}
const uploadAt = Type.Object({ upload: uuid }, strict)
const jobAt = Type.Object({ job: uuid }, strict)
const runAt = Type.Object({ run: number }, strict)

export const imports = [
  route({
    name: 'imports.upload',
    method: 'POST',
    path: '/admin/v1/imports/files',
    who: 'products.write',
    summary: 'A file of products is about to be sent; its parts follow',
    input: { body: Type.Object({ name: short(200), bytes: count }, strict) },
    output: Type.Object({ upload: uuid }),
    run: (c) => c.services.imports.begin({ shop: c.shop, ...c.input.body }),
  }),
  route({
    name: 'imports.part',
    method: 'POST',
    path: '/admin/v1/imports/files/:upload/parts',
    who: 'products.write',
    audit: 'never',
    summary: 'What follows of the file, as base64, from the byte it begins at. Sent again, it is there once',
    limit: 4_194_304,
    input: {
      params: uploadAt,
      body: Type.Object(
        { offset: count, data: Type.String({ maxLength: 3_000_000, pattern: '^[A-Za-z0-9+/]*={0,2}$' }) },
        strict,
      ),
    },
    output: Type.Object({ received: count }),
    run: (c) =>
      c.services.imports.append({
        shop: c.shop,
        upload: c.input.upload,
        offset: c.input.body.offset,
        data: Buffer.from(c.input.body.data, 'base64'),
      }),
  }),
  route({
    name: 'imports.preview',
    method: 'POST',
    path: '/admin/v1/imports/files/:upload/preview',
    who: 'products.write',
    audit: 'never',
    summary: 'How a file would be read: its encoding, its columns and first rows',
    input: { params: uploadAt, body: Type.Object(how, strict) },
    output: Type.Object({
      encoding: Type.Enum([...encodings]),
      bom: Type.Boolean(),
      lines: count,
      mapping: Type.String(),
      columns: Type.Record(Type.String(), Type.Array(Type.String())),
      headings: Type.Array(Type.String()),
      rows: Type.Array(Type.Object({ line: count, cells: Type.Array(Type.String()) })),
      fields: Type.Array(Type.String()),
      unfit: nullable(
        Type.String({ description: 'Why the file cannot be taken in with these columns, in words' }),
      ),
    }),
    run: async (c) => {
      const b = c.input.body
      const mapping = mappingTold(b)
      const p = await c.services.imports.preview({
        shop: c.shop,
        upload: c.input.upload,
        ...(mapping && { mapping }),
        ...(b.encoding && { encoding: b.encoding }),
      })
      return {
        encoding: p.encoding,
        bom: p.bom,
        lines: p.records_at_most,
        mapping: p.mapping.name,
        columns: Object.fromEntries(Object.entries(p.mapping.columns).map(([k, v]) => [k, [...v]])),
        headings: [...p.headings],
        rows: p.rows,
        fields: mappingFields(),
        unfit: p.unfit && Object.values(words(p.unfit.code, p.unfit.detail, c.lang)).join(' '),
      }
    },
  }),
  route({
    name: 'imports.start',
    method: 'POST',
    path: '/admin/v1/imports/files/:upload/start',
    who: 'products.write',
    summary: 'Takes a file in, or tries it out and writes nothing (`dry`)',
    input: {
      params: uploadAt,
      body: Type.Object(
        {
          ...how,
          dry: Type.Boolean(),
          from: Type.Optional(day),
          discontinue: Type.Optional(Type.Boolean()),
          again: Type.Optional(Type.Boolean()),
        },
        strict,
      ),
    },
    output: jobShape,
    run: async (c) => {
      const b = c.input.body
      const mapping = mappingTold(b)
      return told(
        await c.services.imports.start({
          upload: c.input.upload,
          shop: c.shop,
          dry: b.dry,
          actor: c.actor,
          ...(mapping && { mapping }),
          ...(b.encoding && { encoding: b.encoding }),
          ...(b.from !== undefined && { from: b.from }),
          ...(b.discontinue && { discontinue: true }),
          ...(b.again && { again: true }),
        }),
        c.lang,
      )
    },
  }),
  route({
    name: 'imports.job',
    method: 'GET',
    path: '/admin/v1/imports/jobs/:job',
    who: 'products.write',
    summary: 'How far an import is, and what came of it',
    input: { params: jobAt },
    output: jobShape,
    run: async (c) => told(await c.services.imports.job({ shop: c.shop, job: c.input.job }), c.lang),
  }),
  route({
    name: 'imports.cancel',
    method: 'POST',
    path: '/admin/v1/imports/jobs/:job/cancel',
    who: 'products.write',
    summary: 'No further rows; what is done stays',
    input: { params: jobAt },
    output: jobShape,
    run: async (c) =>
      told(await c.services.imports.cancel({ shop: c.shop, job: c.input.job, actor: c.actor }), c.lang),
  }),
  route({
    name: 'imports.resume',
    method: 'POST',
    path: '/admin/v1/imports/jobs/:job/resume',
    who: 'products.write',
    summary: 'Goes on with what has stopped; rows that are done are not done again',
    input: { params: jobAt },
    output: jobShape,
    run: async (c) => told(await c.services.imports.resume({ shop: c.shop, job: c.input.job }), c.lang),
  }),
  route({
    name: 'imports.jobs',
    method: 'GET',
    path: '/admin/v1/imports/jobs',
    who: 'products.write',
    summary: 'Imports that are under way, in whichever process, or have stopped; the latest first',
    input: {},
    output: Type.Object({ items: Type.Array(jobShape) }),
    run: async (c) => ({
      items: (await c.services.imports.open(c.shop)).map((j) => told(j, c.lang)),
    }),
  }),
  route({
    name: 'imports.list',
    method: 'GET',
    path: '/admin/v1/imports',
    who: 'products.write',
    summary: 'Files of products that were taken in, the latest first',
    input: {},
    output: Type.Object({ items: Type.Array(run) }),
    run: async (c) => ({
      items: await ask<Static<typeof run>>(c.services.pool, runList({ shop: c.shop, limit: 100 })),
    }),
  }),
  route({
    name: 'imports.run',
    method: 'GET',
    path: '/admin/v1/imports/:run',
    who: 'products.write',
    summary: 'One import: what is wrong with its rows, and which of them could not be taken back',
    input: { params: runAt },
    output: Type.Object({
      import: run,
      faults: Type.Array(fault),
      kept: Type.Array(Type.Object({ line: Type.Integer(), code: Type.String(), why: Type.String() })),
    }),
    run: async (c) => {
      const [found] = await ask<Static<typeof run>>(
        c.services.pool,
        runList({ shop: c.shop, run: c.input.run, limit: 1 }),
      )
      if (!found) throw ImportMissing({ run: c.input.run })
      const faults = await ask<{ fault: Fault }>(c.services.pool, faultsOf(found.run, 500))
      return {
        import: found,
        faults: faults.map((f) => asWords(f.fault, c.lang)),
        kept: await keptRows(c.services.gate, found.run),
      }
    },
  }),
  route({
    name: 'imports.failed',
    method: 'GET',
    path: '/admin/v1/imports/:run/failed',
    who: 'products.write',
    audit: 'always',
    summary: 'The rows that could not be taken in, as CSV, with what is wrong with each',
    input: { params: runAt },
    output: Type.String(),
    run: async (c) => {
      const [found] = await ask<Static<typeof run>>(
        c.services.pool,
        runList({ shop: c.shop, run: c.input.run, limit: 1 }),
      )
      if (!found) throw ImportMissing({ run: c.input.run })
      return checked<string>(
        new Sheet(`failed-${c.input.run}.csv`, failedRows(c.services.gate, c.input.run, c.lang)),
      )
    },
  }),
  route({
    name: 'imports.undo',
    method: 'POST',
    path: '/admin/v1/imports/:run/undo',
    who: 'products.write',
    summary: 'Takes a whole import back; what was changed since stays and is named',
    input: { params: runAt },
    output: jobShape,
    run: async (c) => {
      const [found] = await ask<Static<typeof run>>(
        c.services.pool,
        runList({ shop: c.shop, run: c.input.run, limit: 1 }),
      )
      if (!found) throw ImportMissing({ run: c.input.run })
      const { run: id, name } = found
      return told(await c.services.imports.undo({ shop: c.shop, run: id, name, actor: c.actor }), c.lang)
    },
  }),
  route({
    name: 'exports.products',
    method: 'GET',
    path: '/admin/v1/exports/products',
    who: 'products.write',
    audit: 'always',
    fresh: true,
    summary: 'All products with what they cost now, as CSV that can be taken in again',
    input: { query: Type.Object({ encoding: Type.Optional(Type.Enum([...encodings])) }, strict) },
    output: Type.String(),
    run: async (c) => {
      const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-export-'))
      const gone = () => fs.rmSync(directory, { recursive: true, force: true })
      const file = path.join(directory, 'products.csv')
      try {
        await exportProducts(c.services.gate, { file, shop: c.shop, encoding: c.input.encoding ?? 'utf-8' })
      } catch (error) {
        gone()
        throw error
      }
      return checked<string>(new Sheet('products.csv', sent(file), gone))
    },
  }),
]
/** Opened when somebody begins to read. */
async function* sent(file: string): AsyncGenerator<Buffer> {
  for await (const chunk of fs.createReadStream(file)) yield chunk as Buffer
}
