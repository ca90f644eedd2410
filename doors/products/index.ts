export { exportProducts } from './export.ts'
export { failedRows, keptRows, wordsOf } from './given-back.ts'
export {
  importProducts,
  preview,
  tryImport,
  undoImport,
  type Ask,
  type Progress,
  type Report,
} from './import.ts'
export { Jobs, type Job } from './jobs.ts'
export { builtIn, mappingFields, mappingOf, type Mapping } from './mapping.ts'
