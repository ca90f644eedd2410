/** `npm run bench -- --phone`: lists and searches as a phone shows them, from the key to the card that is painted. */
import type { Browser } from 'playwright-core'
import { browser } from '#testing'
import { queryOf } from './words.ts'

const random = (n: number) => Math.floor(Math.random() * n)
const asks: Record<string, (products: number) => string> = {
  list: () => `/c/c${1 + random(20)}?sort=${['new', 'price', '-price', 'name'][random(4)]!}`,
  'list, narrowed': () => `/c/c${1 + random(20)}?in_stock=1&price_min=${random(3000)}`,
  'all products': () => '/search?sort=price',
  search: (products) => `/search?q=${encodeURIComponent(queryOf(random, products).q)}`,
}
/**
 * A processor four times slower than this one and a line of 50 ms and 10 Mbit/s (an ordinary 4G): time to the first
 * paint, in ms, for what the server answers has its cards in it.
 * The first visit has brought style and pictures; each ask is another list.
 */
export async function printPhone(url: string, products: number): Promise<void> {
  const chrome: Browser = await browser()
  try {
    for (const [name, path] of Object.entries(asks)) {
      const context = await chrome.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP' })
      const page = await context.newPage()
      await page.goto(url + path(products))
      const cdp = await context.newCDPSession(page)
      await cdp.send('Network.enable')
      await cdp.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 50,
        downloadThroughput: 1_250_000,
        uploadThroughput: 400_000,
      })
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
      const painted: number[] = []
      const waited: number[] = []
      for (let n = 0; n < 30; n++) {
        await page.goto(url + path(products), { waitUntil: 'load' })
        const seen = await page.evaluate<{ first: number; answered: number }>(
          `new Promise((resolve) => new PerformanceObserver((list) => {
            const one = list.getEntriesByName('first-contentful-paint')[0]
            if (one) resolve({ first: one.startTime, answered: performance.getEntriesByType('navigation')[0].responseStart })
          }).observe({ type: 'paint', buffered: true }))`,
        )
        if ((await page.locator('a.card').count()) === 0) throw new Error(`${name}: a page without a card`)
        painted.push(seen.first)
        waited.push(seen.answered)
      }
      const at = (all: number[], share: number) =>
        all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))]!.toFixed(0)
      console.log(
        `phone: ${name.padEnd(16)} cards painted p50 ${at(painted, 0.5)} ms, p95 ${at(painted, 0.95)} ms · the server’s part p50 ${at(waited, 0.5)} ms`,
      )
      await context.close()
    }
  } finally {
    await chrome.close()
  }
}
