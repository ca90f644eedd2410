export { query, startTestPostgres, testPostgres, type TestPostgres } from './postgres.ts'
export { freshDatabase, type FreshDatabase } from './fresh-database.ts'
export { browser, findBrowser } from './browser.ts'
export { freePort } from './free-port.ts'
