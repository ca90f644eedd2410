import { hash, randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(4000)
let at = pool.length

/** A time-ordered random id (UUID version 7): new rows land at the end of their index. */
export function uuid(): string {
  if (at >= pool.length) {
    randomFillSync(pool)
    at = 0
  }
  const r = pool.toString('hex', at, (at += 10))
  const t = Date.now().toString(16).padStart(12, '0')
  return `${t.slice(0, 8)}-${t.slice(8)}-7${r.slice(0, 3)}-${'89ab'[parseInt(r[3]!, 16) & 3]}${r.slice(4, 7)}-${r.slice(7, 19)}`
}

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const isUuid = (text: string): boolean => shape.test(text)

function asUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${'89ab'[parseInt(hex[16]!, 16) & 3]}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A caller's key, made its own: two callers that choose the same text never meet, and none can ask for another's answer. */
export const scopedKey = (scope: string, key: string): string =>
  asUuid(hash('sha256', `${scope}\n${key}`, 'hex'))
/** A key for the n-th thing that follows from a known thing: repeating the work repeats the key. */
export const derivedKey = (name: string, ...parts: (string | number)[]): string =>
  asUuid(hash('sha256', `${name}\n${parts.join('\n')}`, 'hex'))
