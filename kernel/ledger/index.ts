export {
  account,
  balance,
  decide,
  isCounter,
  kind,
  kinds,
  level,
  move,
  numbersOf,
  post,
  type Account,
  type Entry,
  type Held,
  type Kind,
  type Move,
  type Post,
  type Short,
} from './ledger.ts'
export { prove, type Check, type Difference, type Proof } from './prove.ts'
export { movements } from './movements.ts'
