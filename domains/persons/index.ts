export { clockOf, setClock, type Clock } from './clock.ts'
export { erase, erased, PersonUnknown } from './erase.ts'
export {
  fold,
  markOf,
  open,
  openVault,
  read,
  record,
  remember,
  keyFor,
  type Card,
  type PersonKey,
  type Sealed,
  type Vault,
} from './persons.ts'
