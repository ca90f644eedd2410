/**
 * What shoppers look at, in this process's memory: products with price and free stock, made from the tables at start and
 * kept up by the journal. A list is a piece of a sorted array and a join of ready-made cards; no statement is sent.
 * An answer is as old as the last round over the journal: a round starts with each commit, at most every 50 ms, at least every second.
 * It promises nothing: `place-order` decides from the ledger.
 */
import { byKey, Line, lost, type ClientConfig } from '#kernel/db'
import { readEvents, type Cursor } from '#kernel/journal'
import { Bell, startOfTime, type Instant } from '#kernel/time'
import { picturesShown, type Picture as Kept } from '#domains/catalog'
import { allWords, fold, type Found } from '#domains/search'
import * as shops from '#domains/shops'
import { choices, FacetCounter, hasChosen, type Facets } from './facets.ts'
import { fewMost, Finder } from './finder.ts'
import { offersOf } from './offers.ts'
import {
  firstOf,
  isPast,
  keyOf,
  order,
  past,
  readCursor,
  writeCursor,
  type Listed,
  type Mark,
} from './order.ts'
import * as queries from './queries.ts'
import type { Figures } from './ranks.ts'
import type {
  Card,
  Category,
  Detail,
  Item,
  KeptFacets,
  List,
  ListAnswer,
  ListAsk,
  ListInJson,
  Option,
  Place,
  Product,
  ShopInfo,
  Sku,
  Sort,
  Text,
  Variant,
  View,
} from './shapes.ts'
import { between, changesKept, freeOf, sorted } from './sorted.ts'

type Client = Awaited<ReturnType<Line['client']>>
const kinds = [
  'orders.placed',
  'orders.cancelled',
  'stock.received',
  'stock.counted',
  'stock.shipped',
  'stock.released',
  'stock.covered',
  'stock.returned',
  'stock.sent',
  'stock.arrived',
  'pricing.price_changed',
  'catalog.product_changed',
  'catalog.category_changed',
  'search.words_changed',
  'shops.shop_changed',
  'places.place_changed',
]

const catalogTables = new Set(['catalog.sku', 'catalog.product', 'catalog.category'])
const priceTables = new Set(['pricing.price'])
const frameTables = new Set(['shops.shop', 'shops.entity', 'shops.setting', 'places.place'])

export class Shopfront {
  readonly #config: ClientConfig
  readonly #clock: () => Instant
  #products = new Map<number, Product>()
  #skus = new Map<number, Sku>()
  #bySkuCode = new Map<string, Sku>()
  #sets = new Map<number, Set<number>>() // part → sets
  #views = new Map<number, View>()
  #finder = new Finder()
  #counter = new FacetCounter()
  #places = new Map<number, Place>()
  #categories = new Map<number, Category>()
  #shops: ShopInfo[] = []
  #rates = new Map<string, number>()
  #cursor: Cursor = { epoch: 0, xid: '0', seq: 0 }
  #pricesSeen: queries.Due = { at: '-infinity', id: 0 }
  #taxesSeen: queries.Due = { at: '-infinity', id: 0 }
  #stopping = false
  readonly #bell = new Bell()
  #run: Promise<void> | undefined
  /** When the memory was last known to equal the tables. */
  freshAt: Instant = startOfTime
  rounds = 0

  readonly #changed: (tables: ReadonlySet<string>) => void
  /** `changed` is told which tables were read anew, so that what a gate of this process keeps of them is dropped, too. */
  constructor(
    config: ClientConfig,
    clock: () => Instant,
    changed: (tables: ReadonlySet<string>) => void = () => {},
  ) {
    this.#config = config
    this.#clock = clock
    this.#changed = changed
  }
  async start(): Promise<void> {
    const first = Promise.withResolvers<void>()
    this.#run = this.#follow(first)
    await first.promise
  }
  async stop(): Promise<void> {
    this.#stopping = true
    this.wake()
    await this.#run
  }
  wake(): void {
    this.#bell.ring()
  }

