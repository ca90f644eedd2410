export { schedule, type Jobs, type Schedule } from './jobs.ts'
