export {
  erasePersonsDue,
  expireHolds,
  followersOf,
  runProof,
  startFollowers,
  startWork,
  type Work,
} from './work.ts'
