import { useCallback, useEffect, useState } from 'react'
import { api } from './api.ts'
import { catalogue, putCatalogue } from './database.ts'
import { noticed } from './queue.ts'
import type { Item } from './sums.ts'

const every_ms = 60_000

/** What can be scanned: the kept list at once, the newest as soon as it comes. */
export function useCatalogue(): { items: readonly Item[]; refresh: () => Promise<readonly Item[]> } {
  const [items, setItems] = useState<readonly Item[]>([])
  const refresh = useCallback(async () => {
    try {
      const fresh = await api.tillCatalogue()
      setItems(fresh.items)
      await putCatalogue(fresh.items)
      return fresh.items
    } catch (error) {
      noticed(error)
      return (await catalogue<Item[]>()) ?? []
    }
  }, [])
  useEffect(() => {
    void catalogue<Item[]>().then(
      (found) => found && setItems((present) => (present.length > 0 ? present : found)),
    )
    const first = setTimeout(() => void refresh())
    const timer = setInterval(() => void refresh(), every_ms)
    const online = () => void refresh()
    window.addEventListener('online', online)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
      window.removeEventListener('online', online)
    }
  }, [refresh])
  return { items, refresh }
}

/** One spelling for search, as the shop's: width, case, and hiragana for katakana. */
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60))

/** Goods whose name, kana or variant, or whose code has every word of the query. */
export function find(items: readonly Item[], query: string, most: number): Item[] {
  const wanted = plain(query).split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return []
  return items
    .filter((item) => {
      const text = plain(
        [
          item.name.ja,
          item.name.en,
          item.kana,
          item.variant?.ja,
          item.variant?.en,
          item.sku,
          item.jan,
          ...Object.values(item.options),
        ].join(' '),
      )
      return wanted.every((word) => text.includes(word))
    })
    .slice(0, most)
}
export const byCode = (items: readonly Item[], code: string): Item | undefined =>
  items.find((item) => item.jan === code) ?? items.find((item) => plain(item.sku) === plain(code))
