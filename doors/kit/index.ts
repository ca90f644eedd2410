export {
  BadRow,
  connector,
  type Connector,
  type Offer,
  type Limit,
  type Out,
  type Page,
  type Parcel,
  type Position,
  type Row,
  type Sale,
  type Setting,
  type Settings,
  type Told,
} from './connector.ts'
export {
  asking,
  Memory,
  Outage,
  type Answer,
  type Ask,
  type Call,
  type Exchange,
  type OutageCode,
  type Patience,
} from './ask.ts'
export { evenly } from './lines.ts'
export { count, list, maybeList, maybePart, maybeText, moment, part, text, yen } from './read.ts'
export { OwnTurns, type Turn, type Turns } from './turns.ts'
