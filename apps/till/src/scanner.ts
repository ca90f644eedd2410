import { useEffect, useRef } from 'react'

/** Longest pause between two characters of one scan; a hand is slower over a whole code than a scanner. */
const pause_ms = 400
const shortest = 4

/** A barcode reader types the code and Enter, wherever the focus is. */
export function useScanner(active: boolean, onScan: (code: string) => void): void {
  const latest = useRef(onScan)
  useEffect(() => {
    latest.current = onScan
  })
  useEffect(() => {
    if (!active) return
    let typed = ''
    let at = 0
    function press(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.timeStamp - at > pause_ms) typed = ''
      at = event.timeStamp
      // With an input method on, the key has no name, but its place on the keyboard has.
      const key = event.key === 'Process' ? event.code.replace(/^(?:Digit|Numpad|Key)/, '') : event.key
      if (key === 'Enter' && typed.length >= shortest) {
        event.preventDefault()
        event.stopPropagation()
        latest.current(typed)
        typed = ''
      } else if (/^[0-9A-Za-z._-]$/.test(key)) typed += key
      else if (key !== 'Shift') typed = ''
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  }, [active])
}
