export {
  erasePersonsDue,
  expireHolds,
  followersOf,
  hintCards,
  runProof,
  startFollowers,
  startWork,
  type Work,
} from './work.ts'
