export {
  beginImport,
  cancelImport,
  endImport,
  missingProducts,
  takeMissing,
  takeProducts,
  tryProducts,
  type Difference,
} from './take.ts'
export { beginUndo, keptOfImport, undoRows } from './undo.ts'
export type { ProductLines, SkuLine } from './plan.ts'
