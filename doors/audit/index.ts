export { differencesOf } from './differences.ts'
export { Sealer } from './sealer.ts'
export { verifyChain, type Fault, type Verdict } from './verify.ts'
