import { refusal } from '#kernel/refusal'

export const PictureKind = refusal<{ found: string }>(
  'media.kind',
  'invalid',
  () => [
    'この写真の形式は使えません。保存していません。',
    'JPEG・PNG・WebP・AVIF の写真をお使いください（名前ではなく中身で確かめています）。',
  ],
  () => [
    'This kind of file cannot be used. It was not kept.',
    'Use a JPEG, PNG, WebP or AVIF picture; its content counts, not its name.',
  ],
)
export const PictureTooLarge = refusal<{ most_megabytes: number }>(
  'media.too_large',
  'invalid',
  (d) => [
    `写真は1枚${d.most_megabytes}MBまでです。保存していません。`,
    '小さく書き出してから、もう一度追加してください。',
  ],
  (d) => [
    `A picture is at most ${d.most_megabytes} MB. It was not kept.`,
    'Export it smaller and add it again.',
  ],
)
export const PictureTooManyPixels = refusal<{ most: number; width: number; height: number }>(
  'media.pixels',
  'invalid',
  (d) => [
    `写真の画素が多すぎます（${d.width}×${d.height}）。保存していません。`,
    `縦×横が${d.most / 10_000}万画素以下の写真をお使いください。`,
  ],
  (d) => [
    `The picture has too many pixels (${d.width} × ${d.height}). It was not kept.`,
    `Use one of at most ${d.most / 1_000_000} million.`,
  ],
)
export const PictureBroken = refusal(
  'media.broken',
  'invalid',
  () => [
    'この写真は壊れていて読めません。保存していません。',
    '別の写真か、書き出し直した写真をお使いください。',
  ],
  () => [
    'This picture is broken and cannot be read. It was not kept.',
    'Use another one, or export it again.',
  ],
)
