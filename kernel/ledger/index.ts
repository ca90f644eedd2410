export {
  account, balance, decide, isCounter, kind, kinds, level, move, numbersOf, post,
  type Account, type Balances, type Book, type Dimensions, type Entry, type Held, type Level, type Kind, type Move, type Post, type Recorder, type Short,
} from './ledger.ts'
export { prove, type Check, type Difference, type Proof } from './prove.ts'
export { movements, type Movement } from './movements.ts'
