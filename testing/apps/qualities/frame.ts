import type { Browser, Locator, Page } from 'playwright-core'
import type pg from 'pg'
import type { Client, Shop } from '#testing'
import type { Look } from '../screens.ts'

/** Where a quality is looked at: a whole shop, one language, a page of somebody who is signed in. */
export type Stage = {
  readonly shop: Shop
  readonly chrome: Browser
  readonly db: pg.Client
  readonly owner: Client
  readonly lang: Look['lang']
  readonly page: Page
}
export type Figure = {
  /** The number of the quality. */
  readonly quality: number
  readonly measured: string
  readonly figure: string
  readonly goal: string
  readonly met: boolean
}
/**
 * What must work is asserted, and fails the campaign; a time is told, and marked where it is short of its goal.
 * A group of qualities is a file beside this one, and stands in the campaign's list.
 */
export type Check = { readonly name: string; readonly run: (stage: Stage) => Promise<Figure[]> }

export const within = (quality: number, measured: string, times: readonly number[], most: number): Figure => {
  const sorted = times.toSorted((a, b) => a - b)
  const [middle = 0, worst = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
  return {
    quality,
    measured,
    figure: `${middle.toFixed(0)} ms, at most ${worst.toFixed(0)} of ${times.length}`,
    goal: `≤ ${most} ms`,
    met: worst <= most,
  }
}
/** Asserted before it is told: so many of so many. */
export const all = (quality: number, measured: string, count: number): Figure => ({
  quality,
  measured,
  figure: `${count} of ${count}`,
  goal: 'all',
  met: true,
})
export const heading = (page: Page): Locator => page.getByRole('heading', { level: 1 })

/** From a key to the moment when what it leads to has been painted, in ms. */
export async function timed(page: Page, key: string, seen: string, but = ''): Promise<number> {
  const waits = page.evaluate(
    ([wanted, other]) =>
      new Promise<number>((resolve, reject) => {
        setTimeout(() => reject(new Error(`nothing else than ${other} was painted`)), 5000)
        const heard = (event: KeyboardEvent) => {
          if (!event.isTrusted) return
          removeEventListener('keydown', heard, true)
          const look = () => {
            const one = document.querySelector(wanted!)
            if (one && one.textContent !== other) resolve(performance.now() - event.timeStamp)
            else requestAnimationFrame(look)
          }
          requestAnimationFrame(look)
        }
        addEventListener('keydown', heard, true)
      }),
    [seen, but] as const,
  )
  await page.waitForTimeout(50)
  await page.keyboard.press(key)
  return waits
}
export function table(rows: readonly (Figure & { lang: string })[]): string {
  return [
    '| quality | language | measured | figure | goal | |',
    '|---|---|---|---|---|---|',
    ...rows.map(
      (r) =>
        `| ${r.quality} | ${r.lang} | ${r.measured} | ${r.figure} | ${r.goal} | ${r.met ? 'met' : '**short of goal**'} |`,
    ),
  ].join('\n')
}
