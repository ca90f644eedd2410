/**
 * All that a connector is, and all that it may know. A connector is a value: what it needs to be set up, how fast it may
 * ask, how it shows who it is, and pure mappings both ways. It has no state, no clock and no way out but `ask`.
 */
import type { Ask, Call } from './call.ts'

export type Words = { readonly ja: string; readonly en: string }
export type Setting = {
  readonly label: Words
  readonly hint?: Words
  /** A secret is written and never read again. */
  readonly kind: 'text' | 'url' | 'choice' | 'secret' | 'moment'
  readonly choices?: readonly string[]
  readonly standard?: string
  readonly pattern?: string
}
export type Settings = Readonly<Record<string, string>>
/** So many calls a second, and so many at once after a rest: what the outside allows for one operation. */
export type Limit = { readonly rate: number; readonly burst: number }
export type Tokens = {
  /** One that is still good, or a new one. */
  get(name: string, make: () => Promise<{ token: string; seconds: number }>): Promise<string>
  forget(): void
}
/** How a connector reaches the outside: settings with their secrets, the moment, and `ask`. */
export type Out = { readonly ask: Ask; readonly settings: Settings; readonly now: Date }

/** What the outside has sold, in words of ours. Amounts are whole yen, tax included. */
export type Sale = {
  readonly external_id: string
  /** The outside's own time of this state: an older one is never taken for news. */
  readonly revision: string
  readonly state: 'pending' | 'placed' | 'shipped' | 'cancelled'
  readonly placed_at: string
  readonly lines: readonly {
    readonly item: string
    readonly sku: string
    readonly quantity: number
    readonly unit_price: number
  }[]
  readonly shipping: number
  readonly fee: number
  readonly discount: number
  readonly total: number
  readonly paid: boolean
  readonly destination: Readonly<
    Partial<
      Record<
        | 'family'
        | 'given'
        | 'email'
        | 'phone'
        | 'postal'
        | 'prefecture'
        | 'city'
        | 'line1'
        | 'line2'
        | 'organisation',
        string
      >
    >
  >
}
/** One message as it came. `id` and `revision` are read even where the rest cannot be. */
export type Row = { readonly id: string; readonly revision: string; readonly raw: unknown }
export type Page = { readonly rows: readonly Row[]; readonly position: Position; readonly more: boolean }
/** How far orders have been read. `since` never goes back; `page` is where the outside's own list goes on. */
export type Position = { readonly since: string; readonly until?: string; readonly page?: string }
export type Parcel = {
  readonly external_id: string
  /** Ours, and the same however often it is sent. */
  readonly parcel: string
  readonly shipped_at: string
  readonly carrier: string | null
  readonly tracking: string | null
  readonly items: readonly { readonly item: string; readonly quantity: number }[]
}
/** What is said of one thing that is offered there. What is null is not said, and stays as it is there. */
export type Offer = {
  readonly external_sku: string
  readonly product_type: string
  /** What may be promised. */
  readonly quantity: number
  /** Whole yen, tax included. */
  readonly price: number | null
  readonly words: { readonly name: string; readonly description: string } | null
  /** Where the offer is not there yet: the outside's own number of what it is an offer of. */
  readonly item: string | null
}
export type Told = { readonly external_sku: string; readonly failure: string | null }

export type Connector = {
  readonly name: string
  readonly label: Words
  /** What the vendor itself gave to check this against; without, the console says "unverified against the vendor". */
  readonly verified: string | null
  readonly settings: Readonly<Record<string, Setting>>
  readonly limits: Readonly<Record<string, Limit>>
  /** The names of fields whose values may be kept in the clear. Any other value is hidden, also one the vendor adds tomorrow. */
  readonly plain: readonly string[]
  /** Where calls go, and in which setting that stands. */
  base(call: Call, settings: Settings): string
  /** What shows who we are. It may ask for tokens by `bare`, which signs nothing. */
  sign(call: Call, at: { settings: Settings; tokens: Tokens; bare: Ask }): Promise<Record<string, string>>
  /** Whether an answer says that what showed who we are has expired. */
  expired(status: number, body: unknown): boolean
  /** Asks something harmless: what the "try it" button does. */
  greet(out: Out): Promise<Words>
  readonly orders?: {
    begin(settings: Settings, now: Date): Position
    pull(out: Out, position: Position): Promise<Page>
    look(out: Out, id: string): Promise<Row | undefined>
    /** Every sale of a span of time, to compare with what is here. */
    list(out: Out, span: { from: string; to: string }): Promise<readonly Row[]>
    /** Pure. Throws `BadRow`. */
    read(raw: unknown): Sale
  }
  readonly parcels?: {
    /** Pure: what is sent. */
    write(parcel: Parcel, settings: Settings): unknown
    confirm(out: Out, parcel: Parcel): Promise<void>
    /** Whether the outside knows this parcel already. Asked before anything of which nobody knows whether it got through is sent again. */
    known(out: Out, parcel: Parcel): Promise<boolean>
  }
  readonly offers?: {
    /** More than so many at once go as one list. */
    readonly atOnce: number
    /** Which facts of an offer are told besides its quantity. Pure. */
    tells(settings: Settings): { readonly price: boolean; readonly words: boolean }
    /** How the outside numbers what it sells already. Without, no offer can be made from here. */
    readonly item?: { readonly label: Words; readonly pattern: string }
    tell(out: Out, offer: Offer): Promise<Told>
    handOver(out: Out, offers: readonly Offer[]): Promise<string>
    /** What became of a list, by its codes in the order they were handed over; nothing while it is being worked on. */
    report(out: Out, list: string, codes: readonly string[]): Promise<readonly Told[] | undefined>
  }
  readonly notices?: {
    /** Pure. Which sale changed, or nothing of interest. Throws `BadRow`. */
    read(body: unknown): { id: string; sale: string } | undefined
  }
}
export const connector = <C extends Connector>(c: C): C => c

/** A message that cannot be read: set aside with the reason and the field, never with what stood in it. */
export class BadRow extends Error {
  readonly reason: string
  readonly place: string
  constructor(reason: string, place: string) {
    super(`${reason} at ${place}`)
    this.name = 'BadRow'
    this.reason = reason
    this.place = place
  }
}
