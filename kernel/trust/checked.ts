/** A value whose shape a schema has checked, or that a table's own columns guarantee, given the type that goes with it. The only place where a door may say so. */
export const checked = <T>(value: unknown): T => value as T
