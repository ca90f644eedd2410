import { sql } from '#kernel/db'
import { reader, type Guarded, type Tx } from '#kernel/gate'
import { append } from '#kernel/journal'
import { PlaceChanged } from './events.ts'
import { PlaceMissing, PlaceStale } from './refusals.ts'
import { placeTable, type Row } from './places.ts'

export type Kept = Row & { version: number; archived_at: Date | null }
type Known = Guarded<Kept> & Kept
const byId = reader<number, Kept>(
  'id',
  (ids) =>
    sql`select id, version, code, kind, entity, name, postal, address, sells_web, priority, archived_at from places.place where id = any(${ids}::int[])`,
)
/** Every place there is, those in use first. */
export const placesKept = sql`
  select id, version, code, kind, entity, name, postal, address, sells_web, priority, archived_at from places.place order by archived_at is not null, priority, id limit 1000`

/** The number of the next place; whoever takes it at the same moment is asked again. */
export async function freePlaceNumber(tx: Tx): Promise<number> {
  const [last] = await tx.list<{ id: number }>(sql`select id from places.place order by id desc limit 1`)
  return (last?.id ?? 0) + 1
}
/** A place as somebody saw it; refused when another has changed it since. */
export async function placeAt(tx: Tx, ask: { place: number; version?: number }): Promise<Known> {
  const found = await byId.guard(tx, placeTable, ask.place)
  if (!found) throw PlaceMissing({ place: ask.place })
  if (ask.version !== undefined && found.version !== ask.version) throw PlaceStale({ version: found.version })
  return found
}
const say = (tx: Tx, place: number, what: 'changed' | 'archived' | 'resumed') =>
  append(tx, PlaceChanged, { subject: `place:${place}`, body: { place, change: what } })

export function change(
  tx: Tx,
  place: Known,
  to: Pick<Row, 'kind' | 'name' | 'postal' | 'address' | 'sells_web' | 'priority'>,
): void {
  const { kind, name, postal, address, sells_web, priority } = to
  tx.update(placeTable, place, { kind, name, postal, address, sells_web, priority })
  say(tx, place.id, 'changed')
}
/** Used no more: what happened there stays. Whether it is empty, its flow asks. */
export function archive(tx: Tx, place: Known): void {
  tx.update(placeTable, place, { archived_at: tx.now })
  say(tx, place.id, 'archived')
}
export function resume(tx: Tx, place: Known): void {
  tx.update(placeTable, place, { archived_at: null })
  say(tx, place.id, 'resumed')
}
