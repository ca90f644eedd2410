import Type from 'typebox'
import { placesKept, type Kept } from '#domains/places'
import { addPlace, archivePlace, changePlace, resumePlace } from '#flows/house'
import { ask } from '#kernel/db'
import { route } from '../route.ts'
import { whole } from './rules.ts'
import { placed, placeFields, plainCode } from './setup.ts'
import { nullable, page, strict, text } from './shapes.ts'

const params = Type.Object({ place: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }, strict)
const wanted = {
  ...placeFields,
  sells_web: Type.Boolean(),
  priority: Type.Integer({ minimum: 0, maximum: 32_767, description: 'The lower is asked first' }),
}
const version = Type.Integer({ minimum: 1 })
const answer = Type.Object({ place: Type.Integer(), version: Type.Integer() })

export const places = [
  route({
    name: 'places.all',
    method: 'GET',
    path: '/admin/v1/places/all',
    who: 'places.write',
    summary: 'Every place with its address, also those that are used no more',
    input: {},
    output: page(
      Type.Object({
        place: Type.Integer(),
        version: Type.Integer(),
        code: Type.String(),
        kind: Type.String(),
        name: text,
        postal: nullable(Type.String()),
        address: nullable(text),
        sells_web: Type.Boolean(),
        priority: Type.Integer(),
        archived: Type.Boolean(),
      }),
    ),
    run: async (c) => {
      const entities = c.shops && new Set(c.shops.map((id) => c.services.shopfront.shopById(id)?.entity))
      const rows = await ask<Kept>(c.services.pool, placesKept)
      return {
        items: rows
          .filter((p) => entities?.has(p.entity) ?? true)
          .map(({ id, archived_at, entity: _, ...p }) => ({
            place: id,
            ...p,
            archived: archived_at !== null,
          })),
        next: null,
      }
    },
  }),
  route({
    name: 'places.add',
    method: 'POST',
    path: '/admin/v1/places',
    who: 'places.write',
    summary: 'Another warehouse or store of the company whose shop this is',
    input: { body: Type.Object({ ...wanted, code: plainCode }, strict) },
    output: Type.Object({ place: Type.Integer() }),
    run: (c) => {
      const { name, address, ...told } = c.input.body
      return c.command(addPlace, { ...told, shop: c.shop, name: whole(name), address: placed(address) })
    },
  }),
  route({
    name: 'places.change',
    method: 'PUT',
    path: '/admin/v1/places/:place',
    who: 'places.write',
    summary: 'Another name, kind or address; whether web orders are sent from there, and in which turn',
    input: { params, body: Type.Object({ ...wanted, version }, strict) },
    output: answer,
    run: (c) => {
      const { name, address, ...told } = c.input.body
      return c.command(changePlace, {
        ...told,
        place: c.input.place,
        name: whole(name),
        address: placed(address),
      })
    },
  }),
  route({
    name: 'places.archive',
    method: 'POST',
    path: '/admin/v1/places/:place/archive',
    who: 'places.write',
    summary: 'Used no more. Refused while anything stands there or is on its way, or a till is in use.',
    input: { params, body: Type.Object({ version }, strict) },
    output: answer,
    run: (c) => c.command(archivePlace, { place: c.input.place, version: c.input.body.version }),
  }),
  route({
    name: 'places.resume',
    method: 'POST',
    path: '/admin/v1/places/:place/resume',
    who: 'places.write',
    summary: 'Used again',
    input: { params, body: Type.Object({ version }, strict) },
    output: answer,
    run: (c) => c.command(resumePlace, { place: c.input.place, version: c.input.body.version }),
  }),
]
