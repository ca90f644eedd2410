import Type from 'typebox'
import { missingOfLaw, settingsInForce, rulesOf, type InForce } from '#domains/shops'
import { foundShop } from '#flows/house'
import { setupState, type SetupState } from '#flows/reads'
import { ask } from '#kernel/db'
import { route, type Services } from '../route.ts'
import { company, demandRegistration, kept, rules, said, whole } from './rules.ts'
import { nullable, strict } from './shapes.ts'

/** What stands in addresses and commands. */
export const plainCode = Type.String({ pattern: '^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$' })
export const placeFields = {
  kind: Type.Enum(['warehouse', 'store', 'factory', 'outside']),
  name: said(60, 1),
  postal: nullable(Type.String({ pattern: '^\\d{7}$' })),
  address: nullable(said(200)),
}
export const placed = (text: { ja: string; en: string } | null) =>
  text && text.ja.trim() ? whole(text) : null

/** The window shows what was founded as soon as it has read of it. */
async function shown(s: Services): Promise<void> {
  for (let n = 0; n < 80 && !s.shopfront.shop(); n++) await new Promise((r) => setTimeout(r, 25))
}

export const setup = [
  route({
    name: 'setup',
    method: 'GET',
    path: '/admin/v1/setup',
    who: 'settings.write',
    summary: 'How far the shop has come: what has to be there before something is sold, and what is',
    input: {},
    output: Type.Object({
      shop: nullable(Type.String({ description: 'Its code; null before it was founded' })),
      products: Type.Integer({ description: 'That have a price' }),
      in_stock: Type.Integer(),
      delivery: Type.Boolean(),
      law_missing: Type.Array(Type.String()),
      stores: Type.Integer(),
      tills: Type.Integer(),
      staff: Type.Integer(),
      mail: Type.Boolean({ description: 'Whether letters to buyers are sent' }),
      sold: Type.Boolean(),
    }),
    run: async (c) => {
      const { shopfront, pool } = c.services
      const shop = shopfront.shopById(c.shop)
      const [[state], set] = await Promise.all([
        ask<SetupState>(pool, setupState(c.shop)),
        ask<InForce>(pool, settingsInForce(c.shop)),
      ])
      const { delivery, law } = rulesOf(set)
      return {
        shop: shop?.code ?? null,
        products: shop ? shopfront.list(shop.id, { limit: 1 }).total : 0,
        in_stock: shop ? shopfront.list(shop.id, { limit: 1, in_stock: true }).total : 0,
        delivery: delivery !== null,
        law_missing: missingOfLaw(law),
        stores: shopfront.places().filter((p) => p.kind === 'store').length,
        tills: state?.tills ?? 0,
        staff: state?.staff ?? 0,
        mail: c.services.config.smtpUrl !== undefined && c.services.config.mailFrom !== undefined,
        sold: state?.sold ?? false,
      }
    },
  }),
  route({
    name: 'setup.found',
    method: 'POST',
    path: '/admin/v1/setup',
    who: 'settings.write',
    fresh: true,
    summary:
      'Founds the first shop: its company, its rules and the place it sells from, together or not at all',
    input: {
      body: Type.Object(
        {
          ...company,
          name: said(60, 1),
          code: plainCode,
          place: Type.Object({ ...placeFields, code: plainCode }, strict),
          settings: rules,
        },
        strict,
      ),
    },
    output: Type.Object({ shop: Type.Integer(), place: Type.Integer() }),
    run: async (c) => {
      const { name, code, place, settings, ...told } = c.input.body
      demandRegistration(told)
      const done = await c.command(foundShop, {
        company: { name: told.company.trim(), registration_number: told.registration_number },
        shop: { name: whole(name), code },
        place: { ...place, name: whole(place.name), address: placed(place.address) },
        settings: kept(settings),
      })
      await shown(c.services)
      return done
    },
  }),
]