  async #follow(first: PromiseWithResolvers<void>) {
    while (!this.#stopping) {
      const line = new Line({ ...this.#config, application_name: 'akinai shopfront' })
      try {
        const client = await line.client()
        await this.#load(client)
        await client.query(byKey) // from here on some products at a time
        first.resolve()
        while (!this.#stopping) {
          const rung = this.#bell.rung
          const began = this.#clock()
          const more = await this.#round(client)
          if (!more) {
            this.freshAt = began
            await this.#bell.wait(1000, rung)
            await new Promise((r) => setTimeout(r, 50))
          }
        }
      } catch (e) {
        if (!lost(e)) {
          if (this.rounds === 0) first.reject(e)
          else process.emitWarning(`shopfront: ${(e as Error).message}`)
        }
        await new Promise((r) => setTimeout(r, 500).unref())
      } finally {
        await line.close().catch(() => {})
      }
    }
  }

  /** Reads everything into a memory of its own and shows it when it is whole: a database that comes and goes empties no window. */
  async #load(client: Client) {
    const read = new Shopfront(this.#config, this.#clock)
    // All of it as it was at one moment: a product that comes in meanwhile must not be there with its SKUs alone.
    await client.query('begin isolation level repeatable read read only')
    await read.#readAll(client)
    await client.query('commit')
    this.#cursor = read.#cursor
    this.#pricesSeen = this.#taxesSeen = read.#pricesSeen
    this.#products = read.#products
    this.#skus = read.#skus
    this.#bySkuCode = read.#bySkuCode
    this.#sets = read.#sets
    this.#views = read.#views
    this.#finder = read.#finder
    this.#shops = read.#shops
    this.#places = read.#places
    this.#categories = read.#categories
    this.#rates = read.#rates
  }
  async #readAll(client: Client) {
    // The place in the journal is taken before the tables are read: what happens in between is looked at twice, never not at all.
    const at = (
      await client.query(
        `select (select max(epoch) from kernel.epoch) as epoch, pg_snapshot_xmin(pg_current_snapshot())::text as xid`,
      )
    ).rows[0]
    this.#cursor = { epoch: at.epoch, xid: at.xid, seq: 0 }
    const { now } = (await client.query('select now()::text as now')).rows[0]
    this.#pricesSeen = this.#taxesSeen = { at: now, id: 0 }
    await this.#frame(client)
    this.#finder.words((await client.query(allWords)).rows)
    await this.#readProducts(client, null)
    await this.#readStock(client, null)
    await this.#readPrices(client, null)
  }
  /** What changes rarely: shops, places, categories, rates. */
  async #frame(client: Client) {
    const [s, p, c, r] = [
      await client.query(shops.shops),
      await client.query(queries.places),
      await client.query(queries.categories),
      await client.query(queries.rates),
    ]
    this.#shops = s.rows
    this.#places = new Map(p.rows.map((x) => [x.id, x]))
    this.#categories = new Map(
      c.rows.map((x) => [
        x.id,
        { ...x, name: whole(x.name), folded: { ja: fold(x.name.ja), en: fold(x.name.en || x.name.ja) } },
      ]),
    )
    this.#finder.categories(this.#categories)
    this.#rates = new Map(r.rows.map((x) => [x.class, x.rate]))
    for (const shop of this.#shops)
      if (!this.#views.has(shop.id))
        this.#views.set(shop.id, {
          items: new Map(),
          figures: { min: new Int32Array(0), max: new Int32Array(0), free: new Int32Array(0) },
          byCode: new Map(),
          lists: new Map(),
          facets: new Map(),
          version: 1,
          changed: [],
        })
  }
  /** A shop is called or ruled otherwise. Where places have changed, what each one's stock counts for is summed anew. */
  async #reframe(client: Client, changed: ReadonlySet<string>) {
    await this.#frame(client)
    if (changed.has('places.place_changed'))
      for (const view of this.#views.values())
        for (const item of view.items.values()) this.#recount(view, item)
    this.#changed(frameTables)
  }
  /** Names, places and orders of categories have changed: what was made with them is thrown away. */
  async #recategorize(client: Client, changed: ReadonlySet<number>) {
    await this.#frame(client)
    this.#counter = new FacetCounter()
    for (const view of this.#views.values()) {
      view.lists.clear()
      view.facets.clear()
      for (const item of view.items.values())
        if (item.product.categories.some((c) => changed.has(c))) forget(item)
    }
    for (const p of this.#products.values()) if (p.categories.some((c) => changed.has(c))) this.#finder.put(p)
    this.#changed(catalogTables)
  }
  async #readProducts(client: Client, ids: number[] | null) {
    if (ids?.length === 0) return
    // Both are read before either is shown: nobody sees a product without its SKUs.
    const products = (await client.query(queries.products(ids))).rows
    const skus = (await client.query(queries.skus(ids))).rows
    for (const p of products) {
      const old = this.#products.get(p.id)
      this.#products.set(p.id, {
        ...p,
        name: whole(p.name),
        summary: p.summary && whole(p.summary),
        description: p.description && whole(p.description),
        options: p.options.map((o: Option) => ({
          ...o,
          name: whole(o.name),
          values: o.values.map((v) => ({ ...v, name: whole(v.name) })),
        })),
        pictures: picturesShown(p),
        skus: [],
        sortName: fold(p.kana ?? p.name.ja),
      })
      for (const view of this.#views.values()) {
        const item = view.items.get(p.id)
        if (item) {
          item.product = this.#products.get(p.id)!
          forget(item)
          if (old && old.code !== p.code && view.byCode.get(old.code) === item) view.byCode.delete(old.code)
          view.byCode.set(p.code, item)
        }
        view.lists.clear()
      }
    }
    for (const s of skus) this.#showSku(s)
    for (const p of products) this.#finder.put(this.#products.get(p.id)!)
    for (const p of products)
      for (const view of this.#views.values()) {
        const item = view.items.get(p.id)
        if (item) this.#reprice(view, item)
      }
  }
  #showSku(s: Omit<Sku, 'stock'>) {
    const before = this.#skus.get(s.id)
    const sku: Sku = { ...s, stock: before?.stock ?? new Map() }
    if (before && before.code !== sku.code && this.#bySkuCode.get(before.code)?.id === s.id)
      this.#bySkuCode.delete(before.code)
    this.#skus.set(s.id, sku)
    this.#bySkuCode.set(sku.code, sku)
    const product = this.#products.get(s.product)!
    product.skus.push(sku)
    for (const c of sku.components ?? []) {
      if (!this.#sets.has(c.sku)) this.#sets.set(c.sku, new Set())
      this.#sets.get(c.sku)!.add(sku.id)
    }
  }
  async #readStock(client: Client, skus: number[] | null) {
    // Asked before anything is cleared: nobody sees a shelf empty that is only being looked at.
    const found = (await client.query(queries.stock(skus))).rows
    const touched = new Set<number>()
    for (const id of skus ?? this.#skus.keys()) {
      this.#skus.get(id)?.stock.clear()
      touched.add(id)
      for (const set of this.#sets.get(id) ?? []) touched.add(set)
    }
    for (const r of found) this.#skus.get(r.sku)?.stock.set(r.place, r.free)
    for (const id of touched) {
      const product = this.#skus.get(id)?.product
      if (product === undefined) continue
      for (const view of this.#views.values()) {
        const item = view.items.get(product)
        if (item) this.#recount(view, item)
      }
    }
  }
  async #readPrices(client: Client, skus: number[] | null) {
    const found = (await client.query(queries.prices(skus))).rows
    const offered = found.filter((r) => r.rule === 'sale').map((r) => r.sku)
    const moments = offered.length ? (await client.query(queries.moments(offered))).rows : []
    const offers = offersOf(moments, this.#clock())
    for (const r of found) {
      const view = this.#views.get(r.shop)
      const sku = this.#skus.get(r.sku)
      if (!view || !sku) continue
      let item = view.items.get(sku.product)
      if (!item) {
        const product = this.#products.get(sku.product)!
        item = {
          product,
          prices: new Map(),
          offers: new Map(),
          min: 0,
          max: 0,
          available: 0,
          sold: false,
          card: undefined,
          cardJson: undefined,
          detailJson: undefined,
        }
        view.items.set(sku.product, item)
        view.byCode.set(product.code, item)
        view.lists.clear()
      }
      item.prices.set(r.sku, r.price)
      const offer = r.rule === 'sale' ? offers.get(`${r.shop} ${r.sku}`) : undefined
      if (offer) item.offers.set(r.sku, offer)
      else item.offers.delete(r.sku)
      this.#reprice(view, item)
    }
  }
  /** From the cheapest to the dearest of what is sold; SKUs that are archived keep their price and do not count. */
  #reprice(view: View, item: Item) {
    const sold = item.product.skus.flatMap((s) => (s.archived ? [] : (item.prices.get(s.id) ?? [])))
    item.sold = !item.product.archived && sold.length > 0
    item.min = sold.length ? Math.min(...sold) : 0
    item.max = sold.length ? Math.max(...sold) : 0
    this.#recount(view, item)
  }
  #recount(view: View, item: Item) {
    view.version++
    if (view.changed.push(item) > 2 * changesKept) view.changed = view.changed.slice(-changesKept)
    forget(item)
    item.available = item.product.skus.reduce(
      (n, s) => (s.archived || !item.prices.has(s.id) ? n : n + this.#free(s)),
      0,
    )
    setFigures(view.figures, item)
  }
  #free(sku: Sku): number {
    if (sku.components)
      return sku.components.reduce(
        (least, c) => Math.min(least, Math.floor(this.#free(this.#skus.get(c.sku)!) / c.quantity)),
        Infinity,
      )
    let n = 0
    for (const [place, free] of sku.stock) if (this.#places.get(place)?.sells_web) n += free
    return n
  }

  async #round(client: Client): Promise<boolean> {
    const limit = 2000
    const { happened } = await readEvents(client, this.#cursor, kinds, limit)
    const skus = new Set<number>(),
      prices = new Set<number>(),
      products = new Set<number>()
    let words = false
    const frame = new Set<string>()
    const categories = new Set<number>()
    for (const h of happened) {
      if (h.kind === 'catalog.category_changed') {
        for (const c of (h.body as { categories: number[] }).categories) categories.add(c)
        continue
      }
      if (h.kind === 'search.words_changed') {
        words = true
        continue
      }
      if (h.kind === 'shops.shop_changed' || h.kind === 'places.place_changed') {
        frame.add(h.kind)
        continue
      }
      const body = h.body as { skus: number[]; product?: number }
      if (h.kind === 'catalog.product_changed') products.add(body.product!)
      const into = h.kind === 'pricing.price_changed' || h.kind === 'catalog.product_changed' ? prices : skus
      for (const s of body.skus) into.add(s)
    }
    const last = happened.at(-1)
    const taxes = (await client.query(queries.dueTaxes(this.#taxesSeen))).rows
    for (const r of taxes) products.add(r.id)
    if (words) this.#finder.words((await client.query(allWords)).rows)
    if (frame.size) await this.#reframe(client, frame)
    if (categories.size) await this.#recategorize(client, categories)
    if (products.size) {
      await this.#frame(client)
      await this.#readProducts(client, [...products])
    }
    const due = (await client.query(queries.duePrices(this.#pricesSeen))).rows
    for (const r of due) prices.add(r.sku)
    this.#taxesSeen = taxes.at(-1) ?? this.#taxesSeen
    this.#pricesSeen = due.at(-1) ?? this.#pricesSeen
    if (skus.size || products.size)
      await this.#readStock(client, [
        ...skus,
        ...[...products].flatMap((p) => this.#products.get(p)?.skus.map((s) => s.id) ?? []),
      ])
    if (prices.size) await this.#readPrices(client, [...prices])
    if (products.size) this.#changed(catalogTables)
    if (prices.size) this.#changed(priceTables)
    if (last) this.#cursor = { epoch: last.epoch, xid: last.xid, seq: last.seq }
    this.rounds++
    return happened.length === limit || due.length === queries.dueMost || taxes.length === queries.dueMost
  }

  // ---------- what is asked
  shop(code?: string): ShopInfo | undefined {
    return code === undefined ? this.#shops[0] : this.#shops.find((s) => s.code === code)
  }
  shops(): readonly ShopInfo[] {
    return this.#shops
  }
  shopById(id: number): ShopInfo | undefined {
    return this.#shops.find((s) => s.id === id)
  }
  categories(): { code: string; parent: string | null; name: Text }[] {
    return [...this.#categories.values()].map((c) => ({
      code: c.code,
      parent: c.parent === null ? null : (this.#categories.get(c.parent)?.code ?? null),
      name: c.name,
    }))
  }
  places(): Place[] {
    return [...this.#places.values()]
  }

  list(shop: number, ask: ListAsk): ListAnswer {
    const found = this.#list(shop, ask)
    return { ...found, items: found.items.map((i) => this.#card(i)) }
  }
  /** The same with each card in bytes: a list of the API copies them, and looks at no more of a product than that. */
  listInJson(shop: number, ask: ListAsk): ListInJson {
    const found = this.#list(shop, ask)
    return { ...found, items: found.items.map((i) => (i.cardJson ??= inJson(this.#cardNow(i)))) }
  }
  #list(shop: number, ask: ListAsk): Page {
    const view = this.#views.get(shop)!
    const after = ask.cursor ? readCursor(ask.cursor) : undefined
    if (ask.q?.trim()) return this.#search(view, ask, ask.q, after)
    const asked = ask.sort === undefined || ask.sort === 'fit' ? undefined : ask.sort
    const first = asked === undefined ? this.#firstOf(ask.category) : []
    const sort = asked ?? (first.length ? 'own' : 'new')
    const list = this.#sorted(view, ask.category, sort)
    const start = after ? past(list.items, sort, after, first) : 0
    const least = ask.in_stock ? 1 : -Infinity
    const from = ask.price_min ?? -Infinity
    const to = ask.price_max ?? Infinity
    const chosen = choices(ask.options)
    const { min, max, free } = list
    const fits = (i: number) => free[i]! >= least && max[i]! >= from && min[i]! <= to
    const page: Item[] = []
    let total = 0
    let more = false
    const isBounded = from !== -Infinity || to !== Infinity
    if (chosen.length === 0 && from <= to) {
      const isFree = least > 0
      const n = list.items.length
      total = isBounded ? between(list, from, to, isFree) : isFree ? list.inStock : n
      const most = start === 0 ? Math.min(total, ask.limit) : ask.limit
      let i = start
      for (; i < n && page.length < most; i++) if (fits(i)) page.push(list.items[i]!)
      if (start === 0) more = total > most
      else for (; i < n && !more; i++) more = fits(i)
    } else
      for (let i = 0; i < list.items.length; i++) {
        if (!fits(i)) continue
        if (chosen.length && !hasChosen(list.items[i]!, chosen)) continue
        total++
        if (i < start) continue
        if (page.length < ask.limit) page.push(list.items[i]!)
        else more = true
      }
    return {
      items: page,
      next: more ? writeCursor(keyOf(page.at(-1)!, sort), page.at(-1)!) : null,
      total,
      ...(sort === 'own' && { ordered: true as const }),
    }
  }
  #firstOf(category: string | undefined): readonly number[] {
    if (category === undefined) return []
    for (const c of this.#categories.values()) if (c.code === category) return c.first
    return []
  }
  /** Where among what a search found, the best first, is what a view sells and filters do not leave out. */
  #hits(view: View, ask: Omit<ListAsk, 'limit'>, found: Found): number[] {
    const within = ask.category === undefined ? undefined : this.#within(ask.category)
    const chosen = choices(ask.options)
    const least = ask.in_stock ? 1 : -Infinity
    const from = Math.max(0, ask.price_min ?? 0)
    const to = ask.price_max ?? Infinity
    const { ids } = found
    // Numbers beside each other: most of what a frequent word has is counted and never shown.
    const { min, max, free } = view.figures
    const hits: number[] = []
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at]!
      if (!(max[id]! >= from) || free[id]! < least || min[id]! > to) continue
      if (within || chosen.length) {
        const item = view.items.get(id)!
        if (within && !item.product.categories.some((c) => within.has(c))) continue
        if (chosen.length && !hasChosen(item, chosen)) continue
      }
      hits.push(at)
    }
    return hits
  }
  #search(view: View, ask: ListAsk, q: string, after: Mark | undefined): Page {
    const found = this.#finder.find(q)
    const sort = ask.sort ?? 'fit'
    const hits = this.#hits(view, ask, found)
    const itemAt = (at: number) => view.items.get(found.ids[at]!)!
    const page: Item[] = []
    let more = false
    let last = 0
    if (sort === 'fit') {
      const seen = after ? found.ids.indexOf(after.id) : -1
      for (const at of hits) {
        const score = found.scores[at]!
        // Behind the last one seen; where that is gone, behind all that fit as well as it did.
        if (after && (seen >= 0 ? at <= seen : score >= Number(after.key))) continue
        if (page.length === ask.limit) {
          more = true
          break
        }
        page.push(itemAt(at))
        last = score
      }
    } else {
      const ids = hits.map((at) => found.ids[at]!)
      for (const id of firstIds(view, ids, sort, after, ask.limit + 1)) page.push(view.items.get(id)!)
      more = page.length > ask.limit
      if (more) page.pop()
    }
    const end = page.at(-1)
    return {
      items: page,
      next: end && more ? writeCursor(sort === 'fit' ? last : keyOf(end, sort), end) : null,
      total: hits.length,
      how: found.how,
    }
  }
  /** What could be narrowed by, and how many products each choice leaves: counted without the choice itself. */
  facets(shop: number, ask: FacetAsk): Facets {
    return this.#facets(shop, ask).facets
  }
  /** The same as JSON, written once for as long as the count lasts. */
  facetsInJson(shop: number, ask: FacetAsk): string {
    const kept = this.#facets(shop, ask)
    return (kept.json ??= JSON.stringify(kept.facets))
  }
  #facets(shop: number, ask: FacetAsk): KeptFacets {
    const view = this.#views.get(shop)!
    const name = JSON.stringify([
      ask.q,
      ask.category,
      ask.in_stock,
      ask.price_min,
      ask.price_max,
      ask.options,
    ])
    const now = this.#clock().getTime()
    const before = view.facets.get(name)
    if (before && now - before.at < before.lasts) return before
    const within = ask.category === undefined ? undefined : this.#within(ask.category)
    // A category's own page counts what is in it; a search counts all it found, so that another category can be taken.
    const found = ask.q?.trim() ? this.#finder.find(ask.q) : undefined
    const items = found
      ? this.#hits(view, {}, found).map((at) => view.items.get(found.ids[at]!)!)
      : this.#sorted(view, ask.category, 'new').items
    const facets = this.#counter.count(items, {
      categories: [...this.#categories.values()],
      told: ask.q?.trim() ? undefined : within,
      within,
      least: ask.in_stock ? 1 : -Infinity,
      from: ask.price_min ?? -Infinity,
      to: ask.price_max ?? Infinity,
      chosen: choices(ask.options),
    })
    if (view.facets.size >= 300) view.facets.delete(view.facets.keys().next().value!)
    // The more there is to count, the longer a count lasts: one to five seconds.
    const lasts = 1000 + Math.min(4000, items.length / 2.5)
    const kept: KeptFacets = { at: now, lasts, facets, json: undefined }
    view.facets.set(name, kept)
    return kept
  }
  /** What somebody who has begun to type may mean: categories first, then products. */
  suggest(
    shop: number,
    q: string,
    limit: number,
  ): { kind: 'category' | 'product'; code: string; name: Text }[] {
    const view = this.#views.get(shop)!
    const asked = fold(q).trim()
    if (!asked) return []
    const categories = [...this.#categories.values()]
      .filter((c) => c.folded.ja.includes(asked) || c.folded.en.startsWith(asked))
      .slice(0, 2)
      .map((c) => ({ kind: 'category' as const, code: c.code, name: c.name }))
    const most = limit - categories.length
    const few = this.#finder.few(q)
    let items = this.#soldOf(view, few, most)
    // Where the best few are not sold in this shop, the others are looked through, too.
    if (items.length < most && few.length === fewMost)
      items = this.#soldOf(view, this.#finder.find(q).ids, most)
    const products = items.map(({ product: { code, name } }) => ({ kind: 'product' as const, code, name }))
    return [...categories, ...products]
  }
  #soldOf(view: View, ids: Int32Array, most: number): Item[] {
    const items: Item[] = []
    for (const id of ids) {
      if (items.length === most) break
      const item = view.items.get(id)
      if (item?.sold) items.push(item)
    }
    return items
  }
  #within(category: string): Set<number> {
    const all = [...this.#categories.values()]
    const found = all.find((c) => c.code === category)
    const within = new Set(found ? [found.id] : [])
    // With all below it: a set that grows while it is walked.
    for (const id of within) for (const c of all) if (c.parent === id) within.add(c.id)
    return within
  }
  #sorted(view: View, category: string | undefined, sort: Listed): List {
    return sorted(view, {
      whose: category ?? '',
      sort,
      first: () => (sort === 'own' ? this.#firstOf(category) : []),
      members: () => {
        const within = category === undefined ? undefined : this.#within(category)
        return (i) => !within || i.product.categories.some((c) => within.has(c))
      },
    })
  }
  #card(item: Item): Card {
    return (item.card ??= this.#cardNow(item))
  }
  /** The one that is kept, or else one that is not. */
  #cardNow(item: Item): Card {
    if (item.card) return item.card
    const p = item.product
    return {
      code: p.code,
      name: p.name,
      brand: p.brand,
      picture: p.picture,
      thumbnail: p.pictures[0] ? smaller(p.pictures[0]) : null,
      price_min: item.min,
      price_max: item.max,
      available: item.available,
      categories: p.categories.flatMap((c) => this.#categories.get(c)?.code ?? []),
      age: p.age,
    }
  }
  #byCode(shop: number, code: string): Item | undefined {
    const item = this.#views.get(shop)!.byCode.get(code)
    return item?.product.archived ? undefined : item
  }
  detail(shop: number, code: string): Detail | undefined {
    const item = this.#byCode(shop, code)
    return item && this.#detail(item)
  }
  detailInJson(shop: number, code: string): Buffer | undefined {
    const item = this.#byCode(shop, code)
    return item && (item.detailJson ??= inJson(this.#detail(item)))
  }
  #detail(item: Item): Detail {
    const p = item.product
    return {
      ...this.#cardNow(item),
      kana: p.kana,
      summary: p.summary,
      description: p.description,
      tax_rate: this.#rates.get(p.tax_class) ?? 0,
      tax_class: p.tax_class,
      options: p.options,
      pictures: p.pictures.map((one) => ({
        ...one,
        alt: { ja: one.alt.ja || one.alt.en || p.name.ja, en: one.alt.en || one.alt.ja || p.name.en },
        skus: one.skus.flatMap((id) => p.skus.find((s) => s.id === id && !s.archived)?.code ?? []),
      })),
      variants: p.skus
        .filter((s) => !s.archived && item.prices.has(s.id))
        .map((s) => ({
          ...this.#variant(s),
          price: item.prices.get(s.id)!,
          offer: item.offers.get(s.id) ?? null,
          stores: [...this.#places.values()]
            .filter((x) => x.kind === 'store')
            .map((x) => ({
              place: x.code,
              name: x.name,
              quantity: s.components ? 0 : (s.stock.get(x.id) ?? 0),
            })),
        })),
    }
  }
  #variant(s: Sku) {
    return {
      sku: s.code,
      serial_kept: s.serial_kept,
      jan: s.jan,
      options: s.options,
      available: this.#free(s),
    }
  }
  /** A SKU as a cart or a till shows it: without the shops that have it, which cost more than all the rest. */
  variant(
    shop: number,
    skuCode: string,
  ):
    | { product: Card; variant: Omit<Variant, 'stores' | 'offer'>; options: Option[]; rate: number }
    | undefined {
    const sku = this.#bySkuCode.get(skuCode)
    const item = sku && this.#views.get(shop)!.items.get(sku.product)
    const price = item?.prices.get(sku!.id)
    if (!item || price === undefined || sku!.archived || item.product.archived) return undefined
    return {
      product: this.#card(item),
      variant: { ...this.#variant(sku!), price },
      options: item.product.options,
      rate: this.#rates.get(item.product.tax_class) ?? 0,
    }
  }
  *all(shop: number): Generator<Detail> {
    for (const code of this.#views.get(shop)!.byCode.keys()) {
      const d = this.detail(shop, code)
      if (d) yield d
    }
  }
}

type FacetAsk = Omit<ListAsk, 'limit' | 'cursor' | 'sort'>
type Page = Omit<ListAnswer, 'items'> & { items: Item[] }
const forget = (item: Item) => (item.card = item.cardJson = item.detailJson = undefined)
function inJson(o: object): Buffer {
  const text = JSON.stringify(o)
  // Memory of its own: a piece of the pool that buffers share would keep 64 kB of it for as long as its product stays as it is.
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
  bytes.write(text)
  return bytes
}
/** The first of these products behind the last one seen: by numbers alone where the order is one of numbers. */
function firstIds(
  view: View,
  ids: readonly number[],
  sort: Exclude<Sort, 'fit'>,
  after: Mark | undefined,
  most: number,
): number[] {
  const { min } = view.figures
  const itemOf = (id: number) => view.items.get(id)!
  const sign = sort === 'price' ? 1 : -1
  const by = {
    new: (a: number, b: number) => b - a,
    name: (a: number, b: number) => order.name(itemOf(a), itemOf(b)),
    price: (a: number, b: number) => (min[a]! - min[b]!) * sign || a - b,
  }
  const keyAt = (id: number) => (sort === 'name' ? keyOf(itemOf(id), sort) : min[id]!)
  const rest = after ? ids.filter((id) => isPast({ key: keyAt(id), id }, sort, after)) : ids
  return firstOf(rest, most, by[sort === '-price' ? 'price' : sort])
}
function setFigures(figures: Figures, item: Item): void {
  const { id } = item.product
  if (id >= figures.min.length)
    for (const name of ['min', 'max', 'free'] as const) {
      const wider = new Int32Array(id + (id >> 1) + 1000).fill(-1)
      wider.set(figures[name])
      figures[name] = wider
    }
  figures.min[id] = item.min
  figures.max[id] = item.sold ? item.max : -1
  figures.free[id] = freeOf(item)
}
/** What is not translated yet is told in the language it is written in. */
const whole = (text: Text): Text =>
  text.ja && text.en ? text : { ja: text.ja || text.en, en: text.en || text.ja }
const smaller = (p: Kept): string =>
  p.sizes.includes(480) ? `${p.file.slice(0, p.file.lastIndexOf('.'))}-480.webp` : p.file
