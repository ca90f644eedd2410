/** Amazon (Selling Partner API): orders in, stock and shipments out. See README.md. */
import {
  connector,
  maybeList,
  maybePart,
  maybeText,
  Outage,
  part,
  type Answer,
  type Call,
  type Out,
  type Position,
  type Row,
  type Told,
} from '#doors/kit'
import { headOf, readNotice, readOrder, writeFeed, writeParcel, writePatch, writePut } from './map.ts'

/** The simulator, for whoever wants one: it is loaded only when asked for. */
export const simulate = async (o: { port?: number; host?: string; age_minutes?: number } = {}) =>
  (await import('./simulator.ts')).startSimulator(o)

const good = (call: string, answer: Answer): Answer => {
  if (answer.status >= 200 && answer.status < 300) return answer
  throw new Outage('declined', call, answer.status, false)
}
const payload = (call: string, answer: Answer) => {
  try {
    return part(good(call, answer).body, '/')
  } catch (e) {
    if (e instanceof Outage) throw e
    throw new Outage('garbage', call, answer.status, false)
  }
}
const listed = (call: string, value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value as readonly unknown[]
  throw new Outage('garbage', call, 200, false)
}
const isYoung = (out: Out) => out.settings.version !== 'v0'
const young = 'BUYER,RECIPIENT,PROCEEDS,FULFILLMENT,PACKAGES,PAYMENT'.split(',')
const personal = ['buyerInfo', 'shippingAddress'] as const
const row = (raw: unknown): Row => ({ ...headOf(raw), raw })
/** Amazon allows two minutes until an order is in its lists. */
const settled = (now: Date) => new Date(now.getTime() - 2 * 60_000).toISOString()

type Span = { updatedAfter?: string; updatedBefore?: string; createdAfter?: string; createdBefore?: string }
async function orders(
  out: Out,
  span: Span,
  page: string | undefined,
): Promise<{ rows: Row[]; next?: string }> {
  if (isYoung(out)) {
    const answer = payload(
      'searchOrders',
      await out.ask({
        operation: 'searchOrders',
        method: 'GET',
        path: '/orders/2026-01-01/orders',
        query: {
          ...(span.updatedAfter && { lastUpdatedAfter: span.updatedAfter }),
          ...(span.updatedBefore && { lastUpdatedBefore: span.updatedBefore }),
          ...(span.createdAfter && { createdAfter: span.createdAfter }),
          ...(span.createdBefore && { createdBefore: span.createdBefore }),
          marketplaceIds: [out.settings.marketplace!],
          fulfilledBy: ['MERCHANT'],
          maxResultsPerPage: 100,
          paginationToken: page,
          includedData: young,
        },
        ...(out.settings.restricted === 'always' && { restricted: personal }),
      }),
    )
    const next = maybeText(maybePart(answer.pagination).nextToken, 100_000)
    return {
      rows: listed('searchOrders', answer.orders).map((order) => row({ order })),
      ...(next && { next }),
    }
  }
  const answer = payload(
    'getOrders',
    await out.ask({
      operation: 'getOrders',
      method: 'GET',
      path: '/orders/v0/orders',
      query: {
        ...(span.updatedAfter && { LastUpdatedAfter: span.updatedAfter }),
        ...(span.updatedBefore && { LastUpdatedBefore: span.updatedBefore }),
        ...(span.createdAfter && { CreatedAfter: span.createdAfter }),
        ...(span.createdBefore && { CreatedBefore: span.createdBefore }),
        MarketplaceIds: [out.settings.marketplace!],
        FulfillmentChannels: ['MFN'],
        // Each order's items are asked for apart, thirty at once.
        MaxResultsPerPage: 30,
        NextToken: page,
      },
      restricted: personal,
    }),
  )
  const said = maybePart(answer.payload)
  const rows: Row[] = []
  for (const Order of listed('getOrders', said.Orders)) rows.push(row(await withItems(out, Order)))
  const next = maybeText(said.NextToken, 100_000)
  return { rows, ...(next && { next }) }
}
/** Version 0 tells the items of an order apart, a page of them at a time. */
async function withItems(out: Out, Order: unknown): Promise<unknown> {
  const id = maybeText(maybePart(Order).AmazonOrderId, 80)
  const status = maybePart(Order).OrderStatus
  if (id === undefined || status === 'Pending' || status === 'Canceled') return { Order, OrderItems: [] }
  const OrderItems: unknown[] = []
  let page: string | undefined
  for (let n = 0; n < 20; n++) {
    const answer = await out.ask({
      operation: 'getOrderItems',
      method: 'GET',
      path: `/orders/v0/orders/${encodeURIComponent(id)}/orderItems`,
      query: { NextToken: page },
    })
    // An order whose items cannot be had is set aside with its reason; the others of its page come in.
    if (answer.status === 400 || answer.status === 404) return { Order }
    const said = maybePart(payload('getOrderItems', answer).payload)
    OrderItems.push(...listed('getOrderItems', said.OrderItems))
    page = maybeText(said.NextToken, 100_000)
    if (page === undefined) break
  }
  return { Order, OrderItems }
}

