/**
 * Units that bear a number of their own. A row says where its unit is; how many there are is the ledger's, and each verb here
 * goes with the post that moves as many. A unit is in one place: its row is guarded, so of two that want it one finds it gone.
 */
import { sql } from '#kernel/db'
import { reader, table, type Guarded, type Tx } from '#kernel/gate'
import { append } from '#kernel/journal'
import { SerialMoved } from './events.ts'
import { SerialElsewhere, SerialNotThere, SerialsNeeded, SerialsNotKept, SerialTwice } from './refusals.ts'

export type SerialState = 'on_shelf' | 'in_transit' | 'sold' | 'gone'
type Row = {
  id: number
  sku: number
  serial: string
  lot: number
  state: SerialState
  shelf: number | null
  journey: number | null
  journey_line: number | null
  allocation: number | null
  order: number | null
  created_at: Date
}
type Known = Row & { version: number }
export type Unit = Guarded<Known> & Known
/** Numbers that somebody read off the units of one SKU, with what is known of each. */
export type Named = {
  readonly sku: number
  readonly code: string
  readonly units: readonly { serial: string; row: Unit | undefined }[]
}

const serialTable = table<Row>(
  'stock.serial',
  {
    id: 'bigint',
    sku: 'bigint',
    serial: 'text',
    lot: 'bigint',
    state: 'text',
    shelf: 'bigint',
    journey: 'bigint',
    journey_line: 'bigint',
    allocation: 'bigint',
    order: 'bigint',
    created_at: 'timestamptz',
  },
  // Two that bring the same new number at once: the later finds the earlier's.
  { serial_key: 'rerun' },
  (r) => `${r.sku} ${r.serial}`,
)
const byNumber = reader<string, Known & { key: string }>(
  'key',
  (keys) => sql`
  select k.key, r.id, r.version, r.sku, r.serial, r.lot, r.state, r.shelf, r.journey, r.journey_line, r.allocation, r."order", r.created_at
  from unnest(${keys}::text[]) k(key) join stock.serial r on r.sku = split_part(k.key, chr(10), 1)::bigint and r.serial = split_part(k.key, chr(10), 2)`,
)
const byJourneyLine = reader<number, Known>(
  'journey_line',
  (lines) => sql`
  select id, version, sku, serial, lot, state, shelf, journey, journey_line, allocation, "order", created_at from stock.serial where journey_line = any(${lines}::bigint[]) order by id`,
)
const byOrder = reader<number, Known>(
  'order',
  (orders) => sql`
  select id, version, sku, serial, lot, state, shelf, journey, journey_line, allocation, "order", created_at from stock.serial where "order" = any(${orders}::bigint[]) order by id`,
)

/** The very units of a line: as many numbers as units where the SKU is kept by them, none where it is not. */
export async function unitsFor(
  tx: Tx,
  ask: {
    sku: { id: number; code: string; serial_kept: boolean }
    serials: readonly string[]
    quantity: number
  },
): Promise<Named | undefined> {
  const { id: sku, code, serial_kept: kept } = ask.sku
  if (kept) return nameUnits(tx, { sku, code, serials: ask.serials, quantity: ask.quantity })
  if (ask.serials.length) throw SerialsNotKept({ sku: code })
  return undefined
}
/** The units behind the numbers told. Refuses a number told twice, and another count than `quantity`. */
export async function nameUnits(
  tx: Tx,
  ask: { sku: number; code: string; serials: readonly string[]; quantity?: number },
): Promise<Named> {
  const twice = ask.serials.find((s, i) => ask.serials.indexOf(s) !== i)
  if (twice !== undefined) throw SerialTwice({ sku: ask.code, serial: twice })
  if (ask.quantity !== undefined && ask.serials.length !== ask.quantity)
    throw SerialsNeeded({ sku: ask.code, wanted: ask.quantity, told: ask.serials.length })
  return {
    sku: ask.sku,
    code: ask.code,
    units: await Promise.all(
      ask.serials.map(async (serial) => ({
        serial,
        row: await byNumber.guard(tx, serialTable, `${ask.sku}\n${serial}`),
      })),
    ),
  }
}
export const unitsUnderWay = (tx: Tx, line: number): Promise<Unit[]> =>
  byJourneyLine.guardAll(tx, serialTable, line)
