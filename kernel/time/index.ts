export { addDays, dayIn, hoursLater, minutesLater, startOfDay, type Day, type Instant } from './time.ts'
