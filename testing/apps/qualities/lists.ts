import assert from 'node:assert/strict'
import { all, heading, timed, within, type Check } from './frame.ts'

/** 15: a row opens within 300 ms, and Back leads to the row, where it was. */
export const rows: Check = {
  name: 'rows',
  async run({ shop, page, owner, db }) {
    const hooks = await db.query('select from webhooks.endpoint where state <> $1 limit 1', ['gone'])
    if (hooks.rowCount === 0)
      await owner('POST', '/admin/v1/webhooks', {
        url: 'https://8.8.8.8/rows',
        kinds: ['orders.placed'],
        shop: null,
      })
    const took: number[] = []
    const lists = ['orders', 'products', 'customers', 'connectors', 'webhooks']
    for (const at of lists) {
      await page.goto(`${shop.url}/console/${at}`)
      const row = page.locator('main tbody tr')
      await row.first().waitFor()
      await page.waitForTimeout(300)
      const count = await row.count()
      const steps = Math.min(count, 15)
      for (let n = 0; n < steps; n++) await page.keyboard.press('j')
      const place = await page.evaluate(() => ({
        row: document.activeElement?.closest('tr')?.textContent,
        scroll: scrollY,
      }))
      assert.ok(place.row, `${at}: a row has the focus`)
      const title = (await heading(page).textContent()) ?? ''
      took.push(await timed(page, 'Enter', 'main h1', title))
      await page.goBack()
      await page.waitForFunction(
        (text) => document.activeElement?.closest('tr')?.textContent === text,
        place.row,
      )
      const after = await page.evaluate(() => scrollY)
      assert.ok(Math.abs(after - place.scroll) <= 40, `${at}: ${place.scroll} and back to ${after}`)
    }
    return [
      within(15, 'Enter on a row to its page painted', took, 300),
      all(15, 'Back leads to the row, focused, where it was scrolled to', lists.length),
    ]
  },
}
