import pg from 'pg'
import type { Browser } from 'playwright-core'
import { buildApps } from '#doors/apps'
import { browser, openShop } from '#testing'
import { bulk } from './qualities/bulk.ts'
import { atOnce, edits } from './qualities/edits.ts'
import { figures } from './qualities/figures.ts'
import { table, type Check, type Figure } from './qualities/frame.ts'
import { rows } from './qualities/lists.ts'
import { connection, files } from './qualities/outside.ts'
import { palette } from './qualities/palette.ts'
import { storefront } from './qualities/storefront.ts'
import { openPage, signIn } from './screens.ts'

/** Each group of qualities of the screens: one file of checks, one line here. ONLY names one, as it calls itself. */
const checks: readonly Check[] = [
  ...storefront,
  palette,
  bulk,
  edits,
  atOnce,
  files,
  rows,
  figures,
  connection,
]

/** Over the full sample shop, in both languages, lists and the palette by keys alone. What does not work fails; a time that is too long is marked. */
export default async function qualities(): Promise<string> {
  await buildApps(() => {})
  const shop = await openShop({ sample: process.env['SAMPLE'] === 'small' ? true : 'full' })
  const db = new pg.Client(shop.database.owner)
  let chrome: Browser | undefined
  const told: (Figure & { lang: string })[] = []
  const faults: string[] = []
  try {
    await db.connect()
    chrome = await browser()
    const owner = await shop.staff('owner')
    for (const lang of ['ja', 'en'] as const) {
      const look = { lang, theme: 'light', width: 1280 } as const
      // Signed in once: who signs in too often is made to wait.
      const door = await openPage(chrome, look)
      await signIn(door, shop.url)
      const storageState = await door.context().storageState()
      for (const check of checks) {
        if (process.env['ONLY'] && process.env['ONLY'] !== check.name) continue
        const page = await openPage(chrome, look, { storageState })
        page.setDefaultTimeout(8000)
        try {
          for (const figure of await check.run({ shop, chrome, db, owner, lang, page }))
            told.push({ ...figure, lang })
        } catch (e) {
          faults.push(
            `${check.name} ${lang}: ${e instanceof Error ? (e.stack ?? '').slice(0, 1200) : String(e)}`,
          )
          console.log(faults.at(-1))
        }
        await page.context().close()
      }
      await door.context().close()
    }
    console.log(table(told.toSorted((a, b) => a.quality - b.quality)))
    if (faults.length) throw new Error(faults.join('\n\n'))
    const short = told.filter((one) => !one.met).length
    return `${told.length} figures of ${checks.length} groups, ${short} short of goal`
  } finally {
    await chrome?.close()
    await db.end()
    await shop.close()
  }
}
