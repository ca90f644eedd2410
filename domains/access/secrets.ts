import { argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)
// argon2id with 19 MiB and 2 passes (OWASP's second profile): 30 ms of a core for a guess.
const cost = { parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 }

export async function hashSecret(secret: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive('argon2id', { message: secret.normalize('NFKC'), nonce, ...cost })
  return `argon2id$${nonce.toString('base64url')}$${tag.toString('base64url')}`
}
const decoy = `argon2id$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(32).toString('base64url')}`
/** Takes as long for somebody who does not exist as for a wrong password. */
export async function matches(secret: string, stored: string | null | undefined): Promise<boolean> {
  const [, nonce, tag] = (stored ?? decoy).split('$')
  const made = await derive('argon2id', {
    message: secret.normalize('NFKC'),
    nonce: Buffer.from(nonce!, 'base64url'),
    ...cost,
  })
  return timingSafeEqual(made, Buffer.from(tag!, 'base64url')) && stored != null
}
/** 256 bits for a browser to hold; only their hash is stored. */
export const token = (): string => randomBytes(32).toString('base64url')
export const tokenHash = (held: string): string => createHash('sha256').update(held).digest('base64url')
