/** The sample shop, entered through the same flows as any other: prices, receipts and members leave their transfers and events. */
import { addDevice, addStaff, hashSecret, tokenHash, type Role } from '#domains/access'
import { addCategory, addProduct } from '#domains/catalog'
import { identify } from '#domains/customers'
import { openVault, record, remember } from '#domains/persons'
import { add as addPlace } from '#domains/places'
import { setPrice } from '#domains/pricing'
import { saveWords } from '#domains/search'
import { setUp } from '#domains/shops'
import { openStock } from '#flows/warehouse'
import { secretKey, type Config } from '#kernel/config'
import { ask, Line, sql, type ClientConfig } from '#kernel/db'
import { Gate, type Tx } from '#kernel/gate'
import { past, range, sample, stockOf, type SampleProduct } from '#sample'
import { key, placeId } from './keys.ts'
import { enrol, trade } from './trade.ts'

/**
 * Fills an empty database; one that has a shop already is left alone. Interrupted, it goes on where it stopped. Answers
 * whether the sample is there. `full` brings the whole range of goods and eighteen months of trade; tests do without.
 */
export async function loadSample(given: {
  config: Config
  app: ClientConfig
  full?: boolean
}): Promise<boolean> {
  const line = new Line(given.app)
  const client = await line.client()
  const [state] = await ask<{ shop: string | null; finished: boolean }>(
    client,
    sql`select (select code from shops.shop order by id limit 1) as shop, exists (select from kernel.request where key = ${key('members')}::uuid) as finished`,
  )
  await line.close()
  if (state?.shop !== null && state?.shop !== sample.shop.code) return false
  if (state?.finished) return true
  const vault = openVault(secretKey(given.config))
  const gate = await Gate.open(given.app, { secret: vault.sign.toString('base64') })
  try {
    await gate.run(found, {}, { key: key('shop') })
    await gate.run(stockCatalogue, { after: given.full ? ranged.length : 0 }, { key: key('catalogue') })
    if (given.full) await gate.run(stockRange, {}, { key: key('range') })
    const sales = given.full ? past(everything, new Date()) : []
    const shelves = given.full ? stockOf(everything) : sample.stock
    for (const p of sample.places) {
      const lines = new Map<string, number>()
      const more = (sku: string, quantity: number) => lines.set(sku, (lines.get(sku) ?? 0) + quantity)
      for (const s of shelves) if (s.place === p.code && s.quantity > 0) more(s.sku, s.quantity)
      // What was sold had come in before; a marketplace is served from the first warehouse.
      for (const s of sales)
        if ((s.place ?? 'east') === p.code) for (const l of s.lines) more(l.sku, l.quantity)
      const all = [...lines].map(([sku, quantity]) => ({ sku, quantity }))
      if (all.length)
        await gate.run(openStock, { place: p.code, lines: all }, { key: key(`stock ${p.code}`) })
    }
    const secrets = await Promise.all(
      sample.staff.map(async (s) => ({
        password: await hashSecret(s.password),
        pin: s.pin === undefined ? null : await hashSecret(s.pin),
      })),
    )
    const { owner } = await gate.run(
      async function staff(tx: Tx) {
        const ids = sample.staff.map((s, i) => {
          const person = remember(tx, vault, { source: 'staff' })
          const [family = s.name, given_] = s.name.split(/\s+/)
          record(tx, person, { family, ...(given_ && { given: given_ }), email: s.email }, { marks: vault })
          addStaff(tx, {
            id: person.id,
            role: s.role as Role,
            shops: null,
            place: s.place === undefined ? null : placeId(s.place),
            ...secrets[i]!,
          })
          return person.id
        })
        for (const t of sample.tills)
          addDevice(tx, {
            id: tx.number(),
            code: t.code,
            place: placeId(t.place),
            shop: 1,
            key_hash: tokenHash(t.deviceKey),
          })
        return { owner: ids[0]! }
      },
      {},
      { key: key('staff') },
    )
    if (given.full) {
      await gate.run(saveWords, { shop: 1, seen: 0, ...sample.words }, { key: key('words') })
      await enrol(gate, vault, owner)
      await trade(gate, vault, sales, everything)
    }
    await gate.run(
      async function members(tx: Tx) {
        for (const code of ['2900000000018', '2900000000025', '2900000000032']) {
          const person = remember(tx, vault, { source: 'member' })
          identify(tx, { id: person.id, kind: 'member', source: 'card', shop: 1, code })
        }
      },
      {},
      { key: key('members') },
    )
    return true
  } finally {
    await gate.close()
  }
}

const categoryId = (code: string) => sample.categories.findIndex((c) => c.code === code) + 1

