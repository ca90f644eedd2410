/**
 * A selling partner API to try things against, on a port of its own: paths, parameters and answers are those of Amazon's
 * models; orders, listings, feeds, tokens and rate limits have a state; faults can be planted over /_simulator.
 * It needs Node and this folder, nothing else:  node connectors/amazon/simulator.ts --port 9200
 * Under /sandbox it answers like Amazon's own static sandbox.
 */
import { randomUUID } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { faultsOf, models, requestFaults, sample, sandboxCases, type Case, type Operation } from './model.ts'

export const kinds = [
  '429',
  '500',
  '503',
  'slow',
  'hang',
  'hang_after',
  'cut_after',
  'garbage',
  'not_http',
  'endless',
  'expired_token',
  'duplicates',
  'disorder',
  'unknown_fields',
  'bad_rows',
  'hidden',
] as const
type Fault = {
  kind: (typeof kinds)[number]
  operation: string
  times: number
  ms: number
  every: number
  seen: number
}
type Item = {
  item: string
  asin: string
  sku: string
  title: string
  quantity: number
  shipped: number
  amount: number
  discount: number
}
export type SimulatedOrder = {
  id: string
  created: string
  updated: string
  status: 'PENDING' | 'UNSHIPPED' | 'PARTIALLY_SHIPPED' | 'SHIPPED' | 'CANCELLED'
  fulfilledBy: 'MERCHANT' | 'AMAZON'
  currency: string
  items: Item[]
  shipping: number
  cod: number
  buyer: { name: string; email: string }
  address: {
    name: string
    line1: string
    line2: string
    city: string
    state: string
    postal: string
    phone: string
  }
  packages: {
    ref: string
    carrier: string
    tracking: string
    at: string
    items: { orderItemId: string; quantity: number }[]
  }[]
  /** Told as it stands, instead of what is made from the fields above. */
  raw?: {
    v0?: Record<string, unknown>
    v0items?: unknown
    v0address?: unknown
    v0buyer?: unknown
    v2026?: Record<string, unknown>
  }
  hidden?: boolean
}
type Listing = {
  productType: string
  attributes: Record<string, unknown>
  quantity: number | null
  patches: number
}
type Priced = {
  marketplace_id?: string
  audience?: string
  our_price?: { schedule: { value_with_tax: number }[] }[]
}
/** What a put says, or one message of a feed. */
type Submitted = {
  productType: string
  requirements?: string
  attributes?: Record<string, unknown>
}
/** An ASIN that is nowhere in the catalogue; any other is. */
const nowhere = 'B000000000'
/** What buyers see. */
const priceOf = (l: Listing): number | null =>
  ((l.attributes.purchasable_offer ?? []) as Priced[]).find((o) => o.audience === 'ALL')?.our_price?.[0]
    ?.schedule[0]?.value_with_tax ?? null
type Answer = { status: number; body?: unknown; text?: string; headers?: Record<string, string> }
class No extends Error {
  readonly answer: Answer
  constructor(status: number, code: string, details = '') {
    super(code)
    this.answer = { status, body: { errors: [{ code, message: code, ...(details && { details }) }] } }
  }
}
type Asked = {
  path: Record<string, string>
  query: URLSearchParams
  body: unknown
  restricted: ReadonlySet<string>
}
const marketplace = 'A1VC38T7YXB528'
const minutes = (n: number) => n * 60_000

export type Simulator = { readonly url: string; readonly port: number; stop(): Promise<void> }

