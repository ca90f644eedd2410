export { sellAtTill } from './sell-at-till.ts'
