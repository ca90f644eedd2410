export {
  addDevice,
  deviceByCode,
  staffAt,
  staffById,
  type Device,
  type Session,
  type Staff,
} from './staff.ts'
export {
  changePassword,
  endSession,
  endSessionsOf,
  proveSession,
  sessionOf,
  sessionsOf,
  startSession,
  sweepSessions,
} from './sessions.ts'
export {
  addStaff,
  changeMember,
  invited,
  join,
  memberAt,
  setInvitation,
  tellStaff,
  workFor,
  type KnownMember,
} from './people.ts'
export * from './factors.ts'
export * from './deeds.ts'
export {
  dropView,
  keepView,
  setDefaultView,
  viewed,
  viewedLists,
  viewsFor,
  type View,
  type ViewedList,
} from './views.ts'
export { base32, codeOf, stepAt, stepOfCode } from './totp.ts'
export {
  allows,
  lacks,
  needsPin,
  permissions,
  permissionsOf,
  roles,
  type Permission,
  type Reach,
  type Role,
} from './matrix.ts'
export { hashSecret, matches, token, tokenHash } from './secrets.ts'
export {
  CodeWrong,
  FactorState,
  InvitationGone,
  LastWay,
  NotAllowed,
  NotSelf,
  NotYours,
  PasskeyHost,
  PasskeyWrong,
  SecondFactorNeeded,
  SecretWrong,
  SignInFailed,
  SignInFirst,
  StaffKnown,
  StaffOutdated,
  StepUp,
  TooMany,
} from './refusals.ts'
