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
} from './files.ts'
export { PictureBroken, PictureKind, PictureTooLarge, PictureTooManyPixels } from './refusals.ts'
