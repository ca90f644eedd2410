import { useEffect, useSyncExternalStore } from 'react'

/**
 * What somebody asked for elsewhere and a page then does: the palette opens an order and has its page begin the shipment.
 * Done once, and forgotten with the page: coming back begins nothing.
 */
let waiting: string | undefined
const watching = new Set<() => void>()
function change(next: string | undefined): void {
  waiting = next
  for (const tell of watching) tell()
}
function watch(changed: () => void): () => void {
  watching.add(changed)
  return () => watching.delete(changed)
}

export const sendErrand = (name: string): void => change(name)

export function useErrand(name: string, run: () => void): void {
  const mine = useSyncExternalStore(watch, () => waiting === name)
  useEffect(() => {
    if (!mine) return
    change(undefined)
    run()
  }, [mine, run])
}
