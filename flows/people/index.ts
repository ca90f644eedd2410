export { accept, change, disable, enable, invite, inviteAgain, resetFactors, uninvite } from './members.ts'
export { addPasskey, passkeyOf, removePasskey } from './passkeys.ts'