async function access(
  settings: Readonly<Record<string, string>>,
  tokens: { get(name: string, make: () => Promise<{ token: string; seconds: number }>): Promise<string> },
  bare: (call: Call) => Promise<Answer>,
): Promise<string> {
  return tokens.get('access', async () => {
    const answer = await bare({
      operation: 'token',
      method: 'POST',
      path: '/auth/o2/token',
      form: {
        grant_type: 'refresh_token',
        refresh_token: settings.refresh_token!,
        client_id: settings.client_id!,
        client_secret: settings.client_secret!,
      },
    })
    const token = maybeText(maybePart(answer.body).access_token, 4000)
    if (answer.status !== 200 || token === undefined)
      throw new Outage(answer.status < 300 ? 'garbage' : 'denied', 'token', answer.status, false)
    return { token, seconds: Number(maybePart(answer.body).expires_in) || 3600 }
  })
}

export const amazon = connector({
  name: 'amazon',
  label: { ja: 'Amazon', en: 'Amazon' },
  verified: 'amzn/selling-partner-api-models@34dc93fe45f3: models, schemas and static sandbox cases',
  settings: {
    endpoint: {
      kind: 'url',
      label: { ja: 'API のアドレス', en: 'API endpoint' },
      standard: 'https://sellingpartnerapi-fe.amazon.com',
    },
    tokens_endpoint: {
      kind: 'url',
      label: { ja: '認証のアドレス', en: 'Token endpoint' },
      standard: 'https://api.amazon.com',
    },
    marketplace: {
      kind: 'text',
      label: { ja: 'マーケットプレイス ID', en: 'Marketplace id' },
      standard: 'A1VC38T7YXB528',
      pattern: '^[A-Z0-9]{5,20}$',
    },
    seller: {
      kind: 'text',
      label: { ja: '出品者 ID', en: 'Seller id' },
      pattern: '^[A-Z0-9]{3,30}$',
    },
    version: {
      kind: 'choice',
      label: { ja: '注文 API の版', en: 'Version of the orders API' },
      choices: ['2026-01-01', 'v0'],
      standard: '2026-01-01',
    },
    restricted: {
      kind: 'choice',
      label: { ja: '個人情報用トークン（RDT）', en: 'Restricted data tokens' },
      hint: {
        ja: '2026-01-01 版は通常不要です。v0 では常に使います。',
        en: 'Version 2026-01-01 usually needs none; v0 always uses them.',
      },
      choices: ['v0', 'always'],
      standard: 'v0',
    },
    tell: {
      kind: 'choice',
      label: { ja: '出品について伝えること', en: 'What is told of a listing' },
      hint: {
        ja: 'stock は在庫だけ、price は価格も、all は商品名と説明も伝えます。新しく出品するときは価格も伝えます。',
        en: 'stock: quantities alone; price: prices, too; all: names and descriptions, too. A new listing is told with its price.',
      },
      choices: ['stock', 'price', 'all'],
      standard: 'stock',
    },
    since: {
      kind: 'moment',
      label: { ja: 'この日時以降の注文を取り込む', en: 'Take orders from this moment on' },
      hint: { ja: '空欄なら接続した日から', en: 'Empty: from the day of connection' },
      standard: '',
    },
    client_id: { kind: 'text', label: { ja: 'LWA クライアント ID', en: 'LWA client id' } },
    client_secret: { kind: 'secret', label: { ja: 'LWA クライアントシークレット', en: 'LWA client secret' } },
    refresh_token: { kind: 'secret', label: { ja: 'リフレッシュトークン', en: 'Refresh token' } },
    notice_key: {
      kind: 'secret',
      label: { ja: '通知の合言葉', en: 'Key for notifications' },
      hint: {
        ja: 'EventBridge の API 送信先に Authorization: Bearer として登録します。',
        en: 'Register it as Authorization: Bearer at the EventBridge API destination.',
      },
    },
  },
  // Of each operation's own text in Amazon's models.
  limits: {
    token: { rate: 1, burst: 5 },
    getOrders: { rate: 0.0167, burst: 20 },
    getOrder: { rate: 0.5, burst: 30 },
    getOrderItems: { rate: 0.5, burst: 30 },
    searchOrders: { rate: 0.0056, burst: 20 },
    confirmShipment: { rate: 2, burst: 10 },
    patchListingsItem: { rate: 5, burst: 5 },
    putListingsItem: { rate: 5, burst: 10 },
    createFeedDocument: { rate: 0.5, burst: 15 },
    createFeed: { rate: 0.0083, burst: 15 },
    getFeed: { rate: 2, burst: 15 },
    getFeedDocument: { rate: 0.0222, burst: 10 },
    createRestrictedDataToken: { rate: 1, burst: 10 },
    getMarketplaceParticipations: { rate: 0.016, burst: 15 },
    upload: { rate: 2, burst: 10 },
    download: { rate: 2, burst: 10 },
  },
  plain: [
    'AmazonOrderId orderId LastUpdateDate lastUpdatedTime PurchaseDate createdTime OrderStatus fulfillmentStatus',
    'FulfillmentChannel fulfilledBy MarketplaceId MarketplaceIds marketplaceId marketplaceIds OrderItemId orderItemId',
    'SellerSKU sellerSku sku QuantityOrdered quantityOrdered quantity packageReferenceId carrierCode shipDate',
    'LastUpdatedAfter LastUpdatedBefore lastUpdatedAfter lastUpdatedBefore CreatedAfter CreatedBefore createdAfter createdBefore',
    'code status severity feedId feedType processingStatus feedDocumentId inputFeedDocumentId resultFeedDocumentId submissionId',
    'value_with_tax currency audience requirements',
    'includedData op path productType grant_type expires_in error operationType method contentType',
  ].flatMap((names) => names.split(' ')),

  base: (call, settings) => (call.operation === 'token' ? settings.tokens_endpoint! : settings.endpoint!),
  async sign(call, { settings, tokens, bare }) {
    const token = await access(settings, tokens, bare)
    if (!call.restricted) return { 'x-amz-access-token': token }
    const path = call.path
    const restricted = await tokens.get(`restricted ${call.method} ${path}`, async () => {
      const signed = (c: Call) => bare({ ...c, headers: { 'x-amz-access-token': token } })
      const answer = await signed({
        operation: 'createRestrictedDataToken',
        method: 'POST',
        path: '/tokens/2021-03-01/restrictedDataToken',
        body: {
          restrictedResources: [{ method: call.method, path, dataElements: [...call.restricted!] }],
        },
      })
      const body = maybePart(answer.body)
      const made = maybeText(body.restrictedDataToken, 4000)
      if (answer.status !== 200 || made === undefined)
        throw new Outage('denied', 'createRestrictedDataToken', answer.status, false)
      return { token: made, seconds: Number(body.expiresIn) || 3600 }
    })
    return { 'x-amz-access-token': restricted }
  },
  expired: (status) => status === 401 || status === 403,
  async greet(out) {
    const answer = payload(
      'getMarketplaceParticipations',
      await out.ask({
        operation: 'getMarketplaceParticipations',
        method: 'GET',
        path: '/sellers/v1/marketplaceParticipations',
      }),
    )
    const here = listed('getMarketplaceParticipations', answer.payload).some(
      (p) => maybePart(maybePart(p).marketplace).id === out.settings.marketplace,
    )
    return here
      ? {
          ja: 'つながりました。このマーケットプレイスに出品できます。',
          en: 'Connected. You sell on this marketplace.',
        }
      : {
          ja: 'つながりましたが、このマーケットプレイスへの出品者ではありません。ID をご確認ください。',
          en: 'Connected, but you do not sell on this marketplace. Check its id.',
        }
  },

  orders: {
    begin: (settings, now) => ({ since: settings.since || settled(new Date(now.getTime() - 86_400_000)) }),
    async pull(out, position) {
      const until = position.until ?? settled(out.now)
      if (until <= position.since) return { rows: [], position, more: false }
      let page: { rows: Row[]; next?: string }
      try {
        page = await orders(out, { updatedAfter: position.since, updatedBefore: until }, position.page)
      } catch (e) {
        // A list that Amazon has forgotten is begun anew: what comes twice is known.
        if (!(e instanceof Outage && e.code === 'declined' && e.status === 400 && position.page)) throw e
        page = await orders(out, { updatedAfter: position.since, updatedBefore: until }, undefined)
      }
      const next: Position = page.next ? { since: position.since, until, page: page.next } : { since: until }
      return { rows: page.rows, position: next, more: page.next !== undefined }
    },
    async look(out, id) {
      const at = encodeURIComponent(id)
      const answer = await out.ask(
        isYoung(out)
          ? {
              operation: 'getOrder',
              method: 'GET',
              path: `/orders/2026-01-01/orders/${at}`,
              query: { includedData: young },
              ...(out.settings.restricted === 'always' && { restricted: personal }),
            }
          : { operation: 'getOrder', method: 'GET', path: `/orders/v0/orders/${at}`, restricted: personal },
      )
      if (answer.status === 404) return undefined
      const body = payload('getOrder', answer)
      return isYoung(out) ? row({ order: body.order }) : row(await withItems(out, body.payload))
    },
    async list(out, span) {
      const rows: Row[] = []
      let page: string | undefined
      for (let n = 0; n < 50; n++) {
        const got = await orders(out, { createdAfter: span.from, createdBefore: span.to }, page)
        rows.push(...got.rows)
        page = got.next
        if (page === undefined) break
      }
      return rows
    },
    read: readOrder,
  },

  parcels: {
    write: writeParcel,
    async confirm(out, parcel) {
      good(
        'confirmShipment',
        await out.ask({
          operation: 'confirmShipment',
          method: 'POST',
          path: `/orders/v0/orders/${encodeURIComponent(parcel.external_id)}/shipmentConfirmation`,
          body: writeParcel(parcel, out.settings),
          effect: true,
        }),
      )
    },
    async known(out, parcel) {
      const answer = await out.ask({
        operation: 'getOrder',
        method: 'GET',
        path: `/orders/2026-01-01/orders/${encodeURIComponent(parcel.external_id)}`,
        query: { includedData: ['FULFILLMENT', 'PACKAGES'] },
      })
      const order = maybePart(payload('getOrder', answer).order)
      return maybeList(order.packages).some((p) => maybePart(p).packageReferenceId === parcel.parcel)
    },
  },

  offers: {
    atOnce: 20,
    tells: (settings) => ({ price: settings.tell !== 'stock', words: settings.tell === 'all' }),
    item: { label: { ja: 'ASIN', en: 'ASIN' }, pattern: '^(B[0-9A-Z]{9}|[0-9]{9}[0-9X])$' },
    async tell(out, offer) {
      // Both say the same however often they are sent.
      const [operation, method, body] =
        offer.item === null
          ? (['patchListingsItem', 'PATCH', writePatch(offer, out.settings)] as const)
          : (['putListingsItem', 'PUT', writePut(offer, out.settings)] as const)
      const answer = payload(
        operation,
        await out.ask({
          operation,
          method,
          path: `/listings/2021-08-01/items/${encodeURIComponent(out.settings.seller!)}/${encodeURIComponent(offer.external_sku)}`,
          query: { marketplaceIds: [out.settings.marketplace!], issueLocale: 'ja_JP' },
          body,
        }),
      )
      return {
        external_sku: offer.external_sku,
        failure: answer.status === 'INVALID' ? codeOf(maybeList(answer.issues)) : null,
      }
    },
    async handOver(out, offers) {
      const document = payload(
        'createFeedDocument',
        await out.ask({
          operation: 'createFeedDocument',
          method: 'POST',
          path: '/feeds/2021-06-30/documents',
          body: { contentType: 'application/json; charset=UTF-8' },
        }),
      )
      const url = maybeText(document.url, 4000)
      if (url === undefined) throw new Outage('garbage', 'createFeedDocument', 200, false)
      good(
        'upload',
        await out.ask({
          operation: 'upload',
          method: 'PUT',
          path: '/',
          upload: {
            url,
            type: 'application/json; charset=UTF-8',
            text: JSON.stringify(writeFeed(offers, out.settings)),
          },
        }),
      )
      // Handed over twice it says the same twice: nothing in it counts on what was before.
      const feed = payload(
        'createFeed',
        await out.ask({
          operation: 'createFeed',
          method: 'POST',
          path: '/feeds/2021-06-30/feeds',
          body: {
            feedType: 'JSON_LISTINGS_FEED',
            marketplaceIds: [out.settings.marketplace!],
            inputFeedDocumentId: document.feedDocumentId,
          },
        }),
      )
      const id = maybeText(feed.feedId, 100)
      if (id === undefined) throw new Outage('garbage', 'createFeed', 202, false)
      return id
    },
    async report(out, feed, codes) {
      const said = payload(
        'getFeed',
        await out.ask({
          operation: 'getFeed',
          method: 'GET',
          path: `/feeds/2021-06-30/feeds/${encodeURIComponent(feed)}`,
        }),
      )
      if (said.processingStatus === 'CANCELLED' || said.processingStatus === 'FATAL')
        return codes.map((external_sku) => ({ external_sku, failure: String(said.processingStatus) }))
      if (said.processingStatus !== 'DONE') return undefined
      const failed = new Map<string, string>()
      const id = maybeText(said.resultFeedDocumentId, 200)
      if (id !== undefined) {
        const place = payload(
          'getFeedDocument',
          await out.ask({
            operation: 'getFeedDocument',
            method: 'GET',
            path: `/feeds/2021-06-30/documents/${encodeURIComponent(id)}`,
          }),
        )
        const url = maybeText(place.url, 4000)
        if (url === undefined) throw new Outage('garbage', 'getFeedDocument', 200, false)
        const report = payload(
          'download',
          await out.ask({ operation: 'download', method: 'GET', path: '/', download: url }),
        )
        for (const value of maybeList(report.issues)) {
          const issue = maybePart(value)
          const code = codes[Number(issue.messageId) - 1]
          if (code !== undefined && issue.severity === 'ERROR') failed.set(code, codeOf([issue]))
        }
      }
      return codes.map((external_sku): Told => ({ external_sku, failure: failed.get(external_sku) ?? null }))
    },
  },
  notices: { read: readNotice },
})
/** The vendor's own number of what is wrong: its words may quote anything. */
const codeOf = (issues: readonly unknown[]): string =>
  issues
    .map((i) => maybeText(maybePart(i).code, 40))
    .filter((c) => c !== undefined && /^[\w.-]+$/.test(c))
    .join(' ') || 'INVALID'
