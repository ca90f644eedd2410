const nameOf = (key: string) => `akinai.${key}`

/** What this device remembers. A browser may forbid storage: then nothing is remembered, and nothing breaks. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(nameOf(key))
  } catch {
    return null
  }
}

export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(nameOf(key))
    else localStorage.setItem(nameOf(key), value)
  } catch {
    // Private windows refuse; the choice then lasts as long as the page.
  }
}
