type Composing = { isComposing?: boolean; keyCode?: number }
type KeyLike = Composing & { nativeEvent?: Composing }

/** True while an input method is at work. Safari ends composing before the key arrives; it then says keyCode 229. */
export function isComposing(event: KeyLike): boolean {
  const native = event.nativeEvent ?? event
  return native.isComposing === true || native.keyCode === 229
}

/**
 * Wraps a key handler so that Enter, Esc and arrows belong to the input method while it composes.
 * The key is also kept from whoever listens further out: a dialog must not close on the Esc that drops a candidate.
 */
export function imeGuard<Event extends KeyLike & { stopPropagation: () => void }>(
  handle?: (event: Event) => void,
): (event: Event) => void {
  return (event) => {
    if (isComposing(event)) event.stopPropagation()
    else handle?.(event)
  }
}
