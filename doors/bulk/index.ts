export { Walker } from './walker.ts'
