export {
  identify,
  identityByCode,
  identityById,
  identityIfKnown,
  join,
  part,
  type Identity,
} from './customers.ts'
export { IdentityMissing, MemberMissing } from './refusals.ts'
