import { recall, remember } from '@akinai/ui'

/** What this till keeps over a reload: the device, the open cart, the last receipt. Where nothing is kept, it sells all the same. */
export const keep = (key: string, value: unknown): void =>
  remember(`till.${key}`, value === null ? null : JSON.stringify(value))

export function kept<T>(key: string): T | null {
  const text = recall(`till.${key}`)
  return text === null ? null : JSON.parse(text)
}
