/** 10,000 products in 5 places, entered through the flows that a merchant's import uses. */
import { addCategory, addProduct } from '#domains/catalog'
import { addStaff, hashSecret } from '#domains/access'
import { openVault, record, remember } from '#domains/persons'
import { add as addPlace } from '#domains/places'
import { setPrice } from '#domains/pricing'
import { setUp } from '#domains/shops'
import { countStock, openStock } from '#flows/warehouse'
import { secretKey, type Config } from '#kernel/config'
import type { ClientConfig } from '#kernel/db'
import { Gate, type Tx } from '#kernel/gate'
import { nameOf } from './words.ts'

export const places = ['p1', 'p2', 'p3', 'p4', 'p5']
export const categories = 20
const t = (ja: string, en: string) => ({ ja, en })

export async function fill(config: Config, app: ClientConfig, products: number): Promise<void> {
  const vault = openVault(secretKey(config))
  const gate = await Gate.open(app, { secret: vault.sign.toString('base64') })
  const password = await hashSecret('bench-password')
  await gate.run(async function found(tx: Tx) {
    setUp(tx, {
      id: 1,
      code: 'bench',
      name: t('ベンチ', 'Bench'),
      currency: 'JPY',
      rounding: 'down',
      from: new Date('2026-01-01T00:00:00Z'),
      entity: { id: 1, code: 'bench', name: 'ベンチ', registration_number: null },
      brand: { id: 1, code: 'bench', name: t('ベンチ', 'Bench') },
      settings: {
        shipping: { all: 600, free_from: 8000, okinawa: 1200 },
        cod_fees: [
          { up_to: 10_000, fee: 330 },
          { up_to: 1_000_000, fee: 660 },
        ],
        payments: ['cod', 'bank_transfer'],
        points_per_100: 1,
      },
    })
    places.forEach((code, i) =>
      addPlace(tx, {
        id: i + 1,
        code,
        kind: i < 2 ? 'warehouse' : 'store',
        entity: 1,
        name: t(`拠点${i + 1}`, `Place ${i + 1}`),
        postal: null,
        address: null,
        sells_web: true,
        priority: 10 + i,
      }),
    )
    for (let c = 1; c <= categories; c++)
      addCategory(tx, {
        id: c,
        code: `c${c}`,
        parent: null,
        name: t(`分類${c}`, `Category ${c}`),
        position: c,
      })
    const person = remember(tx, vault, { source: 'staff' })
    record(tx, person, { family: 'bench', email: 'bench@example.jp' }, { marks: vault })
    addStaff(tx, { id: person.id, role: 'owner', shops: null, place: null, password, pin: null })
    return {}
  }, {})
  for (let from = 1; from <= products; from += 500) {
    await gate.run(
      async function some(tx: Tx) {
        const skus = []
        for (let n = from; n < Math.min(from + 500, products + 1); n++) {
          addProduct(
            tx,
            {
              id: n,
              code: `product-${n}`,
              brand: 'みぎわと',
              name: t(nameOf(n).ja, nameOf(n).en),
              kana: nameOf(n).kana,
              summary: t('やわらかな綿のTシャツです。', 'A soft cotton T-shirt.'),
              description: t(
                '毎日着られるように、しっかりと編みました。洗うほどになじみます。',
                'Knitted densely for every day.',
              ),
              tax_class: n % 4 ? 'standard' : 'reduced',
              age: null,
              picture: 'asanagi-mug.webp',
              options: [],
              categories: [1 + (n % categories)],
            },
            [
              {
                id: n,
                code: `SKU-${n}`,
                jan: null,
                options: {},
                position: 0,
                unit: 'piece',
                decimals: 0,
                case_pack: null,
                weight_grams: null,
                lot_kept: false,
                components: null,
              },
            ],
          )
          skus.push({
            sku: n,
            unit_price: (500 + ((n * 7919) % 20_000)) * 10_000,
            from: new Date('2026-01-01T00:00:00Z'),
          })
        }
        setPrice(tx, { shop: 1, lines: skus })
        return {}
      },
      { from },
    )
    // A tenth is sold out in stores; warehouses have plenty.
    const lines = Array.from({ length: Math.min(500, products + 1 - from) }, (_, i) => ({
      sku: `SKU-${from + i}`,
      quantity: 1_000_000,
    }))
    await Promise.all(places.map((place) => gate.run(openStock, { place, lines })))
    for (const place of places.slice(2))
      await gate.run(countStock, {
        place,
        lines: lines.filter((_, i) => i % 10 === 0).map((l) => ({ sku: l.sku, quantity: 0 })),
      })
  }
  await gate.close()
}
