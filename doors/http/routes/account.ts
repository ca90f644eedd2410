import { randomBytes } from 'node:crypto'
import Type from 'typebox'
import {
  base32,
  beginTotp,
  CodeWrong,
  confirmTotp,
  dropTotp,
  endSessionsOf,
  FactorState,
  namePasskey,
  newRecovery,
  passkeysOf,
  PasskeyWrong,
  proveSession,
  recoveryHash,
  recoveryLeft,
  SecretWrong,
  sessionsOf,
  setRecovery,
  staffById,
  TooMany,
  totpOf,
  type Passkey,
  type Staff,
} from '#domains/access'
import { lockAway, noteOn, openNote, readNotes, type Sealed } from '#domains/persons'
import { addPasskey, removePasskey } from '#flows/people'
import { ask } from '#kernel/db'
import type { Tx } from '#kernel/gate'
import { uuid } from '#kernel/ids'
import { creation, creationFor, made, recognised, registered, signed } from '../passkeys.ts'
import { demandCode, isPassword, stepNow, totpInForce, totpPlace, type Totp } from '../proofs.ts'
import { route, type Context } from '../route.ts'
import { staffFaces } from '../staff-names.ts'
import { nullable, strict, word } from './shapes.ts'

const ok = Type.Object({ ok: Type.Boolean() })
const sessionId = Type.String({ pattern: '^[A-Za-z0-9_-]{16}$' })
const passkeyId = Type.String({ pattern: '^[A-Za-z0-9_-]{1,200}$' })
const codes = Type.Object({
  codes: Type.Array(Type.String(), { description: 'Shown once; each is good once' }),
})
const self = (c: Context<unknown>): number => c.session!.staff

async function end(c: Context<unknown>, which: { only?: string; keep?: string }): Promise<{ ended: number }> {
  const ended = await ask<{ id: string }>(c.services.pool, endSessionsOf({ staff: self(c), ...which }))
  for (const { id } of ended) c.services.sessions.forget(id)
  return { ended: ended.length }
}
async function renewed(c: Context<unknown>): Promise<{ codes: string[] }> {
  const made_ = newRecovery()
  await ask(c.services.pool, setRecovery(self(c), made_.map(recoveryHash)))
  return { codes: made_ }
}

