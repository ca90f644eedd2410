export { acceptFirst, awaitOwner } from './first-owner.ts'
export {
  accept,
  add,
  change,
  disable,
  enable,
  invite,
  inviteAgain,
  resetFactors,
  uninvite,
} from './members.ts'
export { addPasskey, passkeyOf, removePasskey } from './passkeys.ts'
