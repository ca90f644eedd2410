/** Passkeys (WebAuthn): what a browser is asked to sign, and whether what came back is right. */
import { isIP } from 'node:net'
import Type, { type Static } from 'typebox'
import {
  keepChallenge,
  passkeyById,
  passkeysOf,
  PasskeyHost,
  PasskeyWrong,
  takeChallenge,
  token,
  tokenHash,
  usePasskey,
  type Passkey,
} from '#domains/access'
import { ask } from '#kernel/db'
import { nullable, strict } from './routes/shapes.ts'
import type { Services } from './route.ts'

const base64 = (most: number) => Type.String({ maxLength: most, pattern: '^[A-Za-z0-9_-]*$' })
const id = base64(1400)
const told = { id, clientDataJSON: base64(8000) }
/** What `navigator.credentials.create` gave. */
export const made = Type.Object(
  {
    ...told,
    attestationObject: base64(40_000),
    transports: Type.Array(Type.String({ maxLength: 40, pattern: '^[a-z-]+$' }), { maxItems: 10 }),
  },
  strict,
)
/** What `navigator.credentials.get` gave. */
export const signed = Type.Object(
  { ...told, authenticatorData: base64(8000), signature: base64(8000), userHandle: nullable(base64(200)) },
  strict,
)
const credential = Type.Object({ id: Type.String(), type: Type.Literal('public-key') })
/** Options as `PublicKeyCredential.parseCreationOptionsFromJSON` reads them. */
export const creation = Type.Object({
  challenge: Type.String(),
  rp: Type.Object({ id: Type.String(), name: Type.String() }),
  user: Type.Object({ id: Type.String(), name: Type.String(), displayName: Type.String() }),
  pubKeyCredParams: Type.Array(Type.Object({ type: Type.Literal('public-key'), alg: Type.Integer() })),
  timeout: Type.Integer(),
  attestation: Type.Literal('none'),
  excludeCredentials: Type.Array(credential),
  authenticatorSelection: Type.Object({
    residentKey: Type.Literal('required'),
    requireResidentKey: Type.Boolean(),
    userVerification: Type.Literal('required'),
  }),
})
export const request = Type.Object({
  challenge: Type.String(),
  rpId: Type.String(),
  timeout: Type.Integer(),
  userVerification: Type.Literal('required'),
})

const lasts = 300_000
const algorithms = [-8, -7, -257]
/** A passkey belongs to a name: this machine's own is localhost, whatever number it is reached by. */
function party(baseUrl: string): { id: string; origins: string[] } {
  const { hostname, port, origin } = new URL(baseUrl)
  if (/^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(hostname))
    return { id: 'localhost', origins: [`http://localhost${port ? `:${port}` : ''}`] }
  if (isIP(hostname.replace(/^\[|\]$/g, ''))) throw PasskeyHost({})
  return { id: hostname, origins: [origin] }
}
const handleOf = (staff: number) => Buffer.from(`staff ${staff}`).toString('base64url')

async function challenge(s: Services, purpose: 'add' | 'ask', staff: number | null): Promise<string> {
  const text = token()
  await ask(s.pool, keepChallenge({ hash: tokenHash(text), purpose, staff }))
  return text
}
const taken = (s: Services, purpose: 'add' | 'ask', staff: number | null) => async (text: string) =>
  (await ask(s.pool, takeChallenge({ hash: tokenHash(text), purpose, staff }))).length === 1

export async function creationFor(
  s: Services,
  who: { staff: number; name: string; email: string },
): Promise<Static<typeof creation>> {
  const { id: rp } = party(s.baseUrl)
  const known = await ask<Passkey>(s.pool, passkeysOf(who.staff))
  return {
    challenge: await challenge(s, 'add', who.staff),
    rp: { id: rp, name: 'Akinai' },
    user: { id: handleOf(who.staff), name: who.email || who.name, displayName: who.name },
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
    timeout: lasts,
    attestation: 'none',
    excludeCredentials: known.map((p) => ({ id: p.id, type: 'public-key' })),
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
  }
}
export const requestFor = async (s: Services): Promise<Static<typeof request>> => ({
  challenge: await challenge(s, 'ask', null),
  rpId: party(s.baseUrl).id,
  timeout: lasts,
  userVerification: 'required',
})

/** A passkey that was made just now for this person, to be kept. */
export async function registered(
  s: Services,
  staff: number,
  given: Static<typeof made>,
): Promise<Pick<Passkey, 'id' | 'public_key' | 'counter' | 'transports'>> {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  const { id: rp, origins } = party(s.baseUrl)
  const done = await verifyRegistrationResponse({
    response: {
      id: given.id,
      rawId: given.id,
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON: given.clientDataJSON, attestationObject: given.attestationObject },
    },
    expectedChallenge: taken(s, 'add', staff),
    expectedOrigin: origins,
    expectedRPID: rp,
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch(() => undefined)
  if (!done?.verified) throw PasskeyWrong({})
  const { credential: c } = done.registrationInfo
  if (await ask<Passkey>(s.pool, passkeyById(c.id)).then((found) => found.length)) throw PasskeyWrong({})
  return { id: c.id, public_key: Buffer.from(c.publicKey), counter: c.counter, transports: given.transports }
}

/** Whose passkey has signed our challenge. Anything that is not right is told in the same words. */
export async function recognised(s: Services, given: Static<typeof signed>): Promise<number> {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  const { id: rp, origins } = party(s.baseUrl)
  const [known] = await ask<Passkey>(s.pool, passkeyById(given.id))
  if (!known || (given.userHandle !== null && given.userHandle !== handleOf(known.staff)))
    throw PasskeyWrong({})
  const done = await verifyAuthenticationResponse({
    response: {
      id: given.id,
      rawId: given.id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: given.clientDataJSON,
        authenticatorData: given.authenticatorData,
        signature: given.signature,
      },
    },
    expectedChallenge: taken(s, 'ask', null),
    expectedOrigin: origins,
    expectedRPID: rp,
    credential: { id: known.id, publicKey: new Uint8Array(known.public_key), counter: known.counter },
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!done?.verified) throw PasskeyWrong({})
  // Two answers of one moment: the counter lets one of them through.
  const used = await ask(s.pool, usePasskey(known.id, done.authenticationInfo.newCounter))
  if (used.length === 0) throw PasskeyWrong({})
  return known.staff
}
