import Type, { type Static } from 'typebox'
import {
  allows,
  dropTotp,
  endSessionsOf,
  FounderThere,
  hashSecret,
  InvitationGone,
  lacks,
  NotAllowed,
  permissions,
  roles,
  token,
  tokenHash,
  TooMany,
  totpOf,
  type Role,
} from '#domains/access'
import { sendInvitation } from '#doors/mail'
import {
  accept,
  acceptFirst,
  change,
  disable,
  enable,
  invite,
  inviteAgain,
  passkeyOf,
  resetFactors,
  uninvite,
} from '#flows/people'
import { staffByInvitation, staffCard, staffIn, staffList } from '#flows/reads'
import { open, type Sealed } from '#domains/persons'
import { ask } from '#kernel/db'
import { InvalidInput } from '../problem.ts'
import { creation, creationFor, made, registered } from '../passkeys.ts'
import type { Totp } from '../proofs.ts'
import { route, type Context, type Services } from '../route.ts'
import { staffFaces } from '../staff-names.ts'
import { contact, nullable, number, strict, text, word } from './shapes.ts'
import { comeIn, grantable, me, newPassword, shopCodes } from './staff.ts'

const states = ['active', 'invited', 'expired', 'withdrawn', 'disabled'] as const
const shop = Type.Object({ shop: Type.Integer(), code: Type.String(), name: text })
const member = Type.Object({
  staff: Type.Integer(),
  version: Type.Integer(),
  name: Type.String(),
  email: Type.String(),
  role: Type.Enum([...roles]),
  shops: nullable(Type.Array(shop)),
  place: nullable(Type.Integer()),
  state: Type.Enum([...states]),
  second_factor: Type.Boolean(),
  passkeys: Type.Integer(),
  invited_until: nullable(Type.String()),
  signed_in_at: nullable(Type.String({ description: 'The latest sign-in of the last thirty days' })),
})
type Row = {
  staff: number
  version: number
  role: Role
  shops: number[] | null
  place: number | null
  disabled_at: Date | null
  invited_until: Date | null
  password: boolean
  pin: boolean
  passkeys: number
  totp: boolean
  signed_in_at: Date | null
}
const stateOf = (r: Row, now: number): (typeof states)[number] =>
  r.disabled_at
    ? 'disabled'
    : r.password || r.pin || r.passkeys > 0
      ? 'active'
      : r.invited_until === null
        ? 'withdrawn'
        : r.invited_until.getTime() > now
          ? 'invited'
          : 'expired'
async function cardOf(
  s: Services,
  staff: number,
): Promise<{ name: string; email: string; lang: 'ja' | 'en' }> {
  const [row] = await ask<Sealed>(s.pool, staffCard(staff))
  const card = row ? open(s.vault, row) : {}
  return {
    name: [card.family, card.given].filter(Boolean).join(' '),
    email: card.email ?? '',
    lang: card.lang ?? 'ja',
  }
}

const place = nullable(Type.Integer({ minimum: 1, maximum: 2_147_483_647 }))
const work = { role: Type.Enum([...roles]), place, shops: nullable(shopCodes) }
const at = Type.Object({ staff: number }, strict)
const link = Type.Object({
  staff: Type.Integer(),
  until: Type.String(),
  link: nullable(Type.String({ description: 'Shown once; null where the same request was answered before' })),
  mailed: Type.Boolean(),
})
/** Nobody grants a role that may do what they may not. */
function demandGrantable(c: Context<unknown>, role: Role): void {
  const missing = lacks(c.session!.role, role)
  if (missing) throw NotAllowed({ permission: missing })
}
/** What was done to somebody holds from now on, also for who asks at this very moment. */
async function putOut(s: Services, staff: number): Promise<void> {
  const ended = await ask<{ id: string }>(s.pool, endSessionsOf({ staff }))
  for (const { id } of ended) s.sessions.forget(id)
  s.sessions.forgetStaff(staff)
}
/** The link, if it is the one in force, and whether a mail has taken it to whom it is for. */
async function sentLink(
  c: Context<unknown>,
  held: string,
  done: { staff: number; until: string },
): Promise<Static<typeof link>> {
  const s = c.services
  const [row] = await ask<{ staff: number }>(s.pool, staffByInvitation(tokenHash(held)))
  if (!row) return { ...done, link: null, mailed: false }
  const address = `${s.baseUrl}/console/invitation#${held}`
  const { smtpUrl, mailFrom, timeZone } = s.config
  const card = await cardOf(s, done.staff)
  const mailed =
    smtpUrl !== undefined &&
    mailFrom !== undefined &&
    card.email !== '' &&
    (await sendInvitation(
      { url: smtpUrl, from: mailFrom, wait: 8000 },
      {
        lang: card.lang,
        to: { name: card.name, address: card.email },
        from: s.shopfront.shopById(c.shop)?.name[card.lang] ?? 'Akinai',
        link: address,
        until: new Date(done.until),
        timeZone,
      },
    ))
  return { ...done, link: address, mailed }
}
const held = Type.String({ minLength: 20, maxLength: 100 })
async function invitedBy(c: Context<unknown>, token_: string) {
  const wait = c.services.limits.take(`invitation from ${c.address}`, 0.2, 20)
  if (wait) throw TooMany({ seconds: wait })
  const [row] = await ask<{ staff: number }>(c.services.pool, staffByInvitation(tokenHash(token_)))
  if (!row) throw InvitationGone({})
  const card = await cardOf(c.services, row.staff)
  // Of the first owner nothing is known but the link; it is theirs until anybody is in.
  if (card.email === '' && (await ask(c.services.pool, staffIn)).length > 0) throw FounderThere({})
  return { staff: row.staff, ...card }
}
const founder = Type.Object(
  {
    family: word(50),
    given: word(50),
    email: contact.properties.email,
    lang: Type.Enum(['ja', 'en']),
  },
  { ...strict, description: 'Who the first owner is; anybody else was told of when they were invited' },
)

