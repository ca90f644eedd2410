export { certifyErased, Connect } from './connect.ts'
export { connectors } from './catalogue.ts'
export { failureWords, reasonWords } from './words.ts'
export { SharedTurns } from './turns.ts'
