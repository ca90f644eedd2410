import type { Static, TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'

/** What the gate gives a flow. */
export type Journal = {
  append(e: {
    kind: string
    version: number
    subject: string
    shop: number | undefined
    body: object
    happenedAt: Date | undefined
  }): void
}
/** One kind of event: its shape now, and how older versions become it. Bodies carry ids and amounts only. */
export type EventKind<B extends object = object> = {
  readonly kind: string
  readonly version: number
  /** Reads a stored body of any version. */
  readonly read: (version: number, body: unknown) => B
  readonly shape: TSchema
}
const declared = new Map<string, EventKind<never>>()
export const events: ReadonlyMap<string, EventKind<never>> = declared

/**
 * Declares an event in the past tense. `upcast[0]` turns version 1 into 2, and so on; the version is one more than there are upcasts.
 * Every version that was ever written stays readable: its golden file stays in the tests.
 */
export function event<S extends TSchema>(
  kind: string,
  shape: S,
  upcast: readonly ((body: never) => unknown)[] = [],
): EventKind<Static<S> & object> {
  if (declared.has(kind)) throw new Error(`event ${kind} is declared twice`)
  const version = upcast.length + 1
  let check: Validator | undefined // compiled when first read: a process reads few of the kinds it knows
  const made: EventKind<Static<S> & object> = {
    kind,
    version,
    shape,
    read(stored, body) {
      if (stored > version) throw new Error(`${kind} was written by a newer version (${stored})`)
      const now = upcast.slice(stored - 1).reduce((b, up) => up(b as never), body)
      if (!(check ??= Compile(shape)).Check(now))
        throw new Error(`${kind} version ${stored} does not read as version ${version}`)
      return now as Static<S> & object
    },
  }
  declared.set(kind, made as EventKind<never>)
  return made
}

/** Says that something happened, in the same commit as the thing itself. `subject` is what it happened to: `order:1042`. */
export function append<B extends object>(
  tx: Journal,
  kind: EventKind<B>,
  e: { subject: string; shop?: number; body: B; happenedAt?: Date },
): void {
  tx.append({
    kind: kind.kind,
    version: kind.version,
    subject: e.subject,
    shop: e.shop,
    body: e.body,
    happenedAt: e.happenedAt,
  })
}
