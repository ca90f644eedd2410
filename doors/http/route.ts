/**
 * A route is one value: method, path, who may, what comes in and goes out, and what it does. Five readers use it:
 * mounting, validation, the API description, the typed client, and the permission table.
 */
import { checked } from '#kernel/trust'
import type { Static, TObject, TSchema } from 'typebox'
import type { Permission, Reach, Session } from '#domains/access'
import type { Vault } from '#domains/persons'
import type { Shopfront } from '#flows/shopfront'
import type { Connect } from '#doors/connect'
import type { Config } from '#kernel/config'
import type { ClientConfig } from '#kernel/db'
import type { Actor, Flow, Gate } from '#kernel/gate'
import type { Followers } from '#kernel/journal'
import type { Lang } from '#kernel/refusal'
import type pg from 'pg'
import type { Mailer } from '#doors/mail'
import type { Deliveries } from '#doors/webhooks'
import type { Walker } from '#doors/bulk'
import type { Jobs } from '#doors/products'
import type { Limits } from './limits.ts'
import type { Streams } from './streams.ts'
import type { Sessions } from './sessions.ts'

/** Sees every good answer as it is sent, beside the route that gave it. Tests hold it against the shape that the route declares. */
export type Witness = (route: Pick<Route, 'name' | 'output'>, answer: string) => void
export type Services = {
  readonly config: Config
  readonly gate: Gate
  readonly pool: pg.Pool
  readonly shopfront: Shopfront
  readonly followers: Followers
  readonly connect: Connect
  readonly vault: Vault
  readonly baseUrl: string
  readonly version: string
  readonly appConfig: ClientConfig
  readonly limits: Limits
  readonly streams: Streams
  readonly imports: Jobs
  readonly sessions: Sessions
  readonly witness: Witness | undefined
  readonly deliveries: Deliveries | undefined
  readonly mailer: Mailer | undefined
  /** Walks bulk runs, where the work is done in this process. */
  readonly walker: Walker | undefined
  /** Set off when the server stops: whatever goes on ends with it. */
  readonly ending: AbortSignal
  /** Until a command of this process has committed, or so long. */
  happened(ms: number): Promise<void>
}
/** `public`: anybody. `till`: a signed-in till. Else a permission of the matrix, for signed-in staff. */
type Who = 'public' | 'till' | Permission
export type Context<I> = {
  readonly services: Services
  readonly input: I
  readonly lang: Lang
  readonly actor: Actor
  readonly shop: number
  readonly session: Session | undefined
  readonly reach: Reach
  /** Somebody of one place, who may act at that place only. */
  readonly within: number | undefined
  /** Somebody of some shops: what is another's is not there for them. */
  readonly shops: readonly number[] | undefined
  readonly address: string
  readonly key: string | undefined
  /** What the request presents as its session, also at a sign-in, where nobody has looked whether it is one. */
  readonly sessionHash: string | undefined
  readonly cartToken: string | undefined
  /** The kind of browser, in two words. */
  readonly agent: string | null
  /** Where a reader of server-sent events was when its line broke. */
  readonly lastEventId: string | undefined
  /** What a program shows that is no session of ours: the key of a connection. */
  readonly bearer: string | undefined
  /** Runs a command under the request's key; one of several under a key of its own that follows from it. */
  command<A, T>(flow: Flow<A, T>, ask: A, part?: string): Promise<T>
  /** Waits until a projection has seen what this person did last. */
  caughtUp(follower: string): Promise<void>
  /** Who it was and what it was about, where the request does not say so by itself: for the audit log. */
  tell(more: { actor?: number; session?: string; subject?: string; outcome?: string; unseen?: true }): void
  readonly reply: {
    header(name: string, value: string): void
    status(code: number): void
    cookie(name: string, value: string | null, hours?: number): void
  }
}
type Part = TObject
export type Input = { params?: Part; query?: Part; body?: TSchema }
type InputOf<I extends Input> = (I['params'] extends TSchema ? Static<I['params']> : unknown) &
  (I['query'] extends TSchema ? Static<I['query']> : unknown) &
  (I['body'] extends TSchema ? { body: Static<I['body']> } : unknown)
export type Route = {
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly who: Who
  readonly summary: string
  readonly input: Input
  readonly output: TSchema
  /** A body of its own size, in bytes; 1 MiB otherwise. */
  readonly limit?: number
  /** A sign-in mints its own answer and cannot be answered from memory. */
  readonly keyless?: true
  /**
   * Dangerous: whoever asks has proved within ten minutes, in this session, who they are (`access.step_up` otherwise). A sign-in is
   * such a proof. A program that holds a session of staff is asked like anybody and proves itself by `staff.prove`; no till session
   * reaches such a route, for none of them is a till's. Where it hangs on what is asked, a function of that.
   */
  readonly fresh?: true | ((c: Context<never>) => boolean | Promise<boolean>)
  /**
   * What staff asks to be done is in the audit log, done or refused. `always`: also this reading, which takes data away; `once`: this reading of a person, once in ten minutes
   * for a session and a thing, unless nobody was seen (`tell`); `never`: a step that does nothing by itself.
   */
  readonly audit?: 'always' | 'once' | 'never'
  readonly run: (c: Context<never>) => Promise<unknown>
}

export function route<const I extends Input, O extends TSchema>(
  r: Omit<Route, 'input' | 'output' | 'fresh' | 'run'> & {
    input: I
    output: O
    fresh?: true | ((c: Context<InputOf<I>>) => boolean | Promise<boolean>)
    run: (c: Context<InputOf<I>>) => Promise<Static<O>> | Static<O>
  },
): Route {
  const { fresh } = r
  return {
    ...r,
    ...(fresh && {
      fresh: fresh === true || ((c: Context<never>) => fresh(checked<Context<InputOf<I>>>(c))),
    }),
    run: async (c) => r.run(checked<Context<InputOf<I>>>(c)),
  }
}
/** An answer that is JSON already. Whoever asks makes the one of the two they want. */
export class Ready {
  readonly text: () => string | Buffer
  /** The same as a value, for callers in this process. */
  readonly value: () => unknown
  constructor(text: () => string | Buffer, value: () => unknown) {
    this.text = text
    this.value = value
  }
}
/** An answer that is a file. */
export class Sheet {
  readonly name: string
  readonly chunks: AsyncIterable<string | Buffer>
  /** Called when nobody reads any more, also before anybody did. */
  readonly left: (() => void) | undefined
  constructor(name: string, chunks: AsyncIterable<string | Buffer>, left?: () => void) {
    this.name = name
    this.chunks = chunks
    this.left = left
  }
}
/** An answer that goes on: server-sent events. */
export class Live {
  readonly chunks: AsyncIterable<string>
  /** Called when nobody reads any more, also before anybody did. */
  readonly left: () => void
  constructor(chunks: AsyncIterable<string>, left: () => void) {
    this.chunks = chunks
    this.left = left
  }
}
