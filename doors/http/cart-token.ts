import { createHmac, timingSafeEqual } from 'node:crypto'
import { isUuid } from '#kernel/ids'
import type { Services } from './route.ts'

/** A cart's id is no permission: whoever holds it must also hold this. */
export const cartTokenOf = (services: Services, cart: string): string =>
  createHmac('sha256', services.vault.sign).update(`cart ${cart}`).digest('base64url').slice(0, 22)
export function holdsCart(services: Services, cart: string, held: string | undefined): boolean {
  const made = Buffer.from(cartTokenOf(services, cart))
  const given = Buffer.from(held ?? '')
  return isUuid(cart) && given.length === made.length && timingSafeEqual(given, made)
}
