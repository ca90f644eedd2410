import { declaredFields, units, type FieldValue, type Option } from '#domains/catalog'
import { CellUnfit, CellUnreadable, FileUnreadable, RowUnfit, type Fault } from '#domains/imports'
import { asCells, excited, recordsOf, type Encoding, type FileRecord } from '#doors/files'
import type { ProductLines, SkuLine } from '#flows/imports'
import { unitPrice } from '#kernel/money'
import type { Refusal } from '#kernel/refusal'
import { checked } from '#kernel/trust'
import { skuFields, type Mapping } from './mapping.ts'
import { Seen } from './seen.ts'

type Heads = Readonly<Record<string, readonly [number, string]>>
/** Rows of a file that are taken in together: products, and what is wrong with the other rows. */
export type Batch = {
  readonly line: number
  readonly rows: number
  readonly products: readonly ProductLines[]
  readonly faults: readonly Fault[]
  readonly raw: readonly (readonly [number, string])[]
  /** Parts of its sets, which may stand in the batches before it. */
  readonly parts: readonly string[]
}
export type Headed = {
  readonly headings: readonly string[]
  readonly mapping: Mapping
  readonly heads: Heads
}
const rowsMost = 5_000_000

/** The first line of a file. */
export function headingsIn(first: FileRecord | undefined): string[] {
  if (!first) throw FileUnreadable({ why: 'empty', found: '' })
  if (first.unread.length)
    throw FileUnreadable({
      why: 'heading',
      found: first.unread
        .map((u) => `${u.column}: ${u.why} ${u.found}`)
        .join(', ')
        .slice(0, 200),
    })
  const headings = first.cells.map((c) => excited(c).trim())
  const twice = headings.find((h, i) => h !== '' && headings.indexOf(h) < i)
  if (twice !== undefined) throw FileUnreadable({ why: 'twice', found: twice.slice(0, 100) })
  return headings
}
/** The first line of a file, and where each of our fields stands. */
export function headed(
  first: FileRecord | undefined,
  choose: (headings: readonly string[]) => Mapping,
): Headed {
  const headings = headingsIn(first)
  const mapping = choose(headings)
  for (const h of Object.values(mapping.columns).flat())
    if (!headings.includes(h)) throw FileUnreadable({ why: 'column', found: h.slice(0, 100) })
  if (!mapping.columns.code && !mapping.columns.sku)
    throw FileUnreadable({ why: 'code', found: headings.join(', ').slice(0, 200) })
  const heads = Object.fromEntries(
    Object.entries(mapping.columns).map(([field, [h]]) => [field, [headings.indexOf(h!) + 1, h!] as const]),
  )
  return { headings, mapping, heads: { ...heads, ...(!heads.sku && heads.code && { sku: heads.code }) } }
}

/** Reads a file as batches of products, however long it is. The same file gives the same batches. */
export async function* batchesOf(
  file: string,
  encoding: Encoding,
  choose: (headings: readonly string[]) => Mapping,
  told: (h: Headed) => void = () => {},
  seen = new Seen(),
): AsyncGenerator<Batch> {
  let h: Headed | undefined
  let reader: Reader | undefined
  let count = 0
  for await (const hand of recordsOf(file, encoding))
    for (const record of hand) {
      if (!h) {
        h = headed(record, choose)
        told(h)
        reader = new Reader(h, seen)
        continue
      }
      if (++count > rowsMost) throw FileUnreadable({ why: 'rows', found: rowsMost.toLocaleString('en') })
      yield* reader!.take(record)
    }
  if (!h) headed(undefined, choose)
  yield* reader!.rest()
}

