export { documentAt, recordDocument, type Kind, type Spot } from './history.ts'
