import Type, { type Static } from 'typebox'
import {
  changePassword,
  demandFreePin,
  hashSecret,
  lacks,
  matches,
  NotAllowed,
  NotYours,
  passkeysOf,
  permissionsOf,
  roles,
  SecondFactorNeeded,
  SecretWrong,
  SignInFailed,
  SignInFirst,
  staffById,
  startSession,
  endSession,
  token,
  tokenHash,
  TooMany,
  workFor,
  type Passkey,
  type Staff,
} from '#domains/access'
import { erase as erasePerson, type Reason, markOf, PersonUnknown, record, remember } from '#domains/persons'
import { identify, identityByCode } from '#domains/customers'
import { shopByCode } from '#domains/shops'
import { balanceOf } from '#domains/points'
import { add } from '#flows/people'
import { pinsOf, staffByMark } from '#flows/reads'
import { ask } from '#kernel/db'
import type { Tx } from '#kernel/gate'
import { recognised, request, requestFor, signed } from '../passkeys.ts'
import { demandCode, totpInForce } from '../proofs.ts'
import { digits } from './pin.ts'
import { staffNames } from '../staff-names.ts'
import { route, type Context, type Services } from '../route.ts'
import { card, contact, code, number, strict, nullable, text, word } from './shapes.ts'

export const me = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  role: Type.String(),
  place: nullable(Type.Integer()),
  /** Those they work for; null: every one. */
  shops: nullable(Type.Array(Type.Object({ shop: Type.Integer(), code: Type.String(), name: text }))),
  permissions: Type.Array(Type.Object({ permission: Type.String(), reach: Type.String() })),
  founded: Type.Boolean({ description: 'Whether there is a shop yet' }),
})
export const shopCodes = Type.Array(code, { minItems: 1, maxItems: 100 })
export const newPassword = Type.String({ minLength: 12, maxLength: 200 })
const hours = 12
/** The sample shop's own passwords and keys begin so. They open a shop on this machine only, and nobody is given one. */
export const isSample = (baseUrl: string, secret: string): boolean =>
  secret.startsWith('sample-') && !/^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(baseUrl)

const nameOf = async (s: Services, staff: number): Promise<string> =>
  (await staffNames(s, [staff])).get(staff) ?? ''
const meOf = async (
  s: Services,
  staff: number,
  { role, place, shops }: Pick<Staff, 'role' | 'place' | 'shops'>,
) => ({
  id: staff,
  name: await nameOf(s, staff),
  role,
  place,
  shops:
    shops &&
    shops.flatMap((id) => {
      const shop = s.shopfront.shopById(id)
      return shop ? [{ shop: id, code: shop.code, name: shop.name }] : []
    }),
  permissions: permissionsOf(role),
  founded: s.shopfront.shop() !== undefined,
})

/** The shops named by their codes, if whoever names them works for each; `otherwise` where none is named. */
export async function grantable(
  c: Context<unknown>,
  codes: readonly string[] | null,
  otherwise: readonly number[] | null,
): Promise<number[] | null> {
  if (codes === null) {
    if (otherwise === null && c.shops !== undefined) throw NotYours({ shop: '' })
    return otherwise && [...otherwise]
  }
  const shops = await c.services.gate.read(
    (tx: Tx, asked: readonly string[]) => Promise.all(asked.map((code) => shopByCode(tx, code))),
    codes,
  )
  shops.forEach((shop, i) => {
    if (c.shops !== undefined && !c.shops.includes(shop)) throw NotYours({ shop: codes[i]! })
  })
  return [...new Set(shops)]
}

/** Ends the session that a request presents: at a sign-out, and at a sign-in, so that nobody goes on under the one before. */
export async function endHeld(c: Context<unknown>): Promise<void> {
  if (c.sessionHash === undefined) return
  await ask(c.services.pool, endSession(c.sessionHash))
  c.services.sessions.forget(c.sessionHash)
}

/** A new session with each sign-in: none can be planted beforehand, and the one before goes out. */
export async function comeIn(c: Context<unknown>, staff: number): Promise<Static<typeof me>> {
  const s = c.services
  const [known] = await ask<Staff>(s.pool, staffById(staff))
  if (!known) throw SignInFailed({})
  const held = token()
  const hash = tokenHash(held)
  await ask(s.pool, startSession(hash, { staff, kind: 'console', device: null, hours, agent: c.agent }))
  await endHeld(c)
  c.tell({ actor: staff, session: hash.slice(0, 16) })
  c.reply.cookie('akinai_staff', held, hours)
  return meOf(s, staff, known)
}

