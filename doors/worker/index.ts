export { erasePersonsDue, expireHolds, runProof, startFollowers, startWork, type Work } from './work.ts'