export const people = [
  route({
    name: 'staff.list',
    method: 'GET',
    path: '/admin/v1/staff',
    who: 'users.read',
    summary: 'Everybody of the staff: what they do, where, and how they come in',
    input: {},
    output: Type.Object({
      items: Type.Array(member),
      shops: Type.Array(shop, { description: 'Those that whoever asks may grant' }),
    }),
    run: async (c) => {
      const s = c.services
      const rows = (await ask<Row>(s.pool, staffList)).filter(
        (r) => c.shops === undefined || r.shops?.every((one) => c.shops!.includes(one)),
      )
      const names = await staffFaces(
        s,
        rows.map((r) => r.staff),
      )
      const now = Date.now()
      return {
        shops: s.shopfront
          .shops()
          .filter((one) => c.shops === undefined || c.shops.includes(one.id))
          .map((one) => ({ shop: one.id, code: one.code, name: one.name })),
        items: rows.map((r) => ({
          staff: r.staff,
          version: r.version,
          name: names.get(r.staff)?.name ?? '',
          email: names.get(r.staff)?.email ?? '',
          role: r.role,
          shops:
            r.shops &&
            r.shops.flatMap((one) => {
              const found = s.shopfront.shopById(one)
              return found ? [{ shop: one, code: found.code, name: found.name }] : []
            }),
          place: r.place,
          state: stateOf(r, now),
          second_factor: r.totp,
          passkeys: r.passkeys,
          invited_until: r.invited_until?.toISOString() ?? null,
          signed_in_at: r.signed_in_at?.toISOString() ?? null,
        })),
      }
    },
  }),
  route({
    name: 'staff.roles',
    method: 'GET',
    path: '/admin/v1/roles',
    who: 'users.read',
    summary: 'Which role may do what, and how far',
    input: {},
    output: Type.Object({
      roles: Type.Array(Type.Enum([...roles])),
      permissions: Type.Array(
        Type.Object({
          permission: Type.String(),
          reach: Type.Array(nullable(Type.Enum(['all', 'own', 'masked'])), {
            description: 'In the order of the roles',
          }),
        }),
      ),
    }),
    run: () => ({
      roles: [...roles],
      permissions: permissions.map((permission) => ({
        permission,
        reach: roles.map((role) => allows(role, permission) ?? null),
      })),
    }),
  }),
  route({
    name: 'staff.invite',
    method: 'POST',
    path: '/admin/v1/invitations',
    who: 'users.write',
    fresh: true,
    summary:
      'Invites a member of staff by a link that works once, within seven days. Nobody grants what they lack.',
    input: {
      body: Type.Object(
        {
          family: word(50),
          given: word(50),
          email: contact.properties.email,
          lang: Type.Enum(['ja', 'en']),
          ...work,
        },
        strict,
      ),
    },
    output: link,
    run: async (c) => {
      const { role, place: at_, shops: named, ...person } = c.input.body
      demandGrantable(c, role)
      const shops = await grantable(c, named, null)
      const secret = token()
      const flow = invite(c.services.vault, person, tokenHash(secret))
      return sentLink(c, secret, await c.command(flow, { role, place: at_, shops, said: c.input.body }))
    },
  }),
  route({
    name: 'staff.invite_again',
    method: 'POST',
    path: '/admin/v1/staff/:staff/invitation',
    who: 'users.write',
    fresh: true,
    summary: 'A new link for somebody who has lost theirs, or their password; the one before works no more',
    input: { params: at, body: Type.Object({}, strict) },
    output: link,
    run: async (c) => {
      const secret = token()
      return sentLink(c, secret, await c.command(inviteAgain(tokenHash(secret)), { staff: c.input.staff }))
    },
  }),
  route({
    name: 'staff.uninvite',
    method: 'DELETE',
    path: '/admin/v1/staff/:staff/invitation',
    who: 'users.write',
    fresh: true,
    summary: 'Takes an invitation back: its link opens nothing any more',
    input: { params: at },
    output: Type.Object({ staff: Type.Integer() }),
    run: (c) => c.command(uninvite, { staff: c.input.staff }),
  }),
  route({
    name: 'staff.change',
    method: 'PUT',
    path: '/admin/v1/staff/:staff',
    who: 'users.write',
    fresh: true,
    summary:
      'Another role, place or choice of shops. Nobody grants what they lack; one owner of every shop stays.',
    input: { params: at, body: Type.Object({ ...work, version: Type.Integer() }, strict) },
    output: Type.Object({ staff: Type.Integer() }),
    run: async (c) => {
      const { role, place: at_, shops: named, version } = c.input.body
      demandGrantable(c, role)
      const shops = await grantable(c, named, null)
      const done = await c.command(change, { staff: c.input.staff, role, place: at_, shops, version })
      c.services.sessions.forgetStaff(done.staff)
      return done
    },
  }),
  route({
    name: 'staff.disable',
    method: 'POST',
    path: '/admin/v1/staff/:staff/disable',
    who: 'users.write',
    fresh: true,
    summary: 'Somebody comes in no more; their sessions end at once',
    input: { params: at, body: Type.Object({}, strict) },
    output: Type.Object({ staff: Type.Integer() }),
    run: async (c) => {
      const done = await c.command(disable, { staff: c.input.staff })
      await putOut(c.services, done.staff)
      return done
    },
  }),
  route({
    name: 'staff.enable',
    method: 'POST',
    path: '/admin/v1/staff/:staff/enable',
    who: 'users.write',
    fresh: true,
    summary: 'Somebody may come in again',
    input: { params: at, body: Type.Object({}, strict) },
    output: Type.Object({ staff: Type.Integer() }),
    run: (c) => c.command(enable, { staff: c.input.staff }),
  }),
  route({
    name: 'staff.reset',
    method: 'POST',
    path: '/admin/v1/staff/:staff/second-factor/reset',
    who: 'users.write',
    fresh: true,
    summary: 'Removes another’s second factor and passkeys, whose device is lost, and ends their sessions',
    input: { params: at, body: Type.Object({}, strict) },
    output: Type.Object({ staff: Type.Integer() }),
    run: async (c) => {
      const done = await c.command(resetFactors, { staff: c.input.staff })
      await ask(c.services.pool, dropTotp(done.staff))
      await putOut(c.services, done.staff)
      return done
    },
  }),
  route({
    name: 'invitation.look',
    method: 'POST',
    path: '/admin/v1/invitations/look',
    who: 'public',
    keyless: true,
    audit: 'never',
    summary: 'Whom a link invites; without a name and an address, the first owner',
    input: { body: Type.Object({ token: held }, strict) },
    output: Type.Object({ name: Type.String(), email: Type.String() }),
    run: async (c) => {
      const { name, email } = await invitedBy(c, c.input.body.token)
      return { name, email }
    },
  }),
  route({
    name: 'invitation.passkey',
    method: 'POST',
    path: '/admin/v1/invitations/passkey',
    who: 'public',
    keyless: true,
    audit: 'never',
    summary: 'What a browser makes a passkey from, for somebody who was invited',
    input: { body: Type.Object({ token: held, person: Type.Optional(founder) }, strict) },
    output: creation,
    run: async (c) => {
      const { token: secret, person: told } = c.input.body
      const known = await invitedBy(c, secret)
      const { family, given, email } = told ?? {}
      const isFirst = known.email === '' && email !== undefined
      return creationFor(
        c.services,
        isFirst ? { ...known, email, name: [family, given].filter(Boolean).join(' ') } : known,
      )
    },
  }),
  route({
    name: 'invitation.accept',
    method: 'POST',
    path: '/admin/v1/invitations/accept',
    who: 'public',
    keyless: true,
    summary:
      'Sets a password, a passkey, or both, and signs in; with a second factor in force, sign in afterwards',
    input: {
      body: Type.Object(
        {
          token: held,
          password: Type.Optional(newPassword),
          passkey: Type.Optional(Type.Object({ name: word(60), response: made }, strict)),
          person: Type.Optional(founder),
        },
        strict,
      ),
    },
    output: Type.Object({ me: nullable(me) }),
    run: async (c) => {
      const s = c.services
      const { token: secret, password, passkey, person: who } = c.input.body
      if (password === undefined && passkey === undefined)
        throw new InvalidInput([{ path: 'body/password', message: 'or a passkey is needed' }])
      const { staff, email } = await invitedBy(c, secret)
      const isFirst = email === ''
      if (isFirst !== (who !== undefined))
        throw new InvalidInput([
          { path: 'body/person', message: isFirst ? 'is needed of the first owner' : 'is known already' },
        ])
      c.tell({ actor: staff, subject: `staff ${staff}` })
      const more = passkey && passkeyOf(s.vault, await registered(s, staff, passkey.response), passkey.name)
      const hash = tokenHash(secret)
      const hashed = password === undefined ? null : await hashSecret(password)
      await c.command(
        who ? acceptFirst(s.vault, who, { hash, password: hashed, more }) : accept(hash, hashed, more),
        { said: hash },
      )
      // Who had come in with what was lost goes out.
      await putOut(s, staff)
      const [totp] = await ask<Totp>(s.pool, totpOf(staff))
      return { me: totp?.confirmed_at ? null : await comeIn(c, staff) }
    },
  }),
]
