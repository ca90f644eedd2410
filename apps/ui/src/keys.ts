import { isComposing } from './ime.ts'

type Press = {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey?: boolean
  isComposing?: boolean
  keyCode?: number
}

/** `mod+s`, `j`, `shift+x`, `?`, `Enter`: one press as the list of shortcuts writes it. `mod` is ⌘ or Ctrl. */
function nameOf(press: Press): string {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  return `${press.ctrlKey || press.metaKey ? 'mod+' : ''}${press.altKey ? 'alt+' : ''}${key}`
}

/** Follows presses and says which of `known` was completed; `g o` is `g`, then `o` within a second. */
export function createListener(): (press: Press, known: readonly string[], at: number) => string | undefined {
  let first: { name: string; at: number } | undefined
  return (press, known, at) => {
    if (isComposing(press)) return undefined
    const plain = nameOf(press)
    // A letter is the same with Shift, unless Shift and it are something of their own.
    const name = press.shiftKey && known.includes(`shift+${plain}`) ? `shift+${plain}` : plain
    const pair = first && at - first.at < 1000 ? `${first.name} ${name}` : undefined
    first = undefined
    if (pair && known.includes(pair)) return pair
    if (known.includes(name)) return name
    if (known.some((keys) => keys.startsWith(`${name} `))) first = { name, at }
    return undefined
  }
}
