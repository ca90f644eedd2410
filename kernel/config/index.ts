export { describeConfig, loadConfig, type Config, type Described } from './load.ts'
export { databaseDirectory, secretKey } from './secret-key.ts'