/** The numbers that an order has, to look at. */
export const serialsSoldOn = async (
  tx: Tx,
  order: number,
): Promise<{ allocation: number; serial: string }[]> =>
  (await byOrder.all(tx, order)).map((r) => ({ allocation: r.allocation!, serial: r.serial }))

const nowhere = { shelf: null, journey: null, journey_line: null, allocation: null, order: null }
type Whereabouts = Partial<typeof nowhere> | { [K in keyof typeof nowhere]?: number }
function place(tx: Tx, row: Unit, state: SerialState, at: Whereabouts): void {
  tx.update(serialTable, row, { state, ...nowhere, ...at })
  say(tx, row.id, row.sku, state, at)
}
const say = (tx: Tx, id: number, sku: number, state: SerialState, at: Whereabouts) =>
  append(tx, SerialMoved, {
    subject: `serial:${id}`,
    body: {
      serial: id,
      sku,
      state,
      ...(at.shelf != null && { shelf: at.shelf }),
      ...(at.journey != null && { journey: at.journey }),
      ...(at.order != null && { order: at.order }),
    },
  })

/** New ones, and such as had been lost, now stand on a shelf. One that is in the house or sold cannot come in a second time. */
export function shelve(tx: Tx, named: Named, shelf: number, lot = 0): void {
  for (const { serial, row } of named.units)
    if (row === undefined) {
      const id = tx.number()
      tx.insert(serialTable, {
        id,
        sku: named.sku,
        serial,
        lot,
        state: 'on_shelf',
        ...nowhere,
        shelf,
        created_at: tx.now,
      })
      say(tx, id, named.sku, 'on_shelf', { shelf })
    } else if (row.state === 'gone') place(tx, row, 'on_shelf', { shelf })
    else throw SerialElsewhere({ sku: named.code, serial, state: row.state, order: row.order })
}
/** They leave a shelf: to the buyer, to another place of ours, or for good. Refuses one that does not stand there. */
export function unshelve(
  tx: Tx,
  named: Named,
  shelf: number,
  to: { order: number; allocation: number } | { journey: number; line: number } | 'gone',
): void {
  for (const { serial, row } of named.units) {
    if (row?.shelf !== shelf) throw notThere(named, { serial, row })
    if (to === 'gone') place(tx, row, 'gone', {})
    else if ('journey' in to) place(tx, row, 'in_transit', { journey: to.journey, journey_line: to.line })
    else place(tx, row, 'sold', { order: to.order, allocation: to.allocation })
  }
}
/** What was under way stands on a shelf of the place it went to. */
export function unpack(tx: Tx, rows: readonly Unit[], shelf: number): void {
  for (const row of rows) place(tx, row, 'on_shelf', { shelf })
}
/**
 * Units came back from an order. `unnamed` is how many of them left without a number: so many may bear one that nobody had
 * said; any other must have been sold with this very order.
 */
export function takeBack(tx: Tx, named: Named, ask: { order: number; shelf: number; unnamed: number }): void {
  const strange = named.units.filter((u) => u.row === undefined || u.row.state === 'gone')
  for (const { serial, row } of named.units)
    if (row?.state === 'sold' && row.order === ask.order) place(tx, row, 'on_shelf', { shelf: ask.shelf })
    else if (!(row === undefined || row.state === 'gone') || strange.length > ask.unnamed)
      throw notThere(named, { serial, row })
  shelve(tx, { ...named, units: strange }, ask.shelf)
}
/** Divides named units over the shelves they are to leave, as many from each as it gives. Refuses one that stands on none of them. */
export function unitsOn(
  named: Named,
  from: readonly { shelf: number; quantity: number }[],
): (Named | undefined)[] {
  const left = [...named.units]
  const taken = from.map(({ shelf, quantity }) => {
    const mine = left.filter((u) => u.row?.shelf === shelf).slice(0, quantity)
    for (const u of mine) left.splice(left.indexOf(u), 1)
    return mine.length ? { ...named, units: mine } : undefined
  })
  const stray = left[0]
  if (stray) throw notThere(named, stray)
  return taken
}
/** How many of the named stand on a shelf now. */
export const standing = (named: Named, shelf: number): number =>
  named.units.filter((u) => u.row?.shelf === shelf).length
const notThere = (named: Named, { serial, row }: Named['units'][number]) =>
  SerialNotThere({
    sku: named.code,
    serial,
    state: row?.state ?? 'unknown',
    order: row?.order ?? null,
  })
