import assert from 'node:assert/strict'
import { openedIn, placeAs } from '../palette.ts'
import { all, heading, within, type Check } from './frame.ts'

const contact = {
  family: '早乙女',
  given: '蕗',
  family_kana: 'サオトメ',
  given_kana: 'フキ',
  email: 'fuki@example.jp',
  phone: '090-1111-8642',
}
/** 10: the palette opens at once, finds an order by number, telephone and kana, and does things. */
export const palette: Check = {
  name: 'palette',
  async run({ shop, page }) {
    const order = await placeAs(shop, contact)
    await page.goto(`${shop.url}/console/overview`)
    await heading(page).waitFor()
    const opened = await openedIn(page, 9)
    const dialog = page.getByRole('dialog')
    const answered: number[] = []
    const ways = [String(order), '8642', 'さおとめ', 'サオトメ フキ', 'ふき', '早乙女', contact.email]
    for (const text of ways) {
      await dialog.waitFor({ state: 'detached' })
      await page.keyboard.press('Control+k')
      await dialog.getByRole('combobox').waitFor()
      const began = performance.now()
      await page.keyboard.insertText(text)
      await dialog
        .getByRole('option')
        .filter({ hasText: `${order}` })
        .first()
        .waitFor()
      answered.push(performance.now() - began)
      await page.keyboard.press('Enter')
      await heading(page)
        .filter({ hasText: String(order) })
        .waitFor()
      await dialog.waitFor({ state: 'detached' })
      await page.keyboard.press('g')
      await page.keyboard.press('t')
      await heading(page)
        .filter({ hasNotText: String(order) })
        .waitFor()
    }
    await dialog.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await page.keyboard.insertText(String(order))
    await dialog
      .getByRole('option')
      .filter({ hasText: /出荷する|Ship order/ })
      .waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: /出荷|Ship/ }).waitFor()
    await page.keyboard.press('Escape')
    assert.match(page.url(), new RegExp(`orders/${order}$`))
    return [
      within(10, 'Ctrl-K to a field that can be typed into', opened, 100),
      all(
        10,
        'an order found by number, phone tail, kana, written name, mail; opened with Enter',
        ways.length,
      ),
      within(10, 'typed to found, 150 ms of waiting for more typing included', answered, 500),
      all(10, 'an action run: the found order’s shipment begun', 1),
    ]
  },
}
