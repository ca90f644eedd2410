export { keepRunning } from './keep.ts'
export { SetupProblem, type Words } from './setup-problem.ts'
export { startEmbedded, type Embedded, type EmbeddedConfig } from './start.ts'
