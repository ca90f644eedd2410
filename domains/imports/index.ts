export {
  batchAt,
  beginRun,
  failedAfter,
  faultsOf,
  headingsOf,
  keptOf,
  missingFrom,
  recordBatch,
  recordTouched,
  recordUndone,
  runList,
  runToChange,
  runUnderWay,
  setRun,
  takenBack,
  toUndo,
  type Run,
} from './imports.ts'
export {
  beginJob,
  cancelJob,
  endJob,
  jobOf,
  openJobs,
  seeJob,
  sweepJobs,
  takeOnJob,
  type JobRow,
} from './jobs.ts'
export { inCp932, untwinned } from './letters.ts'
export { beginUpload, keepPart, partAfter, sweepUploads, uploadOf, type Upload } from './uploads.ts'
export {
  CellUnfit,
  CellUnreadable,
  FileUnreadable,
  ImportBusy,
  ImportMissing,
  ImportStopped,
  RowUnfit,
} from './refusals.ts'
export type { Columns, Counts, Fault, State, Touched, TouchedPrice } from './tables.ts'
