import { sql } from '#kernel/db'
import { reader, table, type Tx } from '#kernel/gate'
import { append } from '#kernel/journal'
import { PlaceChanged } from './events.ts'
import { PlaceCodeTaken, PlaceMissing } from './refusals.ts'

type Text = { ja: string; en: string }
export type PlaceKind = 'warehouse' | 'store' | 'factory' | 'outside'
export type Place = {
  id: number
  version: number
  code: string
  kind: PlaceKind
  entity: number
  name: Text
  sells_web: boolean
  priority: number
}
export type Row = Omit<Place, 'version'> & { postal: string | null; address: Text | null }
export const placeTable = table<Row & { archived_at: Date | null }>(
  'places.place',
  {
    id: 'integer',
    code: 'text',
    kind: 'text',
    entity: 'integer',
    name: 'jsonb',
    postal: 'text',
    address: 'jsonb',
    sells_web: 'boolean',
    priority: 'smallint',
    archived_at: 'timestamptz',
  },
  { place_pkey: 'rerun', place_code_key: (row) => PlaceCodeTaken({ code: row.code }) },
)

const byId = reader<number, Place>(
  'id',
  (ids) =>
    sql`select id, version, code, kind, entity, name, sells_web, priority from places.place where id = any(${ids}::int[])`,
  { keep_ms: 1000 },
)
const byCode = reader<string, Place>(
  'code',
  (codes) =>
    sql`select id, version, code, kind, entity, name, sells_web, priority from places.place where code = any(${codes}::text[]) and archived_at is null`,
  { keep_ms: 1000 },
)
const list = reader<string, Place & { all_of: string }>(
  'all_of',
  (keys) =>
    sql`select k as all_of, id, version, code, kind, entity, name, sells_web, priority from places.place, unnest(${keys}::text[]) k where archived_at is null order by priority, id`,
  { keep_ms: 1000 },
)

export async function placeById(tx: Tx, id: number): Promise<Place> {
  const place = await byId.one(tx, id)
  if (!place) throw PlaceMissing({ place: id })
  return place
}
/** A place in use. */
export async function placeByCode(tx: Tx, code: string): Promise<Place> {
  const place = await byCode.one(tx, code)
  if (!place) throw PlaceMissing({ place: code })
  return place
}
/** Every place in use, in the order in which they are asked. */
export const allPlaces = (tx: Tx): Promise<readonly Place[]> => list.all(tx, 'places')

export function add(tx: Tx, p: Row): void {
  tx.insert(placeTable, {
    id: p.id,
    code: p.code,
    kind: p.kind,
    entity: p.entity,
    name: p.name,
    postal: p.postal,
    address: p.address,
    sells_web: p.sells_web,
    priority: p.priority,
    archived_at: null,
  })
  append(tx, PlaceChanged, { subject: `place:${p.id}`, body: { place: p.id, change: 'added' } })
}
