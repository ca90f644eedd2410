import assert from 'node:assert/strict'
import { after } from 'node:test'
import pg from 'pg'
import { proveBooks } from './books.ts'
import { openShop, type Answer } from './shop.ts'

/** For the head of a test file: a shop of its own, its database, its owner. When the tests are done, the books are proven and all is put away. */
export async function standShop(ask: Parameters<typeof openShop>[0] = {}) {
  const { prooves } = await import('#flows/reads')
  const shop = await openShop(ask)
  const db = new pg.Client(shop.database.owner)
  await db.connect()
  const owner = await shop.staff('owner')
  after(async () => {
    try {
      await proveBooks(shop.database.owner, prooves)
    } finally {
      await db.end()
      await shop.close()
    }
  })
  /** The only row that a question to the database has. */
  const one = async (text: string, values: unknown[] = []) => {
    const { rows } = await db.query(text, values)
    assert.equal(rows.length, 1, text)
    return rows[0]
  }
  return {
    shop,
    db,
    owner,
    one,
    receive: (sku: string, quantity: number, place = 'east') =>
      owner('POST', '/admin/v1/stock/receipts', { place, lines: [{ sku, quantity }] }),
    /** What may be sold, everywhere or at one place. */
    free: async (sku: string, place?: string) =>
      Number(
        (
          await one(
            `select coalesce(sum(a.balance), 0) as n from ledger.account a join catalog.sku s on s.id = a.unit left join places.place p on p.id = a.place where a.book = 'stock' and a.kind = 1 and a.condition = 0 and s.code = $1 and ($2::text is null or p.code = $2)`,
            [sku, place ?? null],
          )
        ).n,
      ),
  }
}

/** What was answered, as its route describes it. */
export const of = <T>(a: Answer) => a.body as unknown as T
/** Of a problem, its code. */
export const code = (a: Answer) => of<{ code?: string }>(a).code