export const account = [
  route({
    name: 'staff.prove',
    method: 'POST',
    path: '/admin/v1/me/proof',
    who: 'self.read',
    keyless: true,
    summary: 'Proves anew who is signed in, by one of three ways: what is dangerous is open for ten minutes',
    input: {
      body: Type.Object(
        {
          password: Type.Optional(Type.String({ maxLength: 200 })),
          code: Type.Optional(Type.String({ maxLength: 40 })),
          passkey: Type.Optional(signed),
        },
        { ...strict, minProperties: 1, maxProperties: 1 },
      ),
    },
    output: ok,
    run: async (c) => {
      const s = c.services
      const staff = self(c)
      const wait = s.limits.take(`proof of ${staff}`, 0.1, 8)
      if (wait) throw TooMany({ seconds: wait })
      const { password, code, passkey } = c.input.body
      if (passkey !== undefined) {
        if ((await recognised(s, passkey)) !== staff) throw PasskeyWrong({})
      } else if (code !== undefined) await demandCode(s, staff, code)
      else if (!(await isPassword(s, staff, password ?? ''))) throw SecretWrong({})
      await ask(s.pool, proveSession(c.sessionHash!))
      s.sessions.forget(c.sessionHash!)
      return { ok: true }
    },
  }),
  route({
    name: 'me.factors',
    method: 'GET',
    path: '/admin/v1/me/factors',
    who: 'self.read',
    summary: 'How one comes in oneself: password, authenticator app, passkeys',
    input: {},
    output: Type.Object({
      password: Type.Boolean(),
      pin: Type.Boolean({ description: 'Opens a till' }),
      totp: nullable(Type.String({ description: 'Since when' })),
      recovery: Type.Integer({ description: 'Recovery codes that are left' }),
      passkeys: Type.Array(
        Type.Object({
          passkey: Type.String(),
          name: Type.String(),
          created_at: Type.String(),
          used_at: nullable(Type.String()),
        }),
      ),
    }),
    run: async (c) => {
      const s = c.services
      const staff = self(c)
      const [known] = await ask<Staff>(s.pool, staffById(staff))
      const totp = await totpInForce(s, staff)
      const [left] = await ask<{ left: number }>(s.pool, recoveryLeft(staff))
      const keys = await ask<Passkey & { used_at: Date | null }>(s.pool, passkeysOf(staff))
      const notes = await ask<Sealed>(s.pool, readNotes(keys.flatMap((k) => k.note ?? [])))
      const named = new Map(notes.map((n) => [n.id, openNote(s.vault, n)]))
      return {
        password: known?.password !== null,
        pin: known?.pin != null,
        totp: totp?.confirmed_at?.toISOString() ?? null,
        recovery: left!.left,
        passkeys: keys.map((k) => ({
          passkey: k.id,
          name: named.get(k.note ?? '') ?? '',
          created_at: k.created_at.toISOString(),
          used_at: k.used_at?.toISOString() ?? null,
        })),
      }
    },
  }),
  route({
    name: 'me.sessions',
    method: 'GET',
    path: '/admin/v1/me/sessions',
    who: 'self.read',
    summary: 'Where one is signed in oneself',
    input: {},
    output: Type.Object({
      items: Type.Array(
        Type.Object({
          session: Type.String(),
          current: Type.Boolean(),
          kind: Type.Enum(['console', 'till']),
          device: nullable(Type.String()),
          agent: nullable(Type.String({ description: 'The kind of browser, in two words' })),
          created_at: Type.String(),
          expires_at: Type.String(),
        }),
      ),
    }),
    run: async (c) => {
      type Row = {
        id: string
        kind: 'console' | 'till'
        device: string | null
        agent: string | null
        created_at: Date
        expires_at: Date
      }
      const rows = await ask<Row>(c.services.pool, sessionsOf(self(c)))
      return {
        items: rows.map((r) => ({
          session: r.id,
          current: r.id === c.session!.id,
          kind: r.kind,
          device: r.device,
          agent: r.agent,
          created_at: r.created_at.toISOString(),
          expires_at: r.expires_at.toISOString(),
        })),
      }
    },
  }),
  route({
    name: 'me.session_end',
    method: 'DELETE',
    path: '/admin/v1/me/sessions/:session',
    who: 'self.read',
    keyless: true,
    summary: 'Ends one of one’s own sessions',
    input: { params: Type.Object({ session: sessionId }, strict) },
    output: Type.Object({ ended: Type.Integer() }),
    run: (c) => end(c, { only: c.input.session }),
  }),
  route({
    name: 'me.sessions_end',
    method: 'DELETE',
    path: '/admin/v1/me/sessions',
    who: 'self.read',
    keyless: true,
    summary: 'Ends all of one’s own sessions but this one',
    input: {},
    output: Type.Object({ ended: Type.Integer() }),
    run: (c) => end(c, { keep: c.sessionHash! }),
  }),
  route({
    name: 'totp.begin',
    method: 'POST',
    path: '/admin/v1/me/totp',
    who: 'self.read',
    keyless: true,
    fresh: true,
    summary: 'A secret for an authenticator app; it is in force once a code of it was confirmed',
    input: { body: Type.Object({}, strict) },
    output: Type.Object({ secret: Type.String(), uri: Type.String() }),
    run: async (c) => {
      const s = c.services
      const staff = self(c)
      const bytes = randomBytes(20)
      const box = lockAway(s.vault, totpPlace(staff), bytes.toString('base64'))
      if ((await ask(s.pool, beginTotp(staff, box))).length === 0) throw FactorState({})
      const secret = base32(bytes)
      const who = (await staffFaces(s, [staff])).get(staff)
      const label = encodeURIComponent(`Akinai:${who?.email || who?.name || staff}`)
      return { secret, uri: `otpauth://totp/${label}?secret=${secret}&issuer=Akinai` }
    },
  }),
  route({
    name: 'totp.confirm',
    method: 'PUT',
    path: '/admin/v1/me/totp',
    who: 'self.read',
    keyless: true,
    fresh: true,
    summary: 'Puts the authenticator app in force and answers ten recovery codes, once',
    input: { body: Type.Object({ code: Type.String({ maxLength: 40 }) }, strict) },
    output: codes,
    run: async (c) => {
      const s = c.services
      const staff = self(c)
      const wait = s.limits.take(`code of ${staff}`, 1 / 60, 5)
      if (wait) throw TooMany({ seconds: wait })
      const [totp] = await ask<Totp>(s.pool, totpOf(staff))
      if (!totp || totp.confirmed_at) throw FactorState({})
      const step = stepNow(s, staff, totp, c.input.body.code)
      if (step === undefined) throw CodeWrong({})
      if ((await ask(s.pool, confirmTotp(staff, step))).length === 0) throw FactorState({})
      return renewed(c)
    },
  }),
  route({
    name: 'totp.off',
    method: 'DELETE',
    path: '/admin/v1/me/totp',
    who: 'self.read',
    keyless: true,
    fresh: true,
    summary: 'Turns one’s own authenticator app off; its recovery codes go with it',
    input: {},
    output: ok,
    run: async (c) => ({ ok: (await ask(c.services.pool, dropTotp(self(c)))).length > 0 }),
  }),
  route({
    name: 'recovery.renew',
    method: 'POST',
    path: '/admin/v1/me/recovery-codes',
    who: 'self.read',
    keyless: true,
    fresh: true,
    summary: 'Ten new recovery codes, once; those before are good no more',
    input: { body: Type.Object({}, strict) },
    output: codes,
    run: async (c) => {
      if (!(await totpInForce(c.services, self(c)))) throw FactorState({})
      return renewed(c)
    },
  }),
  route({
    name: 'passkey.creation',
    method: 'POST',
    path: '/admin/v1/me/passkeys/creation',
    who: 'self.read',
    keyless: true,
    fresh: true,
    audit: 'never',
    summary: 'What a browser makes a passkey from',
    input: { body: Type.Object({}, strict) },
    output: creation,
    run: async (c) => {
      const staff = self(c)
      const who = (await staffFaces(c.services, [staff])).get(staff)
      return creationFor(c.services, { staff, name: who?.name ?? '', email: who?.email ?? '' })
    },
  }),
  route({
    name: 'passkey.add',
    method: 'POST',
    path: '/admin/v1/me/passkeys',
    who: 'self.read',
    keyless: true,
    fresh: true,
    summary: 'Keeps a passkey that was made just now',
    input: { body: Type.Object({ name: word(60), response: made }, strict) },
    output: Type.Object({ passkey: Type.String() }),
    run: async (c) => {
      const credential = await registered(c.services, self(c), c.input.body.response)
      return c.command(addPasskey(c.services.vault, credential, c.input.body.name), {
        staff: self(c),
        passkey: credential.id,
      })
    },
  }),
  route({
    name: 'passkey.rename',
    method: 'PUT',
    path: '/admin/v1/me/passkeys/:passkey',
    who: 'self.read',
    keyless: true,
    summary: 'Calls a passkey of one’s own something else',
    input: {
      params: Type.Object({ passkey: passkeyId }, strict),
      body: Type.Object({ name: word(60) }, strict),
    },
    output: ok,
    run: async (c) => {
      const s = c.services
      const { vault } = s
      const words = c.input.body.name
      const { value: note } = await s.gate.command(
        async (tx: Tx, { staff }: { staff: number }) => (await noteOn(tx, vault, { person: staff, words }))(),
        { staff: self(c) },
        { key: uuid(), actor: c.actor, name: 'passkey.rename' },
      )
      const done = await ask(s.pool, namePasskey({ staff: self(c), passkey: c.input.passkey, note }))
      return { ok: done.length > 0 }
    },
  }),
  route({
    name: 'passkey.remove',
    method: 'DELETE',
    path: '/admin/v1/me/passkeys/:passkey',
    who: 'self.read',
    keyless: true,
    fresh: true,
    summary: 'Removes a passkey of one’s own; the last way in stays',
    input: { params: Type.Object({ passkey: passkeyId }, strict) },
    output: ok,
    run: async (c) => {
      await c.command(removePasskey, { staff: self(c), passkey: c.input.passkey })
      return { ok: true }
    },
  }),
]
