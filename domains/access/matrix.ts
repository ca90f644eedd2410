/**
 * Who may do what (TRUST.md). A route names one permission; a role has it or not. There is no default: an unknown
 * permission is refused, and an empty list allows nothing.
 */
export const roles = [
  'owner',
  'merchandiser',
  'store',
  'warehouse',
  'call',
  'marketer',
  'accountant',
  'developer',
] as const
export type Role = (typeof roles)[number]
/** `own`: at their own place only. `masked`: without what tells who somebody is. */
export type Reach = 'all' | 'own' | 'masked'

const matrix = {
  'products.read': {
    owner: 'all',
    merchandiser: 'all',
    store: 'all',
    warehouse: 'all',
    call: 'all',
    marketer: 'all',
    accountant: 'all',
  },
  'products.write': { owner: 'all', merchandiser: 'all' },
  'prices.read': {
    owner: 'all',
    merchandiser: 'all',
    store: 'all',
    call: 'all',
    marketer: 'all',
    accountant: 'all',
  },
  'prices.write': { owner: 'all', merchandiser: 'all' },
  'stock.read': {
    owner: 'all',
    merchandiser: 'all',
    store: 'all',
    warehouse: 'all',
    call: 'all',
    accountant: 'all',
  },
  'stock.write': { owner: 'all', store: 'own', warehouse: 'all' },
  'orders.read': {
    owner: 'all',
    merchandiser: 'masked',
    store: 'own',
    warehouse: 'masked',
    call: 'all',
    accountant: 'masked',
    developer: 'masked',
  },
  'orders.ship': { owner: 'all', store: 'own', warehouse: 'all' },
  'orders.cancel': { owner: 'all', store: 'own', call: 'all' },
  'orders.capture': { owner: 'all', accountant: 'all' },
  'orders.refund': { owner: 'all', store: 'own', call: 'all', accountant: 'all' },
  'orders.return': { owner: 'all', store: 'own', call: 'all', warehouse: 'all' },
  'shortages.read': { owner: 'all', merchandiser: 'all', store: 'own', warehouse: 'all', call: 'all' },
  'shortages.write': { owner: 'all', store: 'own', warehouse: 'all', call: 'all' },
  'persons.erase': { owner: 'all' },
  // Many persons as one file; whoever sees them one at a time gets the file without what tells who they are.
  'persons.export': { owner: 'all' },
  'members.write': { owner: 'all', store: 'all', call: 'all' },
  'members.read': { owner: 'all', store: 'masked', call: 'all' },
  'members.join': { owner: 'all', call: 'all' },
  'points.write': { owner: 'all', call: 'all' },
  'facts.write': { owner: 'all', developer: 'all' },
  'proof.read': { owner: 'all', accountant: 'all', developer: 'all' },
  // The developer sets them up; the owner may too.
  'connectors.read': { owner: 'all', developer: 'all' },
  'connectors.write': { owner: 'all', developer: 'all' },
  'followers.read': { owner: 'all', developer: 'all' },
  'followers.write': { owner: 'all', developer: 'all' },
  'events.read': { owner: 'all', developer: 'all' },
  'webhooks.read': { owner: 'all', developer: 'all' },
  'webhooks.write': { owner: 'all', developer: 'all' },
  // Who writes to buyers may read what was written; the developer sees that and how it went, not what it says.
  'mail.read': { owner: 'all', call: 'all', developer: 'masked' },
  'mail.open': { owner: 'all', call: 'all' },
  'mail.write': { owner: 'all', call: 'all' },
  'places.read': {
    owner: 'all',
    merchandiser: 'all',
    store: 'all',
    warehouse: 'all',
    call: 'all',
    marketer: 'all',
    accountant: 'all',
    developer: 'all',
  },
  'places.write': { owner: 'all' },
  // What buyers pay, and into which account. Whoever records payments sees it and does not change where they go.
  'settings.read': { owner: 'all', accountant: 'all' },
  'settings.write': { owner: 'all' },
  'users.read': { owner: 'all' },
  'users.write': { owner: 'all' },
  // The call centre sees what it did itself, the developer what is technical.
  'audit.read': { owner: 'all', accountant: 'all', call: 'own', developer: 'masked' },
  'self.read': {
    owner: 'all',
    merchandiser: 'all',
    store: 'all',
    warehouse: 'all',
    call: 'all',
    marketer: 'all',
    accountant: 'all',
    developer: 'all',
  },
} as const satisfies Record<string, Partial<Record<Role, Reach>>>
export type Permission = keyof typeof matrix
export const permissions = Object.keys(matrix) as Permission[]

export const allows = (role: Role, permission: Permission): Reach | undefined =>
  (matrix[permission] as Partial<Record<Role, Reach>> | undefined)?.[role]
export const permissionsOf = (role: Role): { permission: Permission; reach: Reach }[] =>
  permissions.flatMap((p) => {
    const reach = allows(role, p)
    return reach ? [{ permission: p, reach }] : []
  })

const width: Record<Reach, number> = { all: 2, own: 1, masked: 1 }
/** What a role may that another may not: nobody grants what they lack. */
export const lacks = (granter: Role, role: Role): Permission | undefined =>
  permissionsOf(role).find(({ permission, reach }) => {
    const mine = allows(granter, permission)
    return !mine || (mine !== reach && width[mine] <= width[reach])
  })?.permission

/** Who gives money back with their PIN only: in a store the console stands open beside the counter. */
export const needsPin = (role: string): boolean => role === 'store'
