export { bytesOf, fileId, rowsOf, type FileRow } from './rows.ts'
export { lookAt, recordsOf, type Encoding, type FileRecord, type Looked, type Unread } from './records.ts'
export { asCells, asLine, calmed, excited, unwritable, writtenAs } from './write.ts'
