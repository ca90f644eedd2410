import Type from 'typebox'
import {
  changeCompany,
  changeSettings,
  lawKeys,
  missingOfLaw,
  rulesOf,
  settingsInForce,
  ShopMissing,
  shopKept,
  type InForce,
  type ShopKept,
} from '#domains/shops'
import { ask } from '#kernel/db'
import { route } from '../route.ts'
import { staffNames } from '../staff-names.ts'
import { moment } from './answers.ts'
import { company, demandRegistration, kept, rules, said, whole } from './rules.ts'
import { nullable, strict, text } from './shapes.ts'

const days = Type.Array(Type.Integer())
const version = Type.Integer({ minimum: 1 })
/** Money that goes out, or comes in elsewhere, wants a proof. */
const guarded: readonly string[] = ['bank_account', 'refund_limits']

export const settings = [
  route({
    name: 'settings',
    method: 'GET',
    path: '/admin/v1/settings',
    who: 'settings.read',
    summary: 'The shop, its company, and the rules in force: since when, and who set them',
    input: {},
    output: Type.Object({
      version: Type.Integer(),
      code: Type.String(),
      name: text,
      company: Type.String(),
      registration_number: nullable(Type.String()),
      law_keys: Type.Array(Type.String()),
      law_missing: Type.Array(Type.String(), {
        description: 'What the law wants told and nobody has written',
      }),
      since: Type.Array(
        Type.Object({
          name: Type.String(),
          at: moment,
          by: nullable(Type.Integer()),
          by_name: nullable(Type.String()),
        }),
      ),
      settings: Type.Object({
        shipping: Type.Object({
          all: Type.Integer(),
          free_from: nullable(Type.Integer()),
          okinawa: Type.Integer(),
        }),
        cod_fees: Type.Array(Type.Object({ up_to: Type.Integer(), fee: Type.Integer() })),
        bank_account: text,
        transfer_days: Type.Integer(),
        points_per_100: Type.Integer(),
        law: Type.Record(Type.String(), text),
        payments: Type.Array(Type.String()),
        about: nullable(text),
        delivery: nullable(
          Type.Object({
            cutoff: Type.String(),
            closed_weekdays: Type.Array(Type.Integer()),
            closed_days: Type.Array(Type.String()),
            days,
            by_prefecture: Type.Record(Type.String(), days),
          }),
        ),
        refund_limits: Type.Record(Type.String(), nullable(Type.Integer())),
      }),
    }),
    run: async (c) => {
      const s = c.services
      // The version first: what is read behind it may be newer, and is then refused as stale.
      const [shop] = await ask<ShopKept>(s.pool, shopKept(c.shop))
      if (!shop) throw ShopMissing({ shop: c.shop })
      const set = await ask<InForce>(s.pool, settingsInForce(c.shop))
      const names = await staffNames(
        s,
        set.flatMap((r) => r.by ?? []),
      )
      const { shortage_days: _, ...told } = rulesOf(set)
      return {
        version: shop.version,
        code: shop.code,
        name: shop.name,
        company: shop.company,
        registration_number: shop.registration_number,
        law_keys: [...lawKeys],
        law_missing: missingOfLaw(told.law),
        since: set.map((r) => ({
          name: r.name,
          at: r.since,
          by: r.by,
          by_name: r.by === null ? null : (names.get(r.by) ?? null),
        })),
        settings: told,
      }
    },
  }),
  route({
    name: 'settings.change',
    method: 'PUT',
    path: '/admin/v1/settings',
    who: 'settings.write',
    fresh: (c) => guarded.some((name) => name in c.input.body.settings),
    summary: 'Other rules from now on; what is not named stays. The rules before stay on record.',
    input: { body: Type.Object({ version, settings: rules }, strict) },
    output: Type.Object({ version: Type.Integer() }),
    run: (c) => {
      const { version: seen, settings: told } = c.input.body
      return c.command(changeSettings, { shop: c.shop, version: seen, settings: kept(told) })
    },
  }),
  route({
    name: 'settings.company',
    method: 'PUT',
    path: '/admin/v1/settings/company',
    who: 'settings.write',
    summary:
      'The shop and its company are called otherwise, or have another registration number. What was said about orders before stays said.',
    input: { body: Type.Object({ version, name: said(60, 1), ...company }, strict) },
    output: Type.Object({ version: Type.Integer() }),
    run: (c) => {
      const { version: seen, name, ...told } = c.input.body
      demandRegistration(told)
      return c.command(changeCompany, {
        shop: c.shop,
        version: seen,
        name: whole(name),
        company: told.company.trim(),
        registration_number: told.registration_number,
      })
    },
  }),
]
