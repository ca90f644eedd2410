export {
  identify,
  identityByCode,
  identityById,
  identityIfKnown,
  join,
  part,
  type Identity,
} from './customers.ts'
export { MemberMissing } from './refusals.ts'
