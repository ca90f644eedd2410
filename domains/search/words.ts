import { Type } from 'typebox'
import { sql } from '#kernel/db'
import { reader, table, type Tx } from '#kernel/gate'
import { append, event } from '#kernel/journal'
import { refusal } from '#kernel/refusal'

export const WordsChanged = event('search.words_changed', Type.Object({ shop: Type.Integer() }))
export const WordsStale = refusal<{ version: number }>(
  'search.words_stale',
  'conflict',
  () => [
    'ほかの人が検索のことばを変更しました。何も変更していません。',
    '読み込み直してから、もう一度変更してください。',
  ],
  () => [
    'Somebody else has changed the search words. Nothing was changed.',
    'Load them again, then change them.',
  ],
)

export type ShopWords = {
  /** The shop. */
  readonly id: number
  /** Counts changes; 0 before the first. */
  readonly version: number
  readonly same: readonly (readonly string[])[]
  readonly stop: readonly string[]
}
const wordsTable = table<Omit<ShopWords, 'version'>>(
  'search.words',
  { id: 'integer', same: 'jsonb', stop: 'jsonb' },
  { words_pkey: 'rerun' },
)
const byShop = reader<number, ShopWords>(
  'id',
  (shops) => sql`select id, version, same, stop from search.words where id = any(${shops}::int[])`,
)
/** Of all shops, for those who search. */
export const allWords = sql`select id, version, same, stop from search.words order by id`

export async function wordsOf(tx: Tx, shop: number): Promise<ShopWords> {
  return (await byShop.one(tx, shop)) ?? { id: shop, version: 0, same: [], stop: [] }
}
/** Takes the place of all words of a shop. `seen` is the version that the change was made on. */
export async function saveWords(
  tx: Tx,
  ask: { shop: number; seen: number; same: readonly (readonly string[])[]; stop: readonly string[] },
): Promise<{ version: number }> {
  const row = await byShop.guard(tx, wordsTable, ask.shop)
  const version = row?.version ?? 0
  if (version !== ask.seen) throw WordsStale({ version })
  const { shop, same, stop } = ask
  if (row) tx.update(wordsTable, row, { same, stop })
  else tx.insert(wordsTable, { id: shop, same, stop })
  append(tx, WordsChanged, { subject: `shop:${shop}`, shop, body: { shop } })
  return { version: version + 1 }
}
