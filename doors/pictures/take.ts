/** Takes a picture in: looks at what it is, makes it anew without what a camera wrote into it (place, time, device), and makes smaller ones. */
import { createHash } from 'node:crypto'
import type { Sharp } from 'sharp'
import * as media from '#domains/media'
import { ask } from '#kernel/db'
import type pg from 'pg'

const megabytesMost = 10
export type Taken = { file: string; width: number; height: number; sizes: number[] }
type Known = 'jpeg' | 'png' | 'webp' | 'avif'

/** By its first bytes. A drawing that is a program (SVG) never reaches the decoder. */
function kindOf(data: Buffer): Known | undefined {
  if (data.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'jpeg'
  if (data.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'png'
  const [box, brand] = [data.toString('latin1', 4, 8), data.toString('latin1', 8, 12)]
  if (data.toString('latin1', 0, 4) === 'RIFF' && brand === 'WEBP') return 'webp'
  return box === 'ftyp' && (brand === 'avif' || brand === 'avis') ? 'avif' : undefined
}
// Two at a time: the decoder has threads of its own and a few hundred megabytes at most.
let busy: Promise<unknown>[] = []
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  while (busy.length >= 2) await Promise.race(busy)
  const mine = work()
  const settled = mine.then(
    () => {},
    () => {},
  )
  busy.push(settled)
  void settled.then(() => (busy = busy.filter((b) => b !== settled)))
  return mine
}

/** Keeps a picture and its smaller ones; the same content twice is one. Refuses, in words, what is none or too large. */
export function takePicture(pool: pg.Pool, data: Buffer): Promise<Taken> {
  if (data.length > megabytesMost * 1_048_576) throw media.PictureTooLarge({ most_megabytes: megabytesMost })
  const kind = kindOf(data)
  if (!kind) throw media.PictureKind({ found: 'unknown' })
  return inTurn(() => take(pool, data, kind))
}
async function take(pool: pg.Pool, data: Buffer, kind: Known): Promise<Taken> {
  // Loaded with the first picture: a shop that takes none does without.
  const { default: sharp } = await import('sharp')
  const open = () => sharp(data, { limitInputPixels: false, failOn: 'error' })
  const told = await open()
    .metadata()
    .catch(() => undefined)
  if (!told?.width || !told.height) throw media.PictureBroken({})
  if (told.width * told.height > media.pixelsMost)
    throw media.PictureTooManyPixels({ most: media.pixelsMost, width: told.width, height: told.height })
  const made = await encoded(open().rotate(), kind)
    .toBuffer({ resolveWithObject: true })
    .catch(() => undefined)
  if (!made) throw media.PictureBroken({})
  const { width, height } = made.info
  const hash = createHash('sha256').update(made.data).digest('hex')
  const [before] = await ask<{ sizes: number[] | null }>(pool, media.sizeOf(hash))
  const type: media.Kind = kind === 'avif' ? 'image/webp' : `image/${kind}`
  if (!before) await ask(pool, media.keepFile({ hash, type, width, height, data: made.data }))
  const sizes = media.sizes.filter((w) => w < width)
  for (const w of sizes)
    if (!before?.sizes?.includes(w))
      await ask(
        pool,
        media.keepSize({
          hash,
          width: w,
          data: await sharp(made.data).resize(w).webp({ quality: 80 }).toBuffer(),
        }),
      )
  return { file: media.nameOf(hash, type), width, height, sizes: [...sizes] }
}
/** AVIF takes seconds to write: what comes as such is kept as WebP. */
const encoded = (picture: Sharp, kind: Known): Sharp =>
  kind === 'jpeg'
    ? picture.jpeg({ quality: 90, mozjpeg: false })
    : kind === 'png'
      ? picture.png()
      : picture.webp({ quality: 90 })
