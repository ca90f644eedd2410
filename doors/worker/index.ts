export { followersOf, erasePersonsDue, expireHolds, runProof, startWork, type Work } from './work.ts'
