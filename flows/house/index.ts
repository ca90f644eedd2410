export { foundShop, type Founding } from './found-shop.ts'
export { addPlace, archivePlace, changePlace, resumePlace } from './places.ts'
export { addTill, disableTill, enableTill, renewTill } from './tills.ts'
