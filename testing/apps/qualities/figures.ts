import assert from 'node:assert/strict'
import { all, heading, type Check } from './frame.ts'

/** 17: each number of the overview opens rows that come to the same. */
export const figures: Check = {
  name: 'figures',
  async run({ shop, page, owner }) {
    await page.goto(`${shop.url}/console/overview`)
    await page.locator('main a[href*="/orders?"]').first().waitFor()
    const count = await page.locator('main a[href*="/orders?"]').count()
    let said = 0
    for (let n = 0; n < count; n++) {
      await page.goto(`${shop.url}/console/overview`)
      const link = page.locator('main a[href*="/orders?"]').nth(n)
      const text = ((await link.textContent()) ?? '').trim()
      await link.focus()
      await page.keyboard.press('Enter')
      await page.waitForURL('**/orders?*')
      await page.locator('main tbody tr, main .ui-state').first().waitFor()
      // The list's own question, read to its end.
      const asked = new URL(page.url()).searchParams
      const rows: { total: number }[] = []
      for (let cursor: string | undefined = ''; cursor !== undefined;) {
        const more = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
        const answer = await owner('GET', `/admin/v1/orders?limit=200&${asked.toString()}${more}`)
        assert.equal(answer.status, 200, JSON.stringify(answer.body))
        const { items, next } = answer.body as unknown as { items: { total: number }[]; next: string | null }
        rows.push(...items)
        cursor = next ?? undefined
      }
      const number = Number(text.replace(/[^\d]/g, ''))
      const sum = text.includes('¥') ? rows.reduce((s, r) => s + r.total, 0) : rows.length
      assert.equal(sum, number, `${text} opens ${asked.toString()}`)
      const shown = await page.locator('main tbody tr').count()
      assert.equal(shown, Math.min(rows.length, 50), asked.toString())
      said++
    }
    await heading(page).waitFor()
    return [all(17, 'numbers of the overview open rows of the same count or sum', said)]
  },
}
