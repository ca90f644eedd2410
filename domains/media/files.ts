/** Pictures, named by what is in them: a file never changes, so it is kept once and may be remembered by whoever has it. */
import { sql } from '#kernel/db'
import type { Tx } from '#kernel/gate'

const kinds = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'avif',
} as const
export type Kind = keyof typeof kinds
export const sizes = [480, 960, 1600] as const
export const pixelsMost = 40_000_000

export type PictureFile = { file: string; width: number; height: number; sizes: number[] }

export const keepFile = (f: { hash: string; type: Kind; width: number; height: number; data: Buffer }) => sql`
  insert into media.file (hash, type, width, height, data) values (${f.hash}, ${f.type}, ${f.width}::int, ${f.height}::int, ${f.data}::bytea)
  on conflict (hash) do nothing`
export const keepSize = (s: { hash: string; width: number; data: Buffer }) => sql`
  insert into media.size (hash, width, data) values (${s.hash}, ${s.width}::int, ${s.data}::bytea) on conflict do nothing`

export const nameOf = (hash: string, type: Kind): string => `${hash}.${kinds[type]}`
const name = /^([0-9a-f]{64})(?:-(480|960|1600))?\.(jpg|png|webp|avif)$/
/** `<hash>.jpg` is the file itself, `<hash>-480.webp` a smaller one; anything else is none of ours. */
export function fileOf(told: string) {
  const found = name.exec(told)
  if (!found) return undefined
  const [, hash = '', width] = found
  return width === undefined
    ? sql`select type, data from media.file where hash = ${hash}`
    : sql`select 'image/webp' as type, data from media.size where hash = ${hash} and width = ${Number(width)}::int`
}
/** Whether a name is one that we give. */
export const isOurs = (told: string): boolean => name.test(told)
/** What is known of these pictures, by their names; those that are not there are absent. */
export async function pictureFiles(tx: Tx, files: readonly string[]): Promise<Map<string, PictureFile>> {
  const hashes = files.flatMap((f) => name.exec(f)?.[1] ?? [])
  if (hashes.length === 0) return new Map()
  const rows = await tx.list<{
    hash: string
    type: Kind
    width: number
    height: number
    sizes: number[] | null
  }>(sql`
    select f.hash, f.type, f.width, f.height, (select array_agg(s.width order by s.width) from media.size s where s.hash = f.hash) as sizes
    from media.file f where f.hash = any(${hashes}::text[]) limit 1000`)
  return new Map(
    rows.map((r) => {
      const file = nameOf(r.hash, r.type)
      return [file, { file, width: r.width, height: r.height, sizes: r.sizes ?? [] }]
    }),
  )
}
/** What is kept of a file that has come, so that it is not made twice. */
export const sizeOf = (hash: string) => sql`
  select (select array_agg(s.width order by s.width) from media.size s where s.hash = f.hash) as sizes from media.file f where f.hash = ${hash}`
