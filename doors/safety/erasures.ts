/**
 * Whoever was erased is erased from every backup, too, also from one that was made before. Beside the database, and so not
 * set back with it, a file keeps their numbers: a restore reads it before it serves.
 */
import fs from 'node:fs'
import path from 'node:path'
import type { Config } from '#kernel/config'
import type { Follower } from '#kernel/journal'

export const erasureFile = (config: Pick<Config, 'dataDirectory'>): string =>
  path.join(config.dataDirectory, 'erasures.jsonl')
export type Erasure = { person: number; reason: string; at: string }
/** Follows erasures. A line twice is the same person. */
export const keepsErasures = (file: string): Follower => ({
  name: 'erasure-file',
  kinds: ['persons.erased'],
  async react(happened) {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    const handle = fs.openSync(file, 'a', 0o600)
    try {
      for (const h of happened) {
        const { person, reason } = h.body as { person: number; reason: string }
        fs.writeSync(handle, `${JSON.stringify({ person, reason, at: h.recorded_at.toISOString() })}\n`)
      }
      fs.fsyncSync(handle)
    } finally {
      fs.closeSync(handle)
    }
  },
})
/** The last line may be half: the machine stopped while it was written, and the follower writes it again. */
export function erasuresIn(file: string | undefined): Erasure[] {
  if (file === undefined || !fs.existsSync(file)) return []
  const lines = fs.readFileSync(file, 'utf8').split('\n')
  return lines.flatMap((line, i) => {
    if (line === '') return []
    try {
      return [JSON.parse(line) as Erasure]
    } catch (error) {
      if (i >= lines.length - 2) return []
      throw new Error(`${file}, line ${i + 1}`, { cause: error })
    }
  })
}
