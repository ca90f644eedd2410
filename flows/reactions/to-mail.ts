import { write, type Kind, type Letter } from '#domains/mail'
import { OrderCancelled, OrderPartCancelled, OrderPlaced } from '#domains/orders'
import { PaymentCaptured, PaymentRefunded } from '#domains/payments'
import { StockShipped } from '#domains/stock'
import { ask, sql } from '#kernel/db'
import type { Follower, Happened } from '#kernel/journal'
import { checked } from '#kernel/trust'

const kindOf = new Map<string, Kind>([
  [OrderPlaced.kind, 'placed'],
  [StockShipped.kind, 'shipped'],
  [OrderCancelled.kind, 'cancelled'],
  [OrderPartCancelled.kind, 'cancelled'],
  [PaymentCaptured.kind, 'paid'],
  [PaymentRefunded.kind, 'refunded'],
])
type Body = { order: number; method?: string; reason?: string }
const bodyOf = (h: Happened) => checked<Body>(h.body)
/** Money that a cancellation gives back is told with it; what a carrier collects, the buyer has paid at their door. */
const isTold = (h: Happened): boolean =>
  h.kind === PaymentCaptured.kind
    ? bodyOf(h).method === 'bank_transfer'
    : h.kind !== PaymentRefunded.kind || bodyOf(h).reason !== 'cancelled'

/** Orders of our own web shop that are news: a mall writes to its buyers itself, a till's have their receipt, an import's are history. */
const ours = (orders: readonly number[]) => sql`
  select h.id as "order", h.shop, (select d.person from orders.destination d where d."order" = h.id and d.no = 1) as person from orders.header h
  where h.id = any(${orders}::bigint[]) and h.channel = 'web'`
/** News is what happened a short while ago, and was told us then: neither what is read again later nor a past that is entered today. */
const young = (at: readonly { happened_at: Date; recorded_at: Date }[]) => sql`
  select least(h, r) > now() - interval '1 day' as young
  from unnest(${at.map((x) => x.happened_at)}::timestamptz[], ${at.map((x) => x.recorded_at)}::timestamptz[]) with ordinality x(h, r, n) order by n`

/** Each event that a buyer is told of becomes one letter, in the commit that moves the cursor. */
export const toMail = (sends: boolean): Follower => ({
  name: 'mail',
  batch: 1000,
  kinds: [...kindOf.keys()],
  async project(client, happened) {
    const told = happened.filter(isTold)
    const isYoung = await ask<{ young: boolean }>(client, young(told))
    const news = told.filter((_, n) => isYoung[n]!.young)
    const rows = await ask<{ order: number; shop: number; person: number | null }>(
      client,
      ours([...new Set(news.map((h) => bodyOf(h).order))]),
    )
    const known = new Map(rows.map((r) => [r.order, r]))
    const letters = news.flatMap((h): Letter[] => {
      const { epoch, xid, seq } = h
      const order = known.get(bodyOf(h).order)
      return order ? [{ epoch, xid, seq, kind: kindOf.get(h.kind)!, ...order }] : []
    })
    if (letters.length) await ask(client, write(letters, sends ? 'waiting' : 'kept'))
  },
  // What has been written to somebody is no projection: it is not made anew.
  async discard() {},
})
