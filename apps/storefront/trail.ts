import type { Shop } from './api.ts'

/** A category with those above it, the topmost first. */
export function trailOf(shop: Shop, code: string): Shop['categories'] {
  const trail: Shop['categories'] = []
  let at = shop.categories.find((c) => c.code === code)
  while (at && !trail.includes(at)) {
    trail.unshift(at)
    const { parent } = at
    at = shop.categories.find((c) => c.code === parent)
  }
  return trail
}
