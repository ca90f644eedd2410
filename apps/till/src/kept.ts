const nameOf = (key: string) => `akinai.till.${key}`

/** What this till keeps over a reload: the device, the open cart, the last receipt. */
export function keep(key: string, value: unknown): void {
  if (value === null) localStorage.removeItem(nameOf(key))
  else localStorage.setItem(nameOf(key), JSON.stringify(value))
}

export function kept<T>(key: string): T | null {
  const text = localStorage.getItem(nameOf(key))
  return text === null ? null : JSON.parse(text)
}
