export { append, event, events, type EventKind } from './event.ts'
export { openEpoch, newEpoch } from './epoch.ts'
export {
  Followers,
  readEvents,
  rebuild,
  standings,
  type Cursor,
  type Follower,
  type Happened,
  type Position,
  type Standing,
} from './followers.ts'
export { holders } from './holders.ts'
