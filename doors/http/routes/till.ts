import { ask } from '#kernel/db'
import Type from 'typebox'
import {
  deviceByCode,
  matches,
  SignInFailed,
  staffAt,
  startSession,
  token,
  tokenHash,
  TooMany,
  type Device,
  type Staff,
} from '#domains/access'
import { ShopMissing } from '#domains/shops'
import { sellAtTill } from '#flows/store'
import { route } from '../route.ts'
import { endHeld, isSample, memberPoints } from './staff.ts'
import { labelOf } from './label.ts'
import { digits } from './pin.ts'
import {
  amount,
  code,
  instant,
  nullable,
  number,
  quantity,
  serials,
  strict,
  text,
  uuid,
  demandWorth,
  told as toldPrice,
} from './shapes.ts'

export const till = [
  route({
    name: 'till.sign_in',
    method: 'POST',
    path: '/till/v1/sessions',
    who: 'public',
    keyless: true,
    summary: 'Opens a till: the device’s key and a personal PIN',
    input: {
      body: Type.Object({ device: code, key: Type.String({ maxLength: 200 }), pin: digits }, strict),
    },
    output: Type.Object({
      till: Type.String(),
      place: Type.Integer(),
      place_name: text,
      staff: Type.Object({ id: Type.Integer(), role: Type.String() }),
      shop: Type.Object({
        name: text,
        registration_number: nullable(Type.String()),
        seller: Type.String(),
        /** How tax is rounded, once per rate: an offline receipt says what the server will say. */
        rounding: Type.Enum(['down', 'half_up', 'up']),
      }),
    }),
    run: async (c) => {
      const s = c.services
      const { device, key, pin } = c.input.body
      const wait = Math.max(
        s.limits.take(`till from ${c.address}`, 0.2, 20),
        s.limits.take(`till as ${device}`, 0.1, 8),
      )
      if (wait) throw TooMany({ seconds: wait })
      const known = (await ask<Device>(s.pool, deviceByCode(device)))[0]
      if (!known || tokenHash(key) !== known.key_hash || isSample(s.baseUrl, key)) throw SignInFailed({})
      const candidates = await ask<Staff>(s.pool, staffAt(known.place, known.shop))
      let found: Staff | undefined
      for (const x of candidates) if (await matches(pin, x.pin)) found ??= x
      if (!found) throw SignInFailed({})
      const held = token()
      await ask(
        s.pool,
        startSession(tokenHash(held), { staff: found.id, kind: 'till', device: known.id, hours: 16 }),
      )
      await endHeld(c)
      c.reply.cookie('akinai_till', held, 16)
      const shop = s.shopfront.shopById(known.shop)
      if (!shop) throw ShopMissing({ shop: known.shop })
      return {
        till: known.code,
        place: known.place,
        place_name: s.shopfront.places().find((p) => p.id === known.place)?.name ?? {
          ja: known.code,
          en: known.code,
        },
        staff: { id: found.id, role: found.role },
        shop: {
          name: shop.name,
          registration_number: shop.registration_number,
          seller: shop.entity_name,
          rounding: shop.rounding,
        },
      }
    },
  }),
  route({
    name: 'till.sign_out',
    method: 'DELETE',
    path: '/till/v1/sessions/current',
    who: 'till',
    keyless: true,
    summary: 'Closes the till',
    input: {},
    output: Type.Object({ ok: Type.Boolean() }),
    run: async (c) => {
      await endHeld(c)
      c.reply.cookie('akinai_till', null)
      return { ok: true }
    },
  }),
  route({
    name: 'till.catalogue',
    method: 'GET',
    path: '/till/v1/catalogue',
    who: 'till',
    summary: 'Everything that can be scanned, with its price: kept on the device for when it is offline',
    input: {},
    output: Type.Object({
      at: Type.String(),
      items: Type.Array(
        Type.Object({
          sku: Type.String(),
          jan: nullable(Type.String()),
          name: text,
          kana: nullable(Type.String()),
          variant: text,
          options: Type.Record(Type.String(), Type.String()),
          price: Type.Integer(),
          rate: Type.Integer(),
          age: nullable(Type.Integer()),
          serial_kept: Type.Boolean(),
          picture: nullable(Type.String()),
          available: Type.Integer(),
        }),
      ),
    }),
    run: (c) => {
      const here = c.services.shopfront.places().find((p) => p.id === c.session!.device_place)?.code
      const items = []
      for (const d of c.services.shopfront.all(c.shop))
        for (const v of d.variants)
          items.push({
            sku: v.sku,
            jan: v.jan,
            name: d.name,
            kana: d.kana,
            variant: labelOf(d.options, v.options),
            options: v.options,
            price: v.price,
            rate: d.tax_rate,
            age: d.age,
            serial_kept: v.serial_kept,
            picture: d.thumbnail,
            available: v.stores.find((s) => s.place === here)?.quantity ?? 0,
          })
      return { at: c.services.shopfront.freshAt.toISOString(), items }
    },
  }),
  route({
    name: 'till.member',
    method: 'GET',
    path: '/till/v1/members/:code',
    who: 'till',
    summary: 'A member by card number: points, nothing else',
    input: { params: Type.Object({ code }, strict) },
    output: Type.Object({ member: Type.Integer(), code: Type.String(), points: Type.Integer() }),
    run: (c) => c.services.gate.read(memberPoints, { code: c.input.code }),
  }),
  route({
    name: 'till.sale',
    method: 'POST',
    path: '/till/v1/sales',
    who: 'till',
    summary:
      'A sale that has happened, with the id the device minted: recorded once, however often it is sent',
    input: {
      body: Type.Object(
        {
          sale: uuid,
          happened_at: instant,
          lines: Type.Array(
            Type.Object(
              { sku: code, quantity, unit_price: toldPrice, serials: Type.Optional(serials) },
              strict,
            ),
            {
              minItems: 1,
              maxItems: 200,
            },
          ),
          member: Type.Optional(code),
          points: Type.Optional(amount),
          tendered: amount,
          total: amount,
        },
        strict,
      ),
    },
    output: Type.Object({
      order: number,
      total: Type.Integer(),
      change: Type.Integer(),
      points_earned: Type.Integer(),
      points_used: Type.Integer(),
      short: Type.Array(Type.Object({ sku: Type.String(), quantity: Type.Integer() })),
      taxes: Type.Array(Type.Object({ rate: Type.Integer(), due: Type.Integer(), tax: Type.Integer() })),
    }),
    run: async (c) => {
      const b = c.input.body
      demandWorth(b.lines)
      const { device, device_place: place } = c.session!
      const told = await c.command(sellAtTill, {
        shop: c.shop,
        place: place!,
        till: device!,
        sale: b.sale,
        happened_at: b.happened_at,
        lines: b.lines.map(({ serials: read, ...l }) => ({ ...l, ...(read && { serials: read }) })),
        points: b.points ?? 0,
        tendered: b.tendered,
        total: b.total,
        ...(b.member && { member: b.member }),
      })
      return { ...told, taxes: [...told.taxes] }
    },
  }),
]
