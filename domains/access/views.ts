import { sql } from '#kernel/db'
import { reader, table, type Guarded, type Tx } from '#kernel/gate'
import { NotAllowed, TooManyViews, ViewMissing } from './refusals.ts'
import { allows, roles, type Permission } from './matrix.ts'

/** Which words of an address each list is kept by, and who may see it. What finds a person is not among them. */
export const viewed = {
  orders: { permission: 'orders.read', keeps: ['status', 'channel', 'from', 'to'] },
  customers: { permission: 'members.read', keeps: ['kind'] },
  products: { permission: 'products.read', keeps: ['q', 'state'] },
  stock: { permission: 'stock.read', keeps: ['q', 'place', 'only'] },
  shortages: { permission: 'shortages.read', keeps: ['state'] },
  mail: { permission: 'mail.read', keeps: ['state'] },
  audit: { permission: 'audit.read', keeps: ['actor', 'what', 'from', 'to'] },
} as const satisfies Record<string, { permission: Permission; keeps: readonly string[] }>
export type ViewedList = keyof typeof viewed
export const viewedLists = Object.keys(viewed) as ViewedList[]
/** Of one member of the staff. */
const most = 100

type Row = {
  id: string
  staff: number
  list: ViewedList
  name: string
  search: Readonly<Record<string, string>>
  shared: boolean
  created_at: Date
}
const viewTable = table<Row>('access.view', {
  id: 'uuid',
  staff: 'bigint',
  list: 'text',
  name: 'text',
  search: 'jsonb',
  shared: 'boolean',
  created_at: 'timestamptz',
})
type Default = { id: string; staff: number; list: ViewedList; view: string | null }
const defaultTable = table<Default>(
  'access.default_view',
  { id: 'text', staff: 'bigint', list: 'text', view: 'uuid' },
  { default_view_pkey: 'rerun' },
  (r) => r.id,
)
type Known = Row & { version: number }
const byId = reader<string, Known>(
  'id',
  (ids) => sql`
  select id, version, staff, list, name, search, shared, created_at from access.view where id = any(${ids}::uuid[])`,
)
const defaults = reader<string, Default & { version: number }>(
  'id',
  (ids) => sql`select id, version, staff, list, view from access.default_view where id = any(${ids}::text[])`,
)

/** One's own, and those that others share: of lists that one may see. */
export const viewsFor = (staff: number, lists: readonly ViewedList[]) => sql`
  select v.id as view, v.staff, v.list, v.name, v.search, v.shared, v.staff = ${staff}::bigint as own, d.view is not null as is_default
  from access.view v join access.staff s on s.id = v.staff left join access.default_view d on d.staff = ${staff}::bigint and d.list = v.list and d.view = v.id
  where v.list = any(${[...lists]}::text[]) and (v.staff = ${staff}::bigint or v.shared and s.disabled_at is null) order by v.list, v.shared, v.name, v.id limit 1000`
export type View = {
  view: string
  staff: number
  list: ViewedList
  name: string
  search: Record<string, string>
  shared: boolean
  own: boolean
  is_default: boolean
}

async function toChange(tx: Tx, id: string, mayAll: boolean): Promise<(Guarded<Known> & Known) | undefined> {
  const found = await byId.guard(tx, viewTable, id)
  if (!found) return undefined
  if (found.staff === tx.actor.id) return found
  if (!found.shared) throw ViewMissing({})
  if (!mayAll) throw NotAllowed({ permission: 'users.write' })
  return found
}
/** Whoever looks after the staff may put away what others share. */
const mayAll = (tx: Tx) => {
  const role = roles.find((r) => r === tx.actor.name)
  return role !== undefined && allows(role, 'users.write') === 'all'
}
/** A view as it is from now on: a new one, or one of one's own under another name. */
export async function keepView(tx: Tx, ask: Omit<Row, 'staff' | 'created_at'>): Promise<{ view: string }> {
  const before = await toChange(tx, ask.id, false)
  if (before) {
    tx.update(viewTable, before, { name: ask.name, search: ask.search, shared: ask.shared })
    return { view: ask.id }
  }
  const [mine] = await tx.list<{ n: number }>(
    sql`select count(*)::int as n from access.view where staff = ${tx.actor.id}::bigint`,
  )
  if (mine!.n >= most) throw TooManyViews({ most })
  tx.insert(viewTable, {
    id: ask.id,
    staff: tx.actor.id,
    list: ask.list,
    name: ask.name,
    search: ask.search,
    shared: ask.shared,
    created_at: tx.now,
  })
  return { view: ask.id }
}
/** It is gone; keeping it again brings it back. */
export async function dropView(tx: Tx, ask: { view: string }): Promise<{ view: string }> {
  const before = await toChange(tx, ask.view, mayAll(tx))
  if (before) tx.delete(viewTable, before)
  return ask
}
/** What a list begins with for whoever asks; null: with everything. */
export async function setDefaultView(
  tx: Tx,
  ask: { list: ViewedList; view: string | null },
): Promise<{ view: string | null }> {
  const id = `${tx.actor.id} ${ask.list}`
  const [before, view] = await Promise.all([
    defaults.guard(tx, defaultTable, id),
    ask.view === null ? undefined : byId.one(tx, ask.view),
  ])
  if (ask.view !== null && (!view || view.list !== ask.list || (view.staff !== tx.actor.id && !view.shared)))
    throw ViewMissing({})
  if (before) tx.update(defaultTable, before, { view: ask.view })
  else tx.insert(defaultTable, { id, staff: tx.actor.id, list: ask.list, view: ask.view })
  return { view: ask.view }
}
