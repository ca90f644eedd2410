export { sql, raw, type Statement } from './sql.ts'
export { ask, byKey, counters, Line, lost, pool, sendAll, type Row } from './line.ts'
export { appConfig, migrate, migrations, Unfit, type Migration } from './migrate.ts'
export type { ClientConfig } from 'pg'
