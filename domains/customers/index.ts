export { identify, identityByCode, identityById, join, part, type Identity } from './customers.ts'
export { MemberMissing } from './refusals.ts'
