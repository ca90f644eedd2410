import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A passkey in software: what a browser and its authenticator answer, one byte after the other. */
const text = (value: Buffer | string) => Buffer.from(value).toString('base64url')
const sha = (value: Buffer | string) => createHash('sha256').update(value).digest()

/** As much of CBOR as a credential needs. */
const head = (major: number, n: number): Buffer =>
  n < 24
    ? Buffer.from([(major << 5) | n])
    : n < 256
      ? Buffer.from([(major << 5) | 24, n])
      : Buffer.from([(major << 5) | 25, n >> 8, n & 255])
const int = (n: number) => (n < 0 ? head(1, -1 - n) : head(0, n))
const bytes = (b: Buffer) => Buffer.concat([head(2, b.length), b])
const words = (s: string) => Buffer.concat([head(3, s.length), Buffer.from(s)])
const map = (...pairs: [Buffer, Buffer][]) => Buffer.concat([head(5, pairs.length), ...pairs.flat()])

export function authenticator(origin: string, rp = 'localhost') {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = publicKey.export({ format: 'jwk' })
  const id = randomBytes(32)
  const cose = map(
    [int(1), int(2)],
    [int(3), int(-7)],
    [int(-1), int(1)],
    [int(-2), bytes(Buffer.from(jwk.x!, 'base64url'))],
    [int(-3), bytes(Buffer.from(jwk.y!, 'base64url'))],
  )
  let count = 0
  let handle: string | null = null
  const client = (type: string, challenge: string, from: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }))
  // User present 1, user verified 4, credential data 64.
  const data = (flags: number, n: number) => {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(n)
    return Buffer.concat([sha(rp), Buffer.from([flags]), counter])
  }
  return {
    id: text(id),
    create(o: { challenge: string; user: { id: string } }, more: { flags?: number; origin?: string } = {}) {
      handle = o.user.id
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose])
      const whole = Buffer.concat([data(more.flags ?? 69, ++count), credential])
      return {
        id: text(id),
        clientDataJSON: text(client('webauthn.create', o.challenge, more.origin ?? origin)),
        attestationObject: text(
          map([words('fmt'), words('none')], [words('attStmt'), map()], [words('authData'), bytes(whole)]),
        ),
        transports: ['internal'],
      }
    },
    get(o: { challenge: string }, more: { flags?: number; origin?: string; count?: number } = {}) {
      const about = data(more.flags ?? 5, more.count ?? ++count)
      const said = client('webauthn.get', o.challenge, more.origin ?? origin)
      return {
        id: text(id),
        clientDataJSON: text(said),
        authenticatorData: text(about),
        signature: text(sign('sha256', Buffer.concat([about, sha(said)]), privateKey)),
        userHandle: handle,
      }
    },
  }
}

/** The bytes of what an authenticator app is given as text. */
export function unbase32(given: string): Buffer {
  const bits = [...given]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
