const began = performance.now()

/** Lines for a person at a terminal, on stderr: stdout belongs to what was asked for. */
export function say(line: string): void {
  process.stderr.write(`[${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s] ${line}\n`)
}

/** Says what is going on when it takes more than a second; a fast start stays quiet. */
export async function step<T>(ja: string, en: string, work: Promise<T>): Promise<T> {
  const from = performance.now()
  const tell = () => say(`${ja}… / ${en} … (${Math.round((performance.now() - from) / 1000)} s)`)
  let timer = setTimeout(function again() {
    tell()
    timer = setTimeout(again, 5000)
  }, 1000)
  try {
    return await work
  } finally {
    clearTimeout(timer)
  }
}
