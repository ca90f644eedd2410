import type { Picture, ProductRow } from './tables.ts'

export type Pictured = Pick<ProductRow, 'picture' | 'pictures'>
/** One of the sample's, or of a file that was imported: nothing is known of it but its name. */
export const plainPicture = (file: string): Picture => ({
  file,
  width: 640,
  height: 640,
  sizes: [],
  alt: { ja: '', en: '' },
  skus: [],
})
/** All of a product's pictures, the one that lists show first, also where only its name was ever told. */
export function picturesShown({ picture, pictures }: Pictured): Picture[] {
  if (picture === null) return []
  if (pictures[0]?.file === picture) return pictures
  return [plainPicture(picture), ...pictures.filter((p) => p.file !== picture)]
}
