import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { all, type Check, type Figure } from './frame.ts'

const unsaved = /保存していない変更|unsaved changes/
const bar = (page: Page) => page.getByRole('region', { name: unsaved })
/** Is somebody who leaves asked? They stay. */
async function staysWhenAsked(page: Page): Promise<void> {
  const before = page.url()
  const asked = new Promise<string>((resolve) =>
    page.once('dialog', (dialog) => {
      resolve(dialog.message())
      void dialog.dismiss()
    }),
  )
  await page.locator('nav a[href$="/stock"]').focus()
  await page.keyboard.press('Enter')
  assert.match(await asked, unsaved)
  assert.equal(page.url(), before)
}

/** 12: every page that is edited has a save bar, is left with a question, and is saved by ⌘S. */
export const edits: Check = {
  name: 'edits',
  async run({ shop, page, owner, db }) {
    await owner('PUT', '/admin/v1/connectors/amazon', {
      connector: 'amazon',
      active: false,
      settings: {},
      secrets: {},
    })
    const [{ id: product }] = (
      await db.query(`select id from catalog.product where archived_at is null order by id limit 1`)
    ).rows
    // What a connection may be told depends on the mall: it is set back, not saved.
    const pages = [
      [`products/${product}`, 'fieldset input[type=text], fieldset input:not([type])', 1],
      ['search-words', 'textarea', 1],
      ['connectors/amazon', 'form input[type=text]', 0],
    ] as const
    for (const [at, field, which] of pages) {
      await page.goto(`${shop.url}/console/${at}`)
      const box = page.locator(field).nth(which)
      await box.waitFor()
      assert.equal(await bar(page).count(), 0, at)
      const before = await box.inputValue()
      const changed = at === 'search-words' ? `${before}\nquality` : `${before}x`
      await box.fill(changed)
      await bar(page).waitFor()
      await staysWhenAsked(page)
      await bar(page)
        .getByRole('button', { name: /破棄|Discard/ })
        .click()
      assert.equal(await box.inputValue(), before, `${at} is set back`)
      assert.equal(await bar(page).count(), 0)
      if (at === 'connectors/amazon') continue
      await box.fill(changed)
      await page.keyboard.press('Control+s')
      await bar(page).waitFor({ state: 'detached' })
      // Put back, for whoever looks next.
      await page.locator(field).nth(which).fill(before)
      await page.keyboard.press('Control+s')
      await bar(page).waitFor({ state: 'detached' })
    }
    return [
      all(
        12,
        'edited pages: bar, question when left, set back; Ctrl-S on those of the catalogue',
        pages.length,
      ),
    ]
  },
}

const refusal = {
  status: 409,
  contentType: 'application/problem+json',
  body: JSON.stringify({ status: 409, code: 'test.refused', title: 'REFUSED-WHY', todo: 'REFUSED-TODO' }),
}
/** 13: small edits are seen before they are answered; what is refused, or not answered, is set back with the reason. */
export const atOnce: Check = {
  name: 'optimistic edits',
  async run({ shop, page, owner, db }): Promise<Figure[]> {
    const [{ id: product }] = (
      await db.query(`select id from catalog.product where archived_at is null order by id limit 1`)
    ).rows
    const made = await owner('POST', '/admin/v1/webhooks', {
      url: 'https://8.8.8.8/quality',
      kinds: ['orders.placed'],
      shop: null,
    })
    const endpoint = Number(made.body['endpoint'])
    const [{ id: customer }] = (
      await db.query(`select max(buyer) as id from orders.header where channel = 'web'`)
    ).rows
    const cases: { at: string; route: string; act: () => Promise<void>; seen: RegExp }[] = [
      {
        at: `products/${product}`,
        route: '**/archive',
        act: () => page.getByRole('button', { name: /^(販売を終了する|End the sale)$/ }).click(),
        seen: /販売終了|No longer sold/,
      },
      {
        at: `webhooks/${endpoint}`,
        route: `**/admin/v1/webhooks/${endpoint}`,
        act: () => page.getByRole('button', { name: /^(止める|Pause)$/ }).click(),
        seen: /停止中|Paused/,
      },
      {
        at: `customers/${customer}`,
        route: '**/consents',
        act: async () => {
          await page.getByRole('button', { name: /メールの同意を記録する|Record consent: .*mail/i }).click()
          await page
            .getByRole('dialog')
            .getByRole('button', { name: /^(記録する|Record)$/ })
            .click()
        },
        seen: /同意あり|Agreed/,
      },
    ]
    let count = 0
    for (const one of cases)
      for (const way of ['refused', 'unanswered'] as const) {
        await page.goto(`${shop.url}/console/${one.at}`)
        const badge = page.locator('main .ui-badge')
        await badge.first().waitFor()
        // Of these alone: other badges of a page may come when they are read.
        const shown = async () => (await badge.allTextContents()).filter((text) => one.seen.test(text)).length
        const until = async (n: number) => {
          for (const end = Date.now() + 30_000; Date.now() < end; await page.waitForTimeout(50))
            if ((await shown()) === n) return
          assert.equal(await shown(), n, one.at)
        }
        const before = await shown()
        let answer = () => {}
        const held = new Promise<void>((resolve) => (answer = resolve))
        await page.route(one.route, async (route) => {
          if (route.request().method() === 'GET') return route.continue()
          await held
          return way === 'refused' ? route.fulfill(refusal) : route.abort()
        })
        await one.act()
        await until(before + 1)
        answer()
        const notice = page
          .locator('.ui-toast')
          .filter({ hasText: /元に戻しました|set back/ })
          .first()
        await notice.waitFor()
        if (way === 'refused') assert.match((await notice.textContent()) ?? '', /REFUSED-WHY/)
        await until(before)
        await page.unroute(one.route)
        count++
      }
    return [
      all(
        13,
        'product put away, webhook paused, consent told: seen before the answer, set back with the reason',
        count,
      ),
    ]
  },
}