export const staff = [
  route({
    name: 'staff.sign_in',
    method: 'POST',
    path: '/admin/v1/sessions',
    who: 'public',
    keyless: true,
    summary: 'Signs a member of staff in',
    input: {
      body: Type.Object(
        {
          email: Type.String({ maxLength: 254 }),
          password: Type.String({ maxLength: 200 }),
          code: Type.Optional(
            Type.String({ maxLength: 40, description: 'Of the authenticator app, or a recovery code' }),
          ),
        },
        strict,
      ),
    },
    output: me,
    run: async (c) => {
      const s = c.services
      const { email, password, code: second } = c.input.body
      const mark = markOf(s.vault, 'email', email)
      // Guessing is slowed by address and by account, whether the account exists or not.
      const wait = Math.max(
        s.limits.take(`staff from ${c.address}`, 0.2, 20),
        s.limits.take(`staff as ${mark.toString('hex')}`, 0.1, 8),
      )
      if (wait) throw TooMany({ seconds: wait })
      const found = (await ask<Staff>(s.pool, staffByMark(mark)))[0]
      if (found) c.tell({ actor: found.id })
      if (!(await matches(password, found?.password)) || !found || isSample(s.baseUrl, password))
        throw SignInFailed({})
      if (await totpInForce(s, found.id)) {
        if (!second) {
          const keys = await ask<Passkey>(s.pool, passkeysOf(found.id))
          throw SecondFactorNeeded({ passkey: keys.length > 0 })
        }
        await demandCode(s, found.id, second)
      }
      return comeIn(c, found.id)
    },
  }),
  route({
    name: 'passkey.request',
    method: 'POST',
    path: '/admin/v1/sessions/passkey/request',
    who: 'public',
    keyless: true,
    audit: 'never',
    summary: 'What a passkey is asked to sign',
    input: { body: Type.Object({}, strict) },
    output: request,
    run: (c) => {
      const wait = c.services.limits.take(`passkey from ${c.address}`, 0.5, 30)
      if (wait) throw TooMany({ seconds: wait })
      return requestFor(c.services)
    },
  }),
  route({
    name: 'staff.sign_in_passkey',
    method: 'POST',
    path: '/admin/v1/sessions/passkey',
    who: 'public',
    keyless: true,
    summary: 'Signs a member of staff in by a passkey, which is two factors in one',
    input: { body: Type.Object({ response: signed }, strict) },
    output: me,
    run: async (c) => {
      const wait = c.services.limits.take(`staff from ${c.address}`, 0.2, 20)
      if (wait) throw TooMany({ seconds: wait })
      return comeIn(c, await recognised(c.services, c.input.body.response))
    },
  }),
  route({
    name: 'staff.sign_out',
    method: 'DELETE',
    path: '/admin/v1/sessions/current',
    who: 'self.read',
    keyless: true,
    summary: 'Signs out',
    input: {},
    output: Type.Object({ ok: Type.Boolean() }),
    run: async (c) => {
      await endHeld(c)
      c.reply.cookie('akinai_staff', null)
      return { ok: true }
    },
  }),
  route({
    name: 'me',
    method: 'GET',
    path: '/admin/v1/me',
    who: 'self.read',
    summary: 'Who is signed in, and what they may do',
    input: {},
    output: me,
    run: (c) => {
      if (!c.session) throw SignInFirst({})
      return meOf(c.services, c.session.staff, c.session)
    },
  }),
  route({
    name: 'staff.password',
    method: 'PUT',
    path: '/admin/v1/me/password',
    who: 'self.read',
    keyless: true,
    fresh: true,
    summary: 'Changes one’s own password and ends every other session',
    input: {
      body: Type.Object(
        {
          current: nullable(Type.String({ maxLength: 200, description: 'null where there is none yet' })),
          password: newPassword,
        },
        strict,
      ),
    },
    output: Type.Object({ ended: Type.Integer() }),
    run: async (c) => {
      const s = c.services
      const { staff: id } = c.session!
      const wait = s.limits.take(`password of ${id}`, 0.1, 8)
      if (wait) throw TooMany({ seconds: wait })
      const [known] = await ask<Staff>(s.pool, staffById(id))
      const { current } = c.input.body
      const isRight = current === null ? known?.password === null : await matches(current, known?.password)
      if (!known || !isRight) throw SecretWrong({})
      const to = await hashSecret(c.input.body.password)
      const [done] = await ask<{ changed: number; ended: string[] }>(
        s.pool,
        changePassword({ staff: id, from: known.password, to, keep: c.sessionHash! }),
      )
      if (done!.changed === 0) throw SecretWrong({}) // somebody has changed it this very moment
      for (const hash of done!.ended) s.sessions.forget(hash)
      return { ended: done!.ended.length }
    },
  }),
  route({
    name: 'staff.add',
    method: 'POST',
    path: '/admin/v1/staff',
    who: 'users.write',
    fresh: true,
    summary: 'Adds a member of staff. Nobody grants what they lack.',
    input: {
      body: Type.Object(
        {
          family: word(50),
          given: word(50),
          email: contact.properties.email,
          role: Type.Enum([...roles]),
          password: newPassword,
          pin: Type.Optional(digits),
          place: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })),
          shops: Type.Optional(shopCodes),
        },
        strict,
      ),
    },
    output: Type.Object({ id: Type.Integer() }),
    run: async (c) => {
      const { password, pin, role, place, shops: named, ...person } = c.input.body
      const missing = lacks(c.session!.role, role)
      if (missing) throw NotAllowed({ permission: missing })
      const shops = await grantable(c, named ?? null, c.shops ?? null)
      if (pin !== undefined) await demandFreePin(await ask(c.services.pool, pinsOf), pin)
      const hashed = { password: await hashSecret(password), pin: pin ? await hashSecret(pin) : null }
      return c.command(
        add(c.services.vault, person, hashed),
        // What was said besides is part of the request, so that the same key with another name is a conflict.
        { role, place: place ?? null, shops, said: c.input.body },
      )
    },
  }),
  route({
    name: 'staff.shops',
    method: 'PUT',
    path: '/admin/v1/staff/:staff/shops',
    who: 'users.write',
    fresh: true,
    summary: 'Which shops somebody works for; null is every one. Nobody grants a shop that is not theirs.',
    input: {
      params: Type.Object({ staff: number }, strict),
      body: Type.Object({ shops: nullable(shopCodes) }, strict),
    },
    output: Type.Object({ staff: number, shops: nullable(Type.Array(Type.Integer())) }),
    run: async (c) => {
      const shops = await grantable(c, c.input.body.shops, null)
      return c.command(
        async function setShops(tx: Tx, ask: { staff: number; shops: number[] | null }) {
          if (!(await workFor(tx, ask))) throw PersonUnknown({ person: ask.staff })
          return ask
        },
        { staff: c.input.staff, shops },
      )
    },
  }),
  route({
    name: 'member.add',
    method: 'POST',
    path: '/admin/v1/customers',
    who: 'members.write',
    summary: 'A new member with a card number',
    input: { body: Type.Object({ code: card, contact: Type.Optional(contact) }, strict) },
    output: Type.Object({ member: Type.Integer(), code: Type.String() }),
    run: (c) => {
      const { vault } = c.services
      const { code: cardCode, contact: who } = c.input.body
      return c.command(
        async function addMember(tx: Tx, ask: { code: string; shop: number; said: unknown }) {
          const key = remember(tx, vault, { source: 'member' })
          if (who) record(tx, key, who, { marks: vault, hints: vault })
          identify(tx, { id: key.id, kind: 'member', source: 'card', shop: ask.shop, code: ask.code })
          return { member: key.id, code: ask.code }
        },
        { code: cardCode, shop: c.shop, said: who ?? null },
      )
    },
  }),
  route({
    name: 'member',
    method: 'GET',
    path: '/admin/v1/customers/:code',
    who: 'members.read',
    summary: 'A member by card number: points',
    input: { params: Type.Object({ code }, strict) },
    output: Type.Object({ member: Type.Integer(), code: Type.String(), points: Type.Integer() }),
    run: (c) => c.services.gate.read(memberPoints, { code: c.input.code }),
  }),
  route({
    name: 'person.erase',
    method: 'POST',
    path: '/admin/v1/persons/:person/erase',
    who: 'persons.erase',
    fresh: true,
    summary: 'Destroys a person’s key: nothing of them can be read again. Orders and books stay.',
    input: {
      params: Type.Object({ person: number }, strict),
      body: Type.Object({ reason: Type.Enum(['asked', 'mistake', 'other']) }, strict),
    },
    output: Type.Object({ erased: Type.Boolean() }),
    run: (c) =>
      c.command(
        async function erase(tx: Tx, ask: { person: number; reason: Reason }) {
          await erasePerson(tx, ask)
          return { erased: true }
        },
        { person: c.input.person, reason: c.input.body.reason },
      ),
  }),
]
export async function memberPoints(tx: Tx, ask: { code: string }) {
  const member = await identityByCode(tx, ask.code)
  return { member: member.id, code: ask.code, points: await balanceOf(tx, member.id) }
}
