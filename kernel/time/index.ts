export { Bell } from './bell.ts'
export {
  addDays,
  dayIn,
  hoursLater,
  minutesLater,
  startOfDay,
  startOfTime,
  type Day,
  type Instant,
} from './time.ts'
