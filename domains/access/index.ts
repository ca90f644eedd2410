export {
  addDevice,
  addStaff,
  changePassword,
  deviceByCode,
  staffAt,
  staffById,
  sessionOf,
  startSession,
  endSession,
  sweepSessions,
  workFor,
  type Device,
  type Session,
  type Staff,
} from './staff.ts'
export {
  allows,
  needsPin,
  permissions,
  permissionsOf,
  roles,
  type Permission,
  type Reach,
  type Role,
} from './matrix.ts'
export { hashSecret, matches, token, tokenHash } from './secrets.ts'
export { NotAllowed, NotYours, SecretWrong, SignInFailed, SignInFirst, TooMany } from './refusals.ts'
