export { identify, identityByCode, identityById, identityIfKnown, join, part } from './customers.ts'
export { IdentityMissing, MemberMissing } from './refusals.ts'
export { channels, consentsOf, mouths, tellConsent, type Channel, type Consent } from './consents.ts'
export { keepNote, notesOf, removeNote } from './notes.ts'
