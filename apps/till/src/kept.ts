import { recall, remember } from '@akinai/ui'

/** What this till keeps over a reload: the device, the open cart, the last receipt. Where there is no room it sells all the same, and what stood there goes: an old cart that came back would sell under an id already used. */
export function keep(key: string, value: unknown): void {
  remember(`till.${key}`, null)
  if (value !== null) remember(`till.${key}`, JSON.stringify(value))
}

export function kept<T>(key: string): T | null {
  const text = recall(`till.${key}`)
  return text === null ? null : JSON.parse(text)
}