async function found(tx: Tx): Promise<object> {
  const { shop } = sample
  const since = new Date('2026-04-01T00:00:00+09:00')
  const t = (ja: string, en: string) => ({ ja, en })
  setUp(tx, {
    id: 1,
    code: shop.code,
    name: shop.name,
    currency: 'JPY',
    rounding: 'down',
    from: since,
    entity: {
      id: 1,
      code: shop.code,
      name: shop.legalEntity.name.ja,
      registration_number: shop.legalEntity.registrationNumber,
    },
    brand: { id: 1, code: shop.code, name: shop.brand },
    settings: {
      shipping: sample.shippingFee,
      cod_fees: sample.codFees,
      bank_account: sample.bankAccount,
      transfer_days: 7,
      about: sample.about,
      delivery: {
        cutoff: '15:00',
        closed_weekdays: [0],
        closed_days: [],
        days: [1, 2],
        by_prefecture: { '1': [2, 3], '46': [2, 3], '47': [3, 5] },
      },
      points_per_100: 1,
      shortage_days: 3,
      payments: ['cod', 'bank_transfer'],
      law: {
        seller: shop.legalEntity.name,
        manager: t('水沢 葉子（見本）', 'Yoko Mizusawa (sample)'),
        address: t(
          `〒${shop.postal.slice(0, 3)}-${shop.postal.slice(3)} ${shop.address.ja}`,
          shop.address.en,
        ),
        phone: t(shop.phone, shop.phone),
        email: t(shop.email, shop.email),
        price: t('商品ごとに税込価格を表示しています。', 'Each product shows its price with tax included.'),
        fees: t(
          '送料 全国600円（沖縄1,200円）、商品代金8,000円以上で送料無料（沖縄を除く）。代金引換手数料 330円〜。',
          'Delivery ¥600 (Okinawa ¥1,200), free from ¥8,000 of goods except to Okinawa. Cash on delivery from ¥330.',
        ),
        payment: t(
          '代金引換は商品お受け取り時、銀行振込はご注文から7日以内にお支払いください。',
          'Pay on delivery, or by bank transfer within 7 days.',
        ),
        delivery: t(
          'ご注文（銀行振込はご入金確認）から2〜4日でお届けします。',
          'Delivered 2 to 4 days after your order (bank transfer: after your payment arrives).',
        ),
        returns: t(
          '未使用品に限り、お届けから8日以内に返品を承ります。返送料はお客様のご負担です（不良品は当店負担）。食品・酒類の返品は、不良品を除きお受けできません。',
          'Unused items can be returned within 8 days of delivery at your cost (ours if faulty). Food and sake cannot be returned unless faulty.',
        ),
      },
    },
  })
  sample.places.forEach((p, i) =>
    addPlace(tx, {
      id: i + 1,
      code: p.code,
      kind: p.kind,
      entity: 1,
      name: p.name,
      sells_web: true,
      priority: p.kind === 'warehouse' ? 10 + i : 50 + i,
      postal: p.postal,
      address: p.address,
    }),
  )
  return {}
}

async function stockCatalogue(tx: Tx, ask: { after: number }): Promise<object> {
  sample.categories.forEach((c, i) =>
    addCategory(tx, {
      id: i + 1,
      code: c.code,
      parent: c.parent ? categoryId(c.parent) : null,
      name: c.name,
      position: i,
    }),
  )
  addAll(tx, sample.products, { product: ask.after, sku: 1000 })
  return {}
}
const ranged = range.map((r) => r.product)
const everything = [...sample.products, ...ranged]
async function stockRange(tx: Tx): Promise<object> {
  addAll(tx, ranged, { product: 0, sku: 2000 })
  return {}
}
/** The newest product is shown first: a list puts its best first. */
function addAll(tx: Tx, products: readonly SampleProduct[], after: { product: number; sku: number }): void {
  const skus = new Map<string, number>()
  let id = after.sku
  for (const p of products) for (const v of p.variants) skus.set(v.sku, ++id)
  const last = after.product + products.length
  products.forEach((p, i) =>
    addProduct(
      tx,
      {
        id: last - i,
        code: p.code,
        brand: p.brand,
        name: p.name,
        kana: p.kana,
        summary: p.summary,
        description: p.description,
        tax_class: p.tax,
        age: p.age ?? null,
        picture: p.picture,
        options: p.options,
        categories: p.categories.map(categoryId),
      },
      p.variants.map((v, n) => ({
        id: skus.get(v.sku)!,
        code: v.sku,
        jan: v.jan,
        options: v.options,
        position: n,
        unit: 'piece',
        decimals: 0,
        case_pack: null,
        weight_grams: v.weight_grams ?? null,
        lot_kept: p.lot ?? false,
        components: p.components?.map((c) => ({ sku: skus.get(c.sku)!, quantity: c.quantity })) ?? null,
      })),
    ),
  )
  setPrice(tx, {
    shop: 1,
    lines: products.flatMap((p) =>
      p.variants.map((v) => ({
        sku: skus.get(v.sku)!,
        unit_price: v.price * 10_000,
        from: new Date('2026-04-01T00:00:00+09:00'),
      })),
    ),
  })
}
