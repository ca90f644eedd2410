export { uuid, isUuid, scopedKey, derivedKey } from './ids.ts'
