export { chanceFrom } from './chance.ts'
export { uuid, isUuid, scopedKey, derivedKey } from './ids.ts'
