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
export { asking, Memory, Outage, type Exchange, type OutageCode, type Patience } from './ask.ts'
export type { Answer, Ask, Call } from './call.ts'
export { evenly } from './lines.ts'
export { count, head, list, maybeList, maybePart, maybeText, moment, part, text, yen } from './read.ts'
export { OwnTurns, type Turn, type Turns } from './turns.ts'
export { Outside, type Asked, type FaultKind, type Said } from './outside.ts'
