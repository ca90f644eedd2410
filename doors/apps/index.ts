export { buildApps } from './build.ts'
