export { sql, raw, type Statement } from './sql.ts'
export { counters, Line, lost, pool, sendAll } from './line.ts'
export { appConfig, migrate, migrations, Unfit, type Migration } from './migrate.ts'
export type { ClientConfig } from 'pg'
