export { bytesOf, fileId, rowsOf, type FileRow } from './rows.ts'
