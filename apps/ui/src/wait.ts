import { useEffect, useState } from 'react'

/** Nothing for 300 ms, then a skeleton; after ten seconds words and a way out. */
export type Wait = 'none' | 'quiet' | 'skeleton' | 'long'

export function useWait(busy: boolean): Wait {
  const [wait, setWait] = useState<Exclude<Wait, 'none'>>('quiet')
  useEffect(() => {
    if (!busy) return
    const timers = [setTimeout(() => setWait('skeleton'), 300), setTimeout(() => setWait('long'), 10_000)]
    return () => {
      timers.forEach(clearTimeout)
      setWait('quiet')
    }
  }, [busy])
  return busy ? wait : 'none'
}
