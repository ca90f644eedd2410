export type { Card, Vault } from './card.ts'
export { clockOf, setClock } from './clock.ts'
export { erase, erased, erasedSince, keysOfErased, PersonUnknown, reasons, type Reason } from './erase.ts'
export { cardsHinted, hint, unhinted, type Hinted, type Unhinted } from './find.ts'
export { fold } from './fold.ts'
export { hintOf, hintsOf, seek } from './hints.ts'
export { isErased, noteOn, noteUnder, openNote, readNotes } from './notes.ts'
export {
  markOf,
  open,
  opens,
  openVault,
  newestCards,
  read,
  record,
  recordAnew,
  remember,
  keyFor,
  lockAway,
  someKey,
  takeOut,
  type PersonKey,
  type Sealed,
} from './persons.ts'