type Row = { line: number; text: string; values: Map<string, string>; faults: Fault[]; code: string }
class Reader {
  readonly #h: Headed
  readonly #seen: Seen
  readonly #at: readonly (readonly [string, readonly number[]])[]
  readonly #product: readonly (readonly [string, number])[]
  #group: Row[] = []
  #batch = this.#fresh()
  #weight = 0
  readonly #full: Batch[] = []
  constructor(h: Headed, seen: Seen) {
    this.#h = h
    this.#seen = seen
    this.#at = Object.entries(h.mapping.columns).map(([field, heads]) => [
      field,
      heads.map((x) => h.headings.indexOf(x)),
    ])
    const ofSku = new Set<string>(skuFields)
    this.#product = this.#at.filter(([field]) => !ofSku.has(field)).map(([field, at]) => [field, at[0]!])
  }
  #fresh() {
    return {
      line: 0,
      rows: 0,
      products: [] as ProductLines[],
      faults: [] as Fault[],
      raw: [] as (readonly [number, string])[],
      parts: [] as string[],
    }
  }
  /** The batches that are full now. */
  take(record: FileRecord): Batch[] {
    const row = this.#row(record)
    const open = this.#group[0]
    // More rows than a product can have are refused in words when they are held against the catalogue.
    if (open && (open.code === '' || open.code !== row.code || this.#group.length >= 1000)) this.#close()
    this.#group.push(row)
    return this.#full.splice(0)
  }
  rest(): Batch[] {
    this.#close()
    this.#flush()
    return this.#full.splice(0)
  }
  #flush(): void {
    if (this.#batch.rows) this.#full.push(this.#batch)
    this.#batch = this.#fresh()
    this.#weight = 0
  }
  #row(record: FileRecord): Row {
    const { headings, mapping } = this.#h
    const { line } = record
    const faults: Fault[] = record.unread.map((u) => ({
      line,
      column: u.column,
      head: headings[u.column - 1] ?? '',
      code: CellUnreadable.code,
      detail: { why: u.why, found: u.found },
    }))
    if (
      record.cells.length !== headings.length &&
      !record.unread.some((u) => u.why === 'long' || u.why === 'quote')
    )
      faults.push({
        line,
        column:
          Math.min(record.cells.length, headings.length) + (record.cells.length > headings.length ? 1 : 0),
        head: '',
        code: RowUnfit.code,
        detail: { why: 'columns', found: `${record.cells.length} / ${headings.length}` },
      })
    const values = new Map<string, string>(Object.entries(mapping.values ?? {}))
    for (const [field, at] of this.#at)
      values.set(
        field,
        at.length === 1
          ? excited(record.cells[at[0]!] ?? '')
          : at
              .map((n) => excited(record.cells[n] ?? ''))
              .filter(Boolean)
              .join(' '),
      )
    const code = (values.get('code') ?? values.get('sku') ?? '').trim()
    return { line, text: asCells(record.cells.map(excited)), values, faults, code }
  }
  /** The rows of one product become that product, or what is wrong with them. */
  #close(): void {
    const rows = this.#group
    if (!rows.length) return
    this.#group = []
    const first = rows[0]!
    const skus: SkuLine[] = []
    const head = this.#seen.first(`p ${first.code}`, first.line)
    if (first.code !== '' && head !== first.line)
      this.#say(first, 'code', RowUnfit({ why: 'twice', found: String(head) }))
    const product = new Cells(first, this.#h.heads)
    const made = productOf(product, first)
    for (const row of rows) {
      for (const [field] of this.#product) {
        const value = row.values.get(field)!
        if (row !== first && value !== first.values.get(field))
          this.#say(row, field, CellUnfit({ why: 'differs', found: value.slice(0, 50) }))
      }
      const cells = row === first ? product : new Cells(row, this.#h.heads)
      const sku = skuOf(cells, row)
      for (const [field, code] of [
        ['sku', sku.code],
        ['jan', sku.jan ?? ''],
      ] as const) {
        if (code === '' || (field === 'jan' && code === sku.code)) continue
        const at = this.#seen.first(`s ${code}`, row.line)
        if (at !== row.line) this.#say(row, field, RowUnfit({ why: 'twice', found: String(at) }))
      }
      skus.push(sku)
    }
    // The parts of a set are taken in before it.
    if (skus.some((k) => k.components) && this.#batch.products.length && !this.#batch.parts.length)
      this.#flush()
    this.#batch.line ||= first.line
    this.#batch.rows += rows.length
    for (const row of rows) {
      this.#batch.raw.push([row.line, row.text])
      this.#weight += row.text.length
    }
    this.#judge(rows, made, skus)
    if (this.#batch.rows >= 250 || this.#weight > 1_000_000) this.#flush()
  }
  #judge(rows: readonly Row[], made: Omit<ProductLines, 'skus'>, skus: readonly SkuLine[]): void {
    const bad = rows.find((r) => r.faults.length > 0)
    if (!bad) {
      this.#batch.products.push({ ...made, skus })
      for (const s of skus) for (const c of s.components ?? []) this.#batch.parts.push(c.sku)
      return
    }
    for (const row of rows) {
      if (!row.faults.length) this.#say(row, '', RowUnfit({ why: 'together', found: String(bad.line) }))
      this.#batch.faults.push(...row.faults)
    }
  }
  #say(row: Row, field: string, refusal: Refusal) {
    const [column = 0, head = ''] = this.#h.heads[field] ?? []
    row.faults.push({ line: row.line, column, head, code: refusal.code, detail: refusal.detail })
  }
}

/** The cells of one row, read as what each is; what cannot be is told. */
class Cells {
  readonly #row: Row
  readonly #heads: Heads
  constructor(row: Row, heads: Heads) {
    this.#row = row
    this.#heads = heads
  }
  has(field: string): boolean {
    return this.#row.values.has(field)
  }
  wrong(field: string, why: string, found: string, most?: number): undefined {
    // Of a cell whose letters cannot be read, or of a row whose columns are shifted, that is enough.
    if (this.#row.faults.length && this.#row.faults.some((f) => f.code !== CellUnfit.code)) return
    const [column = 0, head = ''] = this.#heads[field] ?? []
    const { code, detail } = CellUnfit({
      why,
      found: found.slice(0, 50),
      ...(most !== undefined && { most }),
    })
    this.#row.faults.push({ line: this.#row.line, column, head, code, detail })
  }
  text(field: string, most: number): string | null {
    const value = this.#row.values.get(field) ?? ''
    if (value.length > most) this.wrong(field, 'long', '', most)
    return value.trim() === '' ? null : value
  }
  plain(field: string): string {
    return (this.#row.values.get(field) ?? '').normalize('NFKC').trim()
  }
  code(field: string): string {
    const value = (this.#row.values.get(field) ?? '').trim()
    if (value === '') this.wrong(field, 'empty', '')
    else if (!isCode(value)) this.wrong(field, 'code', value)
    return value
  }
  whole(field: string, least: number, most: number): number | null {
    const value = this.plain(field)
    if (value === '') return null
    const n = Number(value)
    if (/^\d{1,9}$/.test(value) && n >= least && n <= most) return n
    this.wrong(field, 'whole', value)
    return null
  }
  yes(field: string): boolean {
    const value = this.plain(field).toLowerCase()
    if (['yes', 'true', '1', 'はい', '○', '有'].includes(value)) return true
    if (!['', 'no', 'false', '0', 'いいえ', '×', '無'].includes(value)) this.wrong(field, 'yes_no', value)
    return false
  }
  choice(field: string, of: readonly string[]): string {
    const value = this.plain(field)
    if (value === '' || of.includes(value)) return value || of[0]!
    this.wrong(field, 'choice', value)
    return of[0]!
  }
  price(field: string): number | null {
    const value = this.plain(field).replace(/[¥,円\s]/g, '')
    if (value === '') return null
    const price = unitPrice(value)
    if (price !== undefined && price < 100_000_000_000_000) return price
    this.wrong(field, 'price', this.plain(field))
    return null
  }
  date(field: string): string | null {
    const value = this.plain(field).replaceAll('/', '-')
    if (value === '') return null
    try {
      return /T/.test(value)
        ? Temporal.Instant.from(value).toString()
        : Temporal.PlainDate.from(value).toZonedDateTime('Asia/Tokyo').toInstant().toString()
    } catch {
      this.wrong(field, 'date', value)
      return null
    }
  }
  json<T>(field: string, fits: (value: unknown) => boolean): T | undefined {
    const value = this.#row.values.get(field) ?? ''
    if (value.trim() === '') return undefined
    try {
      const told: unknown = JSON.parse(value)
      if (fits(told)) return checked<T>(told)
    } catch {
      // said below
    }
    this.wrong(field, 'json', value)
    return undefined
  }
}
const isCode = (text: string) => /^[\p{L}\p{N}._-]{1,64}$/u.test(text)
const isSlug = (x: unknown): x is string => typeof x === 'string' && /^[a-z0-9][a-z0-9_-]{0,39}$/.test(x)
const isBoth = (x: unknown): boolean => {
  const t = x as { ja?: unknown; en?: unknown } | null
  return (
    typeof t === 'object' &&
    t !== null &&
    typeof t.ja === 'string' &&
    t.ja.trim() !== '' &&
    [t.ja, t.en].every((w) => typeof w === 'string' && w.length <= 60)
  )
}
const isOption = (x: unknown): boolean => {
  const o = x as Partial<Option> | null
  return (
    typeof o === 'object' &&
    o !== null &&
    isSlug(o.code) &&
    isBoth(o.name) &&
    Array.isArray(o.values) &&
    o.values.length > 0 &&
    o.values.length <= 500 &&
    o.values.every(
      (v) =>
        isSlug(v?.code) && isBoth(v.name) && (v.colour === undefined || /^#[0-9A-Fa-f]{6}$/.test(v.colour)),
    )
  )
}
const isChosen = (x: unknown): boolean =>
  typeof x === 'object' &&
  x !== null &&
  !Array.isArray(x) &&
  Object.entries(x).every(([k, v]) => isSlug(k) && isSlug(v))
const pictures = /^[a-z0-9][a-z0-9._-]*\.(webp|avif|png|jpg)$/

function words(c: Cells, field: 'name' | 'summary' | 'description', most: number) {
  if (c.has(field)) {
    const both = c.text(field, most)
    return { ...(both === null ? { ja: null, en: null } : { ja: both }) }
  }
  const ja = c.has(`${field}_ja`) ? c.text(`${field}_ja`, most) : undefined
  const en = c.has(`${field}_en`) ? c.text(`${field}_en`, most) : undefined
  return ja === undefined && en === undefined
    ? undefined
    : { ...(ja !== undefined && { ja }), ...(en !== undefined && { en }) }
}
function productOf(c: Cells, row: Row): Omit<ProductLines, 'skus'> {
  const name = words(c, 'name', 200)
  if (name && !name.ja && !name.en) c.wrong(c.has('name') ? 'name' : 'name_ja', 'empty', '')
  const summary = words(c, 'summary', 500)
  const description = words(c, 'description', 10_000)
  const fields: Record<string, FieldValue | null> = {}
  for (const f of declaredFields()) {
    const at = `field:${f.field}`
    if (!c.has(at)) continue
    const text = c.text(at, 2000)
    if (text === null) fields[f.field] = null
    else if (f.kind === 'text') fields[f.field] = text
    else if (f.kind === 'yes_no') fields[f.field] = c.yes(at)
    else if (/^-?\d{1,13}$/.test(c.plain(at))) fields[f.field] = Number(c.plain(at))
    else c.wrong(at, 'whole', text)
  }
  const picture = c.has('picture') ? c.text('picture', 200) : undefined
  if (picture && !pictures.test(picture)) c.wrong('picture', 'choice', picture)
  const options = c.json<Option[]>('options', (x) => Array.isArray(x) && x.length <= 5 && x.every(isOption))
  const categories = c
    .plain('categories')
    .split(/[\s;]+/)
    .filter(Boolean)
  const code = c.has('code') ? c.code('code') : c.code('sku')
  return {
    line: row.line,
    code,
    ...(name && { name }),
    ...(c.has('kana') && { kana: c.text('kana', 200) }),
    ...(c.has('brand') && { brand: c.text('brand', 100) }),
    ...(summary && { summary }),
    ...(description && { description }),
    ...(c.has('tax_class') && { tax_class: c.choice('tax_class', ['standard', 'reduced', 'zero']) }),
    ...(c.has('age') && { age: c.whole('age', 1, 99) }),
    ...(picture !== undefined && { picture }),
    ...(c.has('categories') && { categories }),
    ...(c.has('options') && { options: options ?? [] }),
    ...(c.has('archived') && { archived: c.yes('archived') }),
    ...(Object.keys(fields).length && { fields }),
  }
}
function skuOf(c: Cells, row: Row): SkuLine {
  const chosen = c.json<Record<string, string>>('sku_options', isChosen)
  const jan = c.plain('jan').replace(/[\s-]/g, '')
  const components = partsOf(c)
  return {
    line: row.line,
    code: c.has('sku') ? c.code('sku') : row.code,
    ...(c.has('jan') && { jan: jan === '' ? null : jan.slice(0, 20) }),
    ...(c.has('sku_options') && { options: chosen ?? {} }),
    ...(c.has('unit') && { unit: c.choice('unit', units) }),
    ...(c.has('decimals') && { decimals: c.whole('decimals', 0, 3) ?? 0 }),
    ...(c.has('case_pack') && { case_pack: c.whole('case_pack', 1, 1_000_000) }),
    ...(c.has('weight_grams') && { weight_grams: c.whole('weight_grams', 0, 100_000_000) }),
    ...(c.has('lot_kept') && { lot_kept: c.yes('lot_kept') }),
    ...(c.has('serial_kept') && { serial_kept: c.yes('serial_kept') }),
    ...(components !== undefined && { components }),
    ...(c.has('sku_archived') && { archived: c.yes('sku_archived') }),
    ...(c.has('price') && { price: c.price('price') }),
    ...(c.has('price_from') && { price_from: c.date('price_from') }),
  }
}
/** `SKU*2 OTHER*1`: the parts of a set. */
function partsOf(c: Cells): { sku: string; quantity: number }[] | null | undefined {
  if (!c.has('components')) return undefined
  const text = c.plain('components')
  if (text === '') return null
  const parts = text.split(/[\s;]+/).map((part) => {
    const m = /^(.+)\*(\d{1,4})$/.exec(part)
    return { sku: m?.[1] ?? '', quantity: Number(m?.[2] ?? 0) }
  })
  if (parts.length > 100 || parts.some((p) => !isCode(p.sku) || p.quantity < 1 || p.quantity > 1000)) {
    c.wrong('components', 'json', text)
    return null
  }
  return parts
}
