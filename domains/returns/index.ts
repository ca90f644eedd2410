export { recordReturn } from './returns.ts'
