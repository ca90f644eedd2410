export { Bell } from './bell.ts'
export { Rounds } from './rounds.ts'
export { addDays, dayIn, minutesLater, startOfDay, startOfTime, type Day, type Instant } from './time.ts'
