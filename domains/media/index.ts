export {
  fileOf,
  isOurs,
  keepFile,
  keepSize,
  nameOf,
  pictureFiles,
  pixelsMost,
  sizeOf,
  sizes,
  type Kind,
  type PictureFile,
} from './files.ts'
export { PictureBroken, PictureKind, PictureTooLarge, PictureTooManyPixels } from './refusals.ts'
