import Type, { type Static } from 'typebox'
import {
  allows,
  dropView,
  keepView,
  NotAllowed,
  setDefaultView,
  viewed,
  viewedLists,
  viewsFor,
  type View,
  type ViewedList,
} from '#domains/access'
import { ask } from '#kernel/db'
import { InvalidInput } from '../problem.ts'
import { route, type Context } from '../route.ts'
import { staffNames } from '../staff-names.ts'
import { nullable, strict, uuid } from './shapes.ts'

const list = Type.Enum([...viewedLists])
const search = Type.Record(Type.String({ pattern: '^[a-z]{1,20}$' }), Type.String({ maxLength: 100 }), {
  ...strict,
  maxProperties: 10,
})
const view = Type.Object({
  view: uuid,
  list,
  name: Type.String(),
  search: Type.Record(Type.String(), Type.String()),
  shared: Type.Boolean(),
  own: Type.Boolean(),
  is_default: Type.Boolean(),
  staff_name: nullable(Type.String({ description: 'Whose it is, where it is another’s' })),
})
const at = Type.Object({ view: uuid }, strict)
/** Lists that somebody may see. */
const listsOf = (c: Context<unknown>): ViewedList[] =>
  viewedLists.filter((name) => allows(c.session!.role, viewed[name].permission))
function demandSight(c: Context<unknown>, name: ViewedList): void {
  if (!listsOf(c).includes(name)) throw NotAllowed({ permission: viewed[name].permission })
}

/** Lists as members of the staff keep them. */
export const views = [
  route({
    name: 'views.list',
    method: 'GET',
    path: '/admin/v1/views',
    who: 'self.read',
    summary: 'One’s own views of lists, and those that others share; of lists that one may see',
    input: {},
    output: Type.Object({ items: Type.Array(view) }),
    run: async (c) => {
      const rows = await ask<View>(c.services.pool, viewsFor(c.actor.id, listsOf(c)))
      const names = await staffNames(
        c.services,
        rows.filter((r) => !r.own).map((r) => r.staff),
      )
      return {
        items: rows.map(({ staff, ...r }): Static<typeof view> => ({
          ...r,
          staff_name: r.own ? null : (names.get(staff) ?? null),
        })),
      }
    },
  }),
  route({
    name: 'views.keep',
    method: 'PUT',
    path: '/admin/v1/views/:view',
    who: 'self.read',
    summary:
      'Keeps a list as it is narrowed, under a name; again, it is changed. What orders and customers were sought by is not kept',
    input: {
      params: at,
      body: Type.Object(
        {
          list,
          name: Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' }),
          search,
          shared: Type.Boolean(),
        },
        strict,
      ),
    },
    output: at,
    run: (c) => {
      const { search: told, ...b } = c.input.body
      demandSight(c, b.list)
      const keeps: readonly string[] = viewed[b.list].keeps
      const other = Object.keys(told).find((name) => !keeps.includes(name))
      if (other !== undefined)
        throw new InvalidInput([{ path: `body/search/${other}`, message: 'is not kept of this list' }])
      return c.command(keepView, { id: c.input.view, ...b, name: b.name.trim(), search: told })
    },
  }),
  route({
    name: 'views.drop',
    method: 'DELETE',
    path: '/admin/v1/views/:view',
    who: 'self.read',
    summary: 'Removes a view of one’s own; whoever looks after the staff also one that others share',
    input: { params: at },
    output: at,
    run: (c) => c.command(dropView, { view: c.input.view }),
  }),
  route({
    name: 'views.default',
    method: 'PUT',
    path: '/admin/v1/views/default/:name',
    who: 'self.read',
    summary: 'What a list begins with for whoever asks; null: with everything',
    input: {
      params: Type.Object({ name: list }, strict),
      body: Type.Object({ view: nullable(uuid) }, strict),
    },
    output: Type.Object({ view: nullable(uuid) }),
    run: (c) => c.command(setDefaultView, { list: c.input.name, view: c.input.body.view }),
  }),
]