/** An order of which no time is told was made `age_minutes` ago: in tests long enough that it may be asked for at once. */
export async function startSimulator(
  o: { port?: number; host?: string; age_minutes?: number } = {},
): Promise<Simulator> {
  const world = new World()
  world.ageMinutes = o.age_minutes ?? 10
  const server = http.createServer((request, response) => void world.answer(request, response))
  server.keepAliveTimeout = 1000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(o.port ?? 0, o.host ?? '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  world.url = `http://${o.host ?? '127.0.0.1'}:${port}`
  return {
    url: world.url,
    port,
    async stop() {
      world.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Everything there is on the other side. */
class World {
  url = ''
  orders = new Map<string, SimulatedOrder>()
  listings = new Map<string, Listing>()
  documents = new Map<string, string>()
  feeds = new Map<
    string,
    {
      feedId: string
      feedType: string
      input: string
      createdTime: string
      status: string
      result?: string
      looks: number
    }
  >()
  tokens = new Map<string, { until: number; restricted: string[] }>()
  confirmations: { order: string; ref: string; at: string }[] = []
  faults: Fault[] = []
  buckets = new Map<string, { left: number; at: number }>()
  limited = true
  /** Requests that Amazon's models do not allow, answers of ours that they do not, and what was asked. */
  refused: { operation: string; faults: string[] }[] = []
  wrong: { operation: string; faults: string[] }[] = []
  asked = new Map<string, number>()
  planted = new Map<string, number>()
  /** How often somebody asked for more than the limits allow. */
  throttled = 0
  hanging = new Set<http.ServerResponse>()
  #made = 0
  readonly #cases: Case[] = sandboxCases()

  stop() {
    for (const r of this.hanging) r.destroy()
  }

  async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    try {
      const url = new URL(request.url ?? '/', 'http://simulator')
      const text = await bodyOf(request)
      if (url.pathname.startsWith('/_simulator/'))
        return send(response, this.admin(request.method ?? 'GET', url, text))
      if (url.pathname.startsWith('/_documents/'))
        return send(response, this.document(request.method ?? 'GET', url.pathname.slice(12), text))
      if (url.pathname === '/auth/o2/token')
        return await this.served('token', request, response, () => this.token(text))
      const sandbox = url.pathname.startsWith('/sandbox/')
      const path = sandbox ? url.pathname.slice(8) : url.pathname
      const found = find(request.method ?? 'GET', path)
      if (!found) return send(response, new No(404, 'NotFound', 'no such operation').answer)
      let body: unknown
      try {
        body = text === '' ? undefined : JSON.parse(text)
      } catch {
        return send(response, new No(400, 'InvalidInput', 'not JSON').answer)
      }
      const asked = { path: found.path, query: url.searchParams, body, restricted: new Set<string>() }
      if (sandbox) return send(response, this.sandbox(found.operation, asked))
      await this.served(found.operation.operation, request, response, () =>
        this.run(found.operation, request, asked, path),
      )
    } catch (e) {
      if (e instanceof No) return send(response, e.answer)
      send(response, { status: 500, body: { errors: [{ code: 'SimulatorFault', message: String(e) }] } })
    }
  }

  /** One operation, with whatever faults are planted on it. */
  async served(
    name: string,
    request: http.IncomingMessage,
    response: http.ServerResponse,
    run: () => Answer,
  ): Promise<void> {
    this.asked.set(name, (this.asked.get(name) ?? 0) + 1)
    const fault = this.fault(name, [
      '429',
      '500',
      '503',
      'slow',
      'hang',
      'hang_after',
      'cut_after',
      'garbage',
      'not_http',
      'endless',
      'expired_token',
    ])
    switch (fault?.kind) {
      case '429':
        return send(response, new No(429, 'QuotaExceeded').answer)
      case '500':
        return send(response, new No(500, 'InternalFailure').answer)
      case '503':
        return send(response, { status: 503, text: '<html>Service Unavailable</html>' })
      case 'garbage':
        return send(response, { status: 200, text: '{"payload": {"Orders": [ \u0000\u0001 <<<' })
      case 'not_http':
        return void request.socket.end('\u0007\u0008\u0000garbage\r\n\r\n')
      case 'endless': {
        response.writeHead(200, { 'content-type': 'application/json' })
        const more = () => {
          while (!response.destroyed && response.write('['.repeat(65_536)));
        }
        response.on('drain', more)
        return more()
      }
      case 'hang':
        this.hanging.add(response)
        return
      case 'slow':
        await new Promise((r) => setTimeout(r, fault.ms))
        break
      case 'expired_token':
        for (const t of this.tokens.values()) t.until = 0
        break
      default:
    }
    let answer: Answer
    try {
      answer = run()
    } catch (e) {
      if (!(e instanceof No)) throw e
      answer = e.answer
    }
    if (fault?.kind === 'hang_after') return void this.hanging.add(response)
    if (fault?.kind === 'cut_after') return void request.socket.destroy()
    if (this.fault(name, ['unknown_fields'])) answer = { ...answer, body: withUnknown(answer.body) }
    send(response, answer)
  }
  /** A planted fault whose turn it is. */
  fault(operation: string, of: readonly string[]): Fault | undefined {
    const found = this.faults.find(
      (f) => of.includes(f.kind) && (f.operation === '*' || f.operation === operation) && f.times > 0,
    )
    if (!found) return undefined
    if (found.seen++ % found.every !== 0) return undefined
    found.times--
    this.planted.set(found.kind, (this.planted.get(found.kind) ?? 0) + 1)
    return found
  }

  token(text: string): Answer {
    const form = new URLSearchParams(text)
    if (form.get('grant_type') !== 'refresh_token' || !form.get('client_id') || !form.get('client_secret'))
      return { status: 400, body: { error: 'invalid_request' } }
    if (
      form.get('client_secret') === 'wrong' ||
      form.get('refresh_token') === 'wrong' ||
      !form.get('refresh_token')
    )
      return { status: 401, body: { error: 'invalid_client' } }
    const token = `Atza|${randomUUID()}`
    this.tokens.set(token, { until: Date.now() + minutes(60), restricted: [] })
    return {
      status: 200,
      body: {
        access_token: token,
        token_type: 'bearer',
        expires_in: 3600,
        refresh_token: form.get('refresh_token'),
      },
    }
  }

  run(o: Operation, request: http.IncomingMessage, asked: Asked, path: string): Answer {
    const held = this.tokens.get(String(request.headers['x-amz-access-token'] ?? ''))
    if (!held || held.until < Date.now())
      throw new No(403, 'Unauthorized', 'The access token you provided has expired.')
    const headers = { 'x-amzn-ratelimit-limit': String(o.rate), 'x-amzn-requestid': randomUUID() }
    if (this.limited && !this.#take(o)) {
      this.throttled++
      throw new No(429, 'QuotaExceeded')
    }
    const faults = requestFaults(o, asked)
    if (faults.length > 0) {
      this.refused.push({ operation: o.operation, faults })
      throw new No(400, 'InvalidInput', faults.join('; '))
    }
    const own = held.restricted.some((r) => fits(r, path))
      ? held.restricted.flatMap((r) => (fits(r, path) ? r.split(' ').slice(1) : []))
      : []
    const act: unknown = Reflect.get(
      this,
      `${o.model === 'orders_2026-01-01' ? 'new_' : 'do_'}${o.operation}`,
    )
    const good = Object.keys(o.answers).find((s) => s.startsWith('2')) ?? '200'
    const answer =
      typeof act === 'function'
        ? (act.call(this, { ...asked, restricted: new Set(own) }, o) as Answer)
        : { status: Number(good), body: sample(o.model, o.answers[good]) }
    const wrong =
      answer.body === undefined ? [] : faultsOf(o.model, o.answers[String(answer.status)], answer.body)
    if (wrong.length > 0) this.wrong.push({ operation: o.operation, faults: wrong })
    return { ...answer, headers }
  }
  #take(o: Operation): boolean {
    const now = Date.now()
    const b = this.buckets.get(o.operation) ?? { left: o.burst, at: now }
    b.left = Math.min(o.burst, b.left + ((now - b.at) / 1000) * o.rate)
    b.at = now
    this.buckets.set(o.operation, b)
    if (b.left < 1) return false
    b.left--
    return true
  }

  // ------------------------------------------------------------------ tokens and the seller
  do_createRestrictedDataToken(asked: Asked): Answer {
    const { restrictedResources } = asked.body as {
      restrictedResources: { method: string; path: string; dataElements?: string[] }[]
    }
    for (const r of restrictedResources)
      if (!find(r.method, r.path)) throw new No(400, 'InvalidRequest', 'Resource not provided.')
    const token = `Atz.sprdt|${randomUUID()}`
    this.tokens.set(token, {
      until: Date.now() + minutes(60),
      restricted: restrictedResources.map((r) =>
        [r.path, ...(r.dataElements ?? ['buyerInfo', 'shippingAddress'])].join(' '),
      ),
    })
    return { status: 200, body: { restrictedDataToken: token, expiresIn: 3600 } }
  }
  do_getMarketplaceParticipations(): Answer {
    return {
      status: 200,
      body: {
        payload: [
          {
            marketplace: {
              id: marketplace,
              countryCode: 'JP',
              name: 'Amazon.co.jp',
              defaultCurrencyCode: 'JPY',
              defaultLanguageCode: 'ja_JP',
              domainName: 'www.amazon.co.jp',
            },
            storeName: 'Simulated store',
            participation: { isParticipating: true, hasSuspendedListings: false },
          },
        ],
      },
    }
  }

  // ------------------------------------------------------------------ orders
  /** A page of those that match, in the order of their last change; the token stands for the rest as it was then. */
  page(operation: string, match: (o: SimulatedOrder) => boolean, token: string | null, most: number) {
    let ids: string[]
    if (token) {
      try {
        ids = JSON.parse(Buffer.from(token, 'base64url').toString()) as string[]
      } catch {
        throw new No(400, 'InvalidInput', 'NextToken')
      }
    } else {
      const hidden = this.fault(operation, ['hidden'])
      ids = [...this.orders.values()]
        .filter((o) => match(o) && !o.hidden)
        .toSorted((a, b) => a.updated.localeCompare(b.updated) || a.id.localeCompare(b.id))
        .map((o) => o.id)
      if (hidden) ids = ids.filter((_, i) => i % 3 !== 1)
    }
    const now = ids.slice(0, most)
    const rest = ids.slice(most)
    let orders = now.map((id) => this.orders.get(id)).filter((o) => o !== undefined)
    if (this.fault(operation, ['duplicates'])) orders = [...orders, ...orders]
    if (this.fault(operation, ['disorder'])) orders = orders.toReversed()
    const bad = this.fault(operation, ['bad_rows']) !== undefined
    return {
      orders,
      bad,
      next: rest.length > 0 ? Buffer.from(JSON.stringify(rest)).toString('base64url') : undefined,
    }
  }
  #span(q: URLSearchParams, names: [string, string, string, string]): (o: SimulatedOrder) => boolean {
    const [createdAfter, createdBefore, updatedAfter, updatedBefore] = names.map((n) => {
      const told = q.get(n)
      if (told !== null && Number.isNaN(Date.parse(told))) throw new No(400, 'InvalidInput', n)
      return told === null ? undefined : new Date(told).toISOString()
    })
    if (createdAfter === undefined && updatedAfter === undefined)
      throw new No(400, 'InvalidInput', `${names[0]} or ${names[2]}`)
    return (o) =>
      (createdAfter === undefined || iso(o.created) >= createdAfter) &&
      (createdBefore === undefined || iso(o.created) <= createdBefore) &&
      (updatedAfter === undefined || iso(o.updated) >= updatedAfter) &&
      (updatedBefore === undefined || iso(o.updated) <= updatedBefore)
  }
  do_getOrders(asked: Asked): Answer {
    const q = asked.query
    const ids = q.get('AmazonOrderIds')?.split(',')
    const span =
      ids || q.get('NextToken')
        ? () => true
        : this.#span(q, ['CreatedAfter', 'CreatedBefore', 'LastUpdatedAfter', 'LastUpdatedBefore'])
    const statuses = q.get('OrderStatuses')?.split(',')
    const channels = q.get('FulfillmentChannels')?.split(',')
    const places = q.get('MarketplaceIds')?.split(',') ?? []
    const { orders, next, bad } = this.page(
      'getOrders',
      (o) =>
        (ids ? ids.includes(o.id) : span(o)) &&
        (!statuses || statuses.includes(status0[o.status])) &&
        (!channels || channels.includes(o.fulfilledBy === 'MERCHANT' ? 'MFN' : 'AFN')) &&
        (o.raw?.v0 ? places.includes(String(o.raw.v0.MarketplaceId)) : places.includes(marketplace)),
      q.get('NextToken'),
      Number(q.get('MaxResultsPerPage') ?? 100),
    )
    const list: unknown[] = orders.map((o) => this.old(o, asked.restricted))
    if (bad)
      list.push(
        ...badRows.map((make, i) =>
          make(
            this.old(newOrder(this.#id(), { created: `2026-02-0${i + 1}T00:00:00Z` }), asked.restricted),
            'v0',
          ),
        ),
      )
    return {
      status: 200,
      body: {
        payload: {
          Orders: list,
          ...(next && { NextToken: next }),
          [q.get('CreatedAfter') ? 'CreatedBefore' : 'LastUpdatedBefore']: new Date(
            Date.now() - minutes(2),
          ).toISOString(),
        },
      },
    }
  }
  /** As version 0 tells it. */
  old(o: SimulatedOrder, restricted: ReadonlySet<string>): Record<string, unknown> {
    if (o.raw?.v0) return o.raw.v0
    const units = (of: (i: Item) => number) => o.items.reduce((n, i) => n + of(i), 0)
    return {
      AmazonOrderId: o.id,
      PurchaseDate: o.created,
      LastUpdateDate: o.updated,
      OrderStatus: status0[o.status],
      FulfillmentChannel: o.fulfilledBy === 'MERCHANT' ? 'MFN' : 'AFN',
      SalesChannel: 'Amazon.co.jp',
      NumberOfItemsShipped: units((i) => i.shipped),
      NumberOfItemsUnshipped: units((i) => i.quantity - i.shipped),
      PaymentMethod: o.cod ? 'COD' : 'Other',
      MarketplaceId: marketplace,
      OrderType: 'StandardOrder',
      ...(o.status !== 'PENDING' && { OrderTotal: money0(total(o), o.currency) }),
      ...(o.status !== 'PENDING' &&
        restricted.has('buyerInfo') && { BuyerInfo: { BuyerEmail: o.buyer.email, BuyerName: o.buyer.name } }),
      ...(o.status !== 'PENDING' && restricted.has('shippingAddress') && { ShippingAddress: address0(o) }),
    }
  }
  #order(id: string): SimulatedOrder {
    const o = this.orders.get(id)
    if (!o) throw new No(404, 'ResourceNotFound')
    return o
  }
  do_getOrder(asked: Asked): Answer {
    return { status: 200, body: { payload: this.old(this.#order(asked.path.orderId!), asked.restricted) } }
  }
  do_getOrderItems(asked: Asked): Answer {
    const o = this.#order(asked.path.orderId!)
    if (o.raw?.v0items) return { status: 200, body: { payload: o.raw.v0items } }
    const shares = spread(o.shipping, o.items)
    const cods = spread(o.cod, o.items)
    return {
      status: 200,
      body: {
        payload: {
          AmazonOrderId: o.id,
          OrderItems: o.items.map((i, n) => ({
            ASIN: i.asin,
            OrderItemId: i.item,
            SellerSKU: i.sku,
            Title: i.title,
            QuantityOrdered: i.quantity,
            QuantityShipped: i.shipped,
            IsGift: 'false',
            ...(o.status !== 'PENDING' && {
              ItemPrice: money0(i.amount, o.currency),
              ShippingPrice: money0(shares[n]!, o.currency),
              PromotionDiscount: money0(i.discount, o.currency),
              ...(o.cod && { CODFee: money0(cods[n]!, o.currency) }),
            }),
          })),
        },
      },
    }
  }
  do_getOrderAddress(asked: Asked): Answer {
    const o = this.#order(asked.path.orderId!)
    if (o.raw?.v0address) return { status: 200, body: { payload: o.raw.v0address } }
    if (!asked.restricted.has('shippingAddress'))
      throw new No(403, 'Unauthorized', 'Access to requested resource is denied.')
    return { status: 200, body: { payload: { AmazonOrderId: o.id, ShippingAddress: address0(o) } } }
  }
  do_getOrderBuyerInfo(asked: Asked): Answer {
    const o = this.#order(asked.path.orderId!)
    if (o.raw?.v0buyer) return { status: 200, body: { payload: o.raw.v0buyer } }
    if (!asked.restricted.has('buyerInfo'))
      throw new No(403, 'Unauthorized', 'Access to requested resource is denied.')
    return {
      status: 200,
      body: { payload: { AmazonOrderId: o.id, BuyerEmail: o.buyer.email, BuyerName: o.buyer.name } },
    }
  }
  do_confirmShipment(asked: Asked): Answer {
    const o = this.#order(asked.path.orderId!)
    const { packageDetail: p } = asked.body as {
      packageDetail: {
        packageReferenceId: string
        carrierCode: string
        trackingNumber: string
        shipDate: string
        orderItems: { orderItemId: string; quantity: number }[]
      }
    }
    for (const i of p.orderItems)
      if (!o.items.some((x) => x.item === i.orderItemId)) throw new No(400, 'InvalidInput', 'orderItemId')
    // Each call counts, also the same one again: whoever sends twice is seen to have sent twice.
    this.confirmations.push({ order: o.id, ref: p.packageReferenceId, at: new Date().toISOString() })
    if (!o.packages.some((x) => x.ref === p.packageReferenceId)) {
      o.packages.push({
        ref: p.packageReferenceId,
        carrier: p.carrierCode,
        tracking: p.trackingNumber,
        at: p.shipDate,
        items: p.orderItems,
      })
      for (const i of p.orderItems) o.items.find((x) => x.item === i.orderItemId)!.shipped += i.quantity
      o.status = o.items.every((i) => i.shipped >= i.quantity) ? 'SHIPPED' : 'PARTIALLY_SHIPPED'
      o.updated = new Date().toISOString()
    }
    return { status: 204 }
  }
  new_searchOrders(asked: Asked): Answer {
    const q = asked.query
    const span = q.get('paginationToken')
      ? () => true
      : this.#span(q, ['createdAfter', 'createdBefore', 'lastUpdatedAfter', 'lastUpdatedBefore'])
    const statuses = q.get('fulfillmentStatuses')?.split(',')
    const by = q.get('fulfilledBy')?.split(',')
    const places = q.get('marketplaceIds')?.split(',')
    const { orders, next, bad } = this.page(
      'searchOrders',
      (o) =>
        span(o) &&
        (!statuses || statuses.includes(o.status)) &&
        (!by || by.includes(o.fulfilledBy)) &&
        (!places || places.includes(placeOf(o))),
      q.get('paginationToken'),
      Number(q.get('maxResultsPerPage') ?? 100),
    )
    const data = new Set(q.get('includedData')?.split(',') ?? [])
    const list: unknown[] = orders.map((o) => this.young(o, data))
    if (bad)
      list.push(
        ...badRows.map((make, i) =>
          make(this.young(newOrder(this.#id(), { created: `2026-02-0${i + 1}T00:00:00Z` }), data), 'v2026'),
        ),
      )
    return {
      status: 200,
      body: {
        orders: list,
        ...(next && { pagination: { nextToken: next } }),
        [q.get('createdAfter') ? 'createdBefore' : 'lastUpdatedBefore']: new Date(
          Date.now() - minutes(2),
        ).toISOString(),
      },
    }
  }
  new_getOrder(asked: Asked): Answer {
    const data = new Set(asked.query.get('includedData')?.split(',') ?? [])
    return { status: 200, body: { order: this.young(this.#order(asked.path.orderId!), data) } }
  }
  /** As the version of 2026-01-01 tells it. */
  young(o: SimulatedOrder, data: ReadonlySet<string>): Record<string, unknown> {
    if (o.raw?.v2026) return o.raw.v2026
    const money = (n: number) => ({ amount: String(n), currencyCode: o.currency })
    const part = (type: string, n: number) => (n === 0 ? [] : [{ type, subtotal: money(n) }])
    const discount = o.items.reduce((n, i) => n + i.discount, 0)
    const known = o.status !== 'PENDING'
    return {
      orderId: o.id,
      createdTime: o.created,
      lastUpdatedTime: o.updated,
      programs: [],
      salesChannel: { channelName: 'AMAZON', marketplaceId: marketplace, marketplaceName: 'Amazon.co.jp' },
      ...(known && data.has('BUYER') && { buyer: { buyerName: o.buyer.name, buyerEmail: o.buyer.email } }),
      ...(known &&
        data.has('RECIPIENT') && {
          recipient: {
            deliveryAddress: {
              name: o.address.name,
              addressLine1: o.address.line1,
              addressLine2: o.address.line2,
              city: o.address.city,
              stateOrRegion: o.address.state,
              postalCode: o.address.postal,
              countryCode: 'JP',
              phone: o.address.phone,
              addressType: 'RESIDENTIAL',
            },
          },
        }),
      ...(known &&
        data.has('PROCEEDS') && {
          proceeds: {
            grandTotal: money(total(o)),
            breakdowns: [
              ...part(
                'ITEM',
                o.items.reduce((n, i) => n + i.amount, 0),
              ),
              ...part('SHIPPING', o.shipping),
              ...part('COD_FEE', o.cod),
              ...part('DISCOUNT', -discount),
            ],
          },
        }),
      ...(data.has('FULFILLMENT') && {
        fulfillment: {
          fulfillmentStatus: o.status,
          fulfilledBy: o.fulfilledBy,
          fulfillmentServiceLevel: 'STANDARD',
        },
      }),
      ...(data.has('PAYMENT') && {
        payment: { paymentExecutions: [{ paymentMethod: o.cod ? 'COD' : 'STANDARD' }] },
      }),
      orderItems: o.items.map((i) => ({
        orderItemId: i.item,
        quantityOrdered: i.quantity,
        product: { asin: i.asin, title: i.title, sellerSku: i.sku },
        ...(known &&
          data.has('PROCEEDS') && {
            proceeds: {
              proceedsTotal: money(i.amount - i.discount),
              breakdowns: [{ type: 'ITEM', subtotal: money(i.amount) }, ...part('DISCOUNT', -i.discount)],
            },
          }),
        ...(data.has('FULFILLMENT') && {
          fulfillment: { quantityFulfilled: i.shipped, quantityUnfulfilled: i.quantity - i.shipped },
        }),
      })),
      ...(data.has('PACKAGES') && {
        packages: o.packages.map((p) => ({
          packageReferenceId: p.ref,
          carrier: p.carrier,
          trackingNumber: p.tracking,
          shipTime: p.at,
          packageStatus: { status: 'SHIPPED' },
          packageItems: p.items,
        })),
      }),
    }
  }

  // ------------------------------------------------------------------ listings and feeds
  do_patchListingsItem(asked: Asked): Answer {
    const { productType, patches } = asked.body as {
      productType: string
      patches: { op: string; path: string; value?: unknown[] }[]
    }
    const sku = asked.path.sku!
    const listing = this.listings.get(sku)
    if (!listing)
      return {
        status: 200,
        body: {
          sku,
          status: 'INVALID',
          submissionId: randomUUID(),
          issues: [
            {
              code: '13013',
              message: 'This SKU is not in the catalogue.',
              severity: 'ERROR',
              categories: ['INVALID_ATTRIBUTE'],
            },
          ],
        },
      }
    listing.productType = productType
    for (const p of patches)
      this.#attribute(listing, p.path.replace('/attributes/', ''), p.op === 'delete' ? undefined : p.value)
    listing.patches++
    return { status: 200, body: { sku, status: 'ACCEPTED', submissionId: randomUUID(), issues: [] } }
  }
  /** What is said of an offer replaces the one of the same marketplace and audience; other attributes are replaced whole. */
  #attribute(listing: Listing, name: string, value: unknown): void {
    if (name === 'purchasable_offer' && Array.isArray(value)) {
      const said = value as Priced[]
      const kept = ((listing.attributes[name] ?? []) as Priced[]).filter(
        (k) => !said.some((v) => v.marketplace_id === k.marketplace_id && v.audience === k.audience),
      )
      listing.attributes[name] = [...kept, ...said]
    } else listing.attributes[name] = value
    if (name === 'fulfillment_availability')
      listing.quantity = (value as { quantity?: number }[] | undefined)?.[0]?.quantity ?? null
  }
  /** Makes a listing, or makes it anew. An offer without its condition, price and item is none. */
  #put(sku: string, m: Submitted): unknown[] {
    const said = m.attributes ?? {}
    const wants = [
      'condition_type',
      'purchasable_offer',
      'merchant_suggested_asin',
      'fulfillment_availability',
    ]
    const missing = m.requirements === 'LISTING_OFFER_ONLY' ? wants.filter((name) => !(name in said)) : []
    const [suggested] = (said.merchant_suggested_asin ?? []) as { value?: string }[]
    const issue = (code: string, message: string, attribute: string) => ({
      code,
      message,
      severity: 'ERROR',
      attributeNames: [attribute],
      categories: ['INVALID_ATTRIBUTE'],
    })
    const issues = missing.map((name) => issue('90220', `'${name}' is required but missing.`, name))
    if (suggested?.value === nowhere)
      issues.push(issue('8541', 'This ASIN is not in the catalogue.', 'merchant_suggested_asin'))
    if (issues.length > 0) return issues
    const listing: Listing = { productType: m.productType, attributes: {}, quantity: null, patches: 0 }
    for (const [name, value] of Object.entries(said)) this.#attribute(listing, name, value)
    this.listings.set(sku, listing)
    return []
  }
  do_putListingsItem(asked: Asked): Answer {
    const sku = asked.path.sku!
    const issues = this.#put(sku, asked.body as Submitted)
    const status = issues.length > 0 ? 'INVALID' : 'ACCEPTED'
    return { status: 200, body: { sku, status, submissionId: randomUUID(), issues } }
  }
  do_getListingsItem(asked: Asked): Answer {
    const l = this.listings.get(asked.path.sku!)
    if (!l) throw new No(404, 'NOT_FOUND')
    return {
      status: 200,
      body: {
        sku: asked.path.sku,
        attributes: l.attributes,
        fulfillmentAvailability: [{ fulfillmentChannelCode: 'DEFAULT', quantity: l.quantity ?? 0 }],
      },
    }
  }
  do_deleteListingsItem(asked: Asked): Answer {
    this.listings.delete(asked.path.sku!)
    return {
      status: 200,
      body: { sku: asked.path.sku, status: 'ACCEPTED', submissionId: randomUUID(), issues: [] },
    }
  }
  do_createFeedDocument(): Answer {
    const id = randomUUID()
    this.documents.set(id, '')
    return { status: 201, body: { feedDocumentId: id, url: `${this.url}/_documents/${id}` } }
  }
  do_getFeedDocument(asked: Asked): Answer {
    const id = asked.path.feedDocumentId!
    if (!this.documents.has(id)) throw new No(404, 'NotFound')
    return { status: 200, body: { feedDocumentId: id, url: `${this.url}/_documents/${id}` } }
  }
  do_createFeed(asked: Asked): Answer {
    const b = asked.body as { feedType: string; inputFeedDocumentId: string }
    if (!this.documents.has(b.inputFeedDocumentId)) throw new No(400, 'InvalidInput', 'inputFeedDocumentId')
    const feedId = String(50_000 + this.feeds.size)
    this.feeds.set(feedId, {
      feedId,
      feedType: b.feedType,
      input: b.inputFeedDocumentId,
      createdTime: new Date().toISOString(),
      status: 'IN_QUEUE',
      looks: 0,
    })
    return { status: 202, body: { feedId } }
  }
  #feed(id: string) {
    const f = this.feeds.get(id)
    if (!f) throw new No(404, 'NotFound')
    return f
  }
  do_getFeed(asked: Asked): Answer {
    const f = this.#feed(asked.path.feedId!)
    if (f.status === 'IN_QUEUE' || f.status === 'IN_PROGRESS') {
      f.looks++
      f.status = f.looks < 2 ? 'IN_PROGRESS' : 'DONE'
      if (f.status === 'DONE') f.result = this.#work(f)
    }
    return {
      status: 200,
      body: {
        feedId: f.feedId,
        feedType: f.feedType,
        createdTime: f.createdTime,
        processingStatus: f.status,
        ...(f.result && { resultFeedDocumentId: f.result }),
      },
    }
  }
  do_getFeeds(): Answer {
    return {
      status: 200,
      body: {
        feeds: [...this.feeds.values()].map((f) => ({
          feedId: f.feedId,
          feedType: f.feedType,
          createdTime: f.createdTime,
          processingStatus: f.status,
        })),
      },
    }
  }
  do_cancelFeed(asked: Asked): Answer {
    this.#feed(asked.path.feedId!).status = 'CANCELLED'
    return { status: 200 }
  }
  #work(f: { feedId: string; input: string }): string {
    const id = randomUUID()
    const issues: unknown[] = []
    let accepted = 0
    let header = { sellerId: 'SELLER' }
    const messages: (Submitted & {
      messageId: number
      sku: string
      operationType: string
      patches?: { op: string; path: string; value?: unknown[] }[]
    })[] = []
    try {
      const feed = JSON.parse(this.documents.get(f.input) ?? '') as {
        header: { sellerId: string }
        messages: typeof messages
      }
      header = feed.header
      messages.push(...feed.messages)
    } catch {
      issues.push({ code: '4000001', severity: 'ERROR', message: 'The document is no JSON_LISTINGS_FEED.' })
    }
    for (const m of messages) {
      if (m.operationType === 'UPDATE') {
        const wrong = this.#put(m.sku, m) as { code: string; message: string }[]
        for (const w of wrong)
          issues.push({
            messageId: m.messageId,
            code: w.code,
            severity: 'ERROR',
            message: w.message,
            sku: m.sku,
          })
        if (wrong.length === 0) accepted++
        continue
      }
      const listing = this.listings.get(m.sku)
      if (!listing) {
        issues.push({
          messageId: m.messageId,
          code: '13013',
          severity: 'ERROR',
          message: 'This SKU is not in the catalogue.',
          sku: m.sku,
        })
        continue
      }
      for (const [name, value] of Object.entries(m.attributes ?? {})) this.#attribute(listing, name, value)
      for (const p of m.patches ?? []) this.#attribute(listing, p.path.replace('/attributes/', ''), p.value)
      accepted++
    }
    this.documents.set(
      id,
      JSON.stringify({
        header: { sellerId: header.sellerId, version: '2.0', feedId: f.feedId },
        issues,
        summary: {
          errors: issues.length,
          warnings: 0,
          messagesProcessed: messages.length,
          messagesAccepted: accepted,
          messagesInvalid: messages.length - accepted,
        },
      }),
    )
    return id
  }
  document(method: string, id: string, text: string): Answer {
    if (!this.documents.has(id)) return { status: 403, text: 'expired' }
    if (method === 'PUT') {
      this.documents.set(id, text)
      return { status: 200 }
    }
    return { status: 200, text: this.documents.get(id)! }
  }

  // ------------------------------------------------------------------ Amazon's static sandbox
  sandbox(o: Operation, asked: Asked): Answer {
    const fit = this.#cases
      .filter((c) => c.model === `${o.model}.json` && c.operationId === o.operation && matches(c, asked))
      .toSorted((a, b) => size(b) - size(a) || a.status.localeCompare(b.status))[0]
    if (fit)
      return { status: Number(fit.status), body: Number(fit.status) === 204 ? undefined : fit.response }
    const faults = requestFaults(o, asked)
    throw new No(400, 'InvalidInput', faults.join('; ') || 'no case of the sandbox')
  }

  // ------------------------------------------------------------------ for whoever tests against it
  ageMinutes = 10
  #id(): string {
    this.#made++
    return `250-${String(1_000_000 + this.#made)}-${String(7_000_000 + ((this.#made * 7919) % 999_983)).slice(0, 7)}`
  }
  admin(method: string, url: URL, text: string): Answer {
    const what = url.pathname.slice('/_simulator/'.length)
    const told = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
    if (what === 'orders' && method === 'POST') {
      const many: Partial<SimulatedOrder>[] =
        (told.orders as Partial<SimulatedOrder>[] | undefined) ??
        Array.from({ length: Number(told.count ?? 1) }, () => ({ ...told }))
      const ids = many.map((m) => {
        const at = new Date(Date.now() - minutes(this.ageMinutes)).toISOString()
        const made = newOrder(m.id ?? this.#id(), { created: at, ...m })
        this.orders.set(made.id, made)
        return made.id
      })
      return { status: 200, body: { ids } }
    }
    if (what.startsWith('orders/') && method === 'POST') {
      const o = this.#order(what.slice(7))
      Object.assign(o, { updated: new Date().toISOString() }, told)
      return { status: 200, body: o }
    }
    if (what.startsWith('notifications/') && method === 'GET')
      return { status: 200, body: notification(this.#order(what.slice(14))) }
    if (what === 'listings' && method === 'POST') {
      for (const sku of told.skus as string[])
        this.listings.set(sku, {
          productType: 'PRODUCT',
          attributes: (told.attributes as Record<string, unknown> | undefined) ?? {},
          quantity: null,
          patches: 0,
        })
      return { status: 200, body: { listings: this.listings.size } }
    }
    if (what === 'faults' && method === 'POST') {
      const f = {
        kind: told.kind,
        operation: told.operation ?? '*',
        times: told.times ?? 1,
        ms: told.ms ?? 30_000,
        every: told.every ?? 1,
        seen: 0,
      } as Fault
      if (!kinds.includes(f.kind)) throw new No(400, 'InvalidInput', `kind: one of ${kinds.join(', ')}`)
      this.faults.push(f)
      return { status: 200, body: { faults: this.faults.length } }
    }
    if (what === 'faults' && method === 'DELETE') {
      this.faults = []
      this.stop()
      this.hanging.clear()
      return { status: 200, body: { faults: 0 } }
    }
    if (what === 'limits' && method === 'POST') {
      this.limited = told.on !== false
      this.buckets.clear()
      return { status: 200, body: { on: this.limited } }
    }
    if (what === 'reset' && method === 'POST') {
      this.orders.clear()
      this.listings.clear()
      this.feeds.clear()
      this.confirmations = []
      this.faults = []
      this.refused = []
      this.wrong = []
      this.asked.clear()
      this.planted.clear()
      this.throttled = 0
      this.buckets.clear()
      return { status: 200, body: {} }
    }
    if (what === 'state' && method === 'GET')
      return {
        status: 200,
        body: {
          orders: [...this.orders.values()],
          listings: Object.fromEntries(
            [...this.listings].map(([sku, l]) => [
              sku,
              { quantity: l.quantity, patches: l.patches, price: priceOf(l), attributes: l.attributes },
            ]),
          ),
          feeds: [...this.feeds.values()],
          confirmations: this.confirmations,
          refused: this.refused,
          wrong: this.wrong,
          asked: Object.fromEntries(this.asked),
          planted: Object.fromEntries(this.planted),
          throttled: this.throttled,
        },
      }
    if (what === 'documents' && method === 'GET')
      return { status: 200, body: Object.fromEntries(this.documents) }
    throw new No(404, 'NotFound')
  }
}

const status0 = {
  PENDING: 'Pending',
  UNSHIPPED: 'Unshipped',
  PARTIALLY_SHIPPED: 'PartiallyShipped',
  SHIPPED: 'Shipped',
  CANCELLED: 'Canceled',
} as const
const iso = (told: string) => new Date(told).toISOString()
const total = (o: SimulatedOrder) =>
  o.items.reduce((n, i) => n + i.amount - i.discount, 0) + o.shipping + o.cod
const money0 = (n: number, currency: string) => ({ CurrencyCode: currency, Amount: String(n) })
const address0 = (o: SimulatedOrder) => ({
  Name: o.address.name,
  AddressLine1: o.address.line1,
  AddressLine2: o.address.line2,
  City: o.address.city,
  StateOrRegion: o.address.state,
  PostalCode: o.address.postal,
  CountryCode: 'JP',
  Phone: o.address.phone,
})
const placeOf = (o: SimulatedOrder): string =>
  String((o.raw?.v2026?.salesChannel as { marketplaceId?: string } | undefined)?.marketplaceId ?? marketplace)
/** A sum over items, so that the parts sum to it. */
function spread(sum: number, items: readonly Item[]): number[] {
  const each = Math.floor(sum / items.length)
  return items.map((_, i) => (i === 0 ? sum - each * (items.length - 1) : each))
}
function newOrder(id: string, o: Partial<SimulatedOrder>): SimulatedOrder {
  const created = o.created ?? new Date(Date.now() - minutes(10)).toISOString()
  return {
    id,
    created,
    updated: o.updated ?? created,
    status: o.status ?? 'UNSHIPPED',
    fulfilledBy: o.fulfilledBy ?? 'MERCHANT',
    currency: o.currency ?? 'JPY',
    items: (o.items ?? [{}]).map((i: Partial<Item>, n) => ({
      item: i.item ?? `${id.replaceAll('-', '').slice(3, 13)}${n + 1}`,
      asin: i.asin ?? 'B0SIMULATE',
      sku: i.sku ?? 'SIM-SKU',
      title: i.title ?? 'Simulated item',
      quantity: i.quantity ?? 1,
      shipped: i.shipped ?? 0,
      amount: i.amount ?? 1980,
      discount: i.discount ?? 0,
    })),
    shipping: o.shipping ?? 0,
    cod: o.cod ?? 0,
    buyer: o.buyer ?? { name: '購入 花子', email: `buyer${id.slice(-7)}@marketplace.amazon.co.jp` },
    address: o.address ?? {
      name: '届先 太郎',
      line1: '神宮前1-1-1',
      line2: '',
      city: '渋谷区',
      state: '東京都',
      postal: '150-0001',
      phone: '0300000000',
    },
    packages: o.packages ?? [],
    ...(o.raw && { raw: o.raw }),
    ...(o.hidden && { hidden: true }),
  }
}
/** Rows as no model allows them: each must be set aside, and keep nobody else from coming in. */
type Spoil = (order: Record<string, unknown>, version: 'v0' | 'v2026') => unknown
const badRows: Spoil[] = [
  (o, v) =>
    v === 'v0'
      ? { ...o, OrderTotal: { CurrencyCode: 'USD', Amount: '11.01' } }
      : { ...o, proceeds: { grandTotal: { amount: '11.01', currencyCode: 'USD' } } },
  (o, v) =>
    v === 'v0' ? { ...o, OrderTotal: { CurrencyCode: 'JPY', Amount: '12,3' } } : { ...o, orderItems: 'none' },
  (o, v) => (v === 'v0' ? { ...o, PurchaseDate: 'yesterday' } : { ...o, createdTime: 'yesterday' }),
  () => ({ nonsense: true }),
]
const withUnknown = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(withUnknown)
    : typeof value === 'object' && value !== null
      ? {
          ...Object.fromEntries(Object.entries(value).map(([k, v]) => [k, withUnknown(v)])),
          zzNewField: { nested: [1, 'new', null] },
        }
      : value
function notification(o: SimulatedOrder) {
  return {
    NotificationVersion: '1.0',
    NotificationType: 'ORDER_CHANGE',
    PayloadVersion: '1.0',
    EventTime: o.updated,
    Payload: {
      OrderChangeNotification: {
        NotificationLevel: 'OrderLevel',
        SellerId: 'SELLER',
        AmazonOrderId: o.id,
        OrderChangeType: 'OrderStatusChange',
        OrderChangeTrigger: { TimeOfOrderChange: o.updated, ChangeReason: 'OrderStatusChange' },
        Summary: {
          MarketplaceId: marketplace,
          OrderStatus: status0[o.status],
          PurchaseDate: o.created,
          DestinationPostalCode: o.address.postal,
          FulfillmentType: 'MFN',
          OrderType: 'StandardOrder',
          NumberOfItemsShipped: 0,
          NumberOfItemsUnshipped: o.items.length,
          OrderItems: o.items.map((i) => ({
            OrderItemId: i.item,
            SellerSKU: i.sku,
            Quantity: i.quantity,
            QuantityShipped: i.shipped,
            SupplySourceId: 'SOURCE',
          })),
        },
      },
    },
    NotificationMetadata: {
      ApplicationId: 'simulator',
      SubscriptionId: 'simulator',
      PublishTime: o.updated,
      NotificationId: randomUUID(),
    },
  }
}

/** The operation of an address, and what stands in its place-holders. */
function find(
  method: string,
  path: string,
): { operation: Operation; path: Record<string, string> } | undefined {
  for (const operation of models().operations) {
    if (operation.method !== method) continue
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!)
    const match = new RegExp(`^${operation.path.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(path)
    if (match)
      return {
        operation,
        path: Object.fromEntries(names.map((n, i) => [n, decodeURIComponent(match[i + 1]!)])),
      }
  }
  return undefined
}
/** A restricted token's path, where a place-holder stands for any. */
const fits = (restricted: string, path: string) =>
  new RegExp(`^${restricted.split(' ')[0]!.replace(/\{\w+\}/g, '[^/]+')}$`).test(path)
const size = (c: Case) => Object.values(c.request.parameters).filter((p) => p.value !== undefined).length
function matches(c: Case, asked: Asked): boolean {
  return Object.entries(c.request.parameters).every(([name, { value }]) => {
    if (value === undefined) return true
    if (name === 'body') return JSON.stringify(asked.body) === JSON.stringify(value)
    const told = asked.path[name] ?? asked.query.get(name)
    return told === (Array.isArray(value) ? value.join(',') : String(value))
  })
}
async function bodyOf(request: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}
function send(response: http.ServerResponse, a: Answer): void {
  if (response.destroyed) return
  const text = a.text ?? (a.body === undefined ? '' : JSON.stringify(a.body))
  response.writeHead(a.status, {
    ...(a.status !== 204 && { 'content-type': a.text === undefined ? 'application/json' : 'text/plain' }),
    ...a.headers,
  })
  response.end(a.status === 204 ? undefined : text)
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string' }, host: { type: 'string' } } })
  const simulator = await startSimulator({
    port: Number(values.port ?? 9200),
    age_minutes: 0,
    ...(values.host && { host: values.host }),
  })
  process.stdout.write(
    `${simulator.url}  (sandbox: ${simulator.url}/sandbox, faults: POST ${simulator.url}/_simulator/faults)\n`,
  )
}
