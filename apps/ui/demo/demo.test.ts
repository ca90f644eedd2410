import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { chromium, type Browser, type Page } from 'playwright-core'
import { build, preview, type PreviewServer } from 'vite'
import type { Look } from './main.tsx'
import config from './vite.config.ts'

/** The page of all components, built and opened in a browser. UI_SHOTS names a folder for screenshots. */
const shots = process.env['UI_SHOTS']
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let browser: Browser
let server: PreviewServer

function browserPath(): string {
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
  const found = names.map((name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout?.trim())
  const known = process.env['CHROME_PATH'] ?? found.find(Boolean)
  if (!known) throw new Error('No Chrome or Chromium found. Install one, or set CHROME_PATH.')
  return known
}

before(async () => {
  await build({ ...config, configFile: false, logLevel: 'error' })
  server = await preview({
    ...config,
    configFile: false,
    logLevel: 'error',
    preview: { port: 0, host: '127.0.0.1' },
  })
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ]
  browser = await chromium.launch({ executablePath: browserPath(), args })
})
after(async () => {
  await browser?.close()
  await server?.close()
})

async function open(
  { lang, theme, density = 'regular', width }: Look & { width: number },
  more = '',
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    locale: 'ja-JP',
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => assert.fail(error))
  page.on('console', (said) => said.type() === 'error' && assert.fail(said.text()))
  await page.goto(`${server.resolvedUrls?.local[0]}?lang=${lang}&theme=${theme}&density=${density}${more}`)
  await page.waitForSelector('h1')
  await page.waitForTimeout(400)
  return page
}

/** A focus guard is hidden and focusable on purpose: it hands the focus on at once. axe cannot know. */
async function assertNoViolation(page: Page, where: string) {
  await page.evaluate(axe)
  const found =
    await page.evaluate(`axe.run({ exclude: ['[data-base-ui-focus-guard]'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 160) + ' ' + node.failureSummary)))`)
  assert.deepEqual(found, [], where)
}

const shoot = async (page: Page, name: string, fullPage = true) =>
  shots && (await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage }))

for (const lang of ['ja', 'en'] as const)
  for (const theme of ['light', 'dark'] as const)
    for (const width of [390, 1280]) {
      const name = `${lang}-${theme}-${width}`
      test(`${name}: axe finds nothing, and nothing is wider than the screen`, async () => {
        const page = await open({ lang, theme, width }, '&offline')
        await assertNoViolation(page, name)
        assert.ok(
          await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
          'scrolls sideways',
        )
        await shoot(page, name)
        await page.context().close()
      })
    }

test('what opens over the page has no violation either: menu, select, dialog, confirmation, toasts', async () => {
  for (const theme of ['light', 'dark'] as const) {
    const page = await open({ lang: 'ja', theme, width: 1280 })
    await page.getByRole('button', { name: 'その他の操作' }).click()
    await page.getByRole('menuitem').first().waitFor()
    await assertNoViolation(page, 'menu')
    await shoot(page, `menu-${theme}`, false)
    await page.keyboard.press('Escape')
    await page.getByRole('combobox', { name: '出荷元' }).click()
    await page.getByRole('option').first().waitFor()
    await assertNoViolation(page, 'select')
    await shoot(page, `select-${theme}`, false)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'お知らせを出す' }).click()
    await page.getByRole('button', { name: '失敗を知らせる' }).click()
    await page.locator('.ui-toast').getByText('プリンターの電源').waitFor()
    await assertNoViolation(page, 'toasts')
    await shoot(page, `toasts-${theme}`, false)
    await page.getByRole('button', { name: '3件に返金する' }).click()
    const confirmation = page.getByRole('alertdialog')
    await confirmation.getByText('¥128,700').waitFor()
    await confirmation.getByText('この操作は取り消せません。').waitFor()
    await assertNoViolation(page, 'confirmation')
    await shoot(page, `confirm-${theme}`, false)
    await confirmation.getByRole('button', { name: '返金する' }).click()
    await confirmation.waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: '状態の印' }).click()
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('次の行へ').waitFor()
    await assertNoViolation(page, 'shortcuts')
    await shoot(page, `shortcuts-${theme}`, false)
    await page.context().close()
  }
})

test('in touch density every target is at least 48 px high', async () => {
  for (const width of [390, 1280]) {
    const page = await open({ lang: 'ja', theme: 'light', density: 'touch', width })
    const small =
      await page.evaluate(`[...document.querySelectorAll('button,.ui-input,.ui-choice,tr[data-row],.ui-back')]
      .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 48)
      .map((one) => one.className + ' ' + one.textContent + ' ' + one.getBoundingClientRect().height)`)
    assert.deepEqual(small, [])
    assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'scrolls sideways')
    await assertNoViolation(page, `touch ${width}`)
    await shoot(page, `touch-${width}`)
    await page.context().close()
  }
})

test('j and k move, x selects, Enter opens, and Esc returns to the row', async () => {
  const page = await open({ lang: 'ja', theme: 'light', width: 1280 })
  const row = () => page.evaluate('document.activeElement.textContent.slice(0, 6)')
  for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key)
  assert.equal(await row(), 'A-1023')
  await page.keyboard.press('x')
  assert.equal(await page.locator('tr[aria-selected=true]').count(), 0)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('x')
  assert.equal(
    await page
      .locator('tr[aria-selected=true]')
      .textContent()
      .then((text) => text?.slice(0, 6)),
    'A-1022',
  )
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'A-1022' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  assert.equal(await row(), 'A-1022')
  await page.context().close()
})

test('a list inside a dialog opens above it and is chosen from, by pointer and by keys', async () => {
  const page = await open({ lang: 'ja', theme: 'light', width: 390 })
  await page.getByRole('button', { name: 'ダイアログを開く' }).click()
  const place = page.getByRole('dialog').getByRole('combobox')
  await place.click()
  await page.getByRole('option', { name: '西倉庫（大阪）' }).click()
  assert.match((await place.textContent()) ?? '', /西倉庫/)
  await place.press('Enter')
  await page.getByRole('option').first().waitFor()
  await assertNoViolation(page, 'list in a dialog')
  await shoot(page, 'list-in-dialog', false)
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  assert.match((await place.textContent()) ?? '', /東倉庫/)
  await page.context().close()
})

test('while composing, Enter and Esc stay with the input method; afterwards they are keys again', async () => {
  const page = await open({ lang: 'ja', theme: 'light', width: 1280 })
  await page.getByRole('button', { name: 'ダイアログを開く' }).click()
  const dialog = page.getByRole('dialog')
  const address = dialog.getByRole('textbox')
  await address.focus()
  for (const composing of [{ isComposing: true }, { keyCode: 229 }])
    for (const key of ['Enter', 'Escape', 'ArrowDown']) {
      await address.dispatchEvent('keydown', { key, bubbles: true, cancelable: true, ...composing })
      await page.waitForTimeout(60)
      assert.ok(await dialog.isVisible(), `${key} with ${JSON.stringify(composing)}`)
    }
  await address.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.context().close()
})

test('a real conversion in the quantity: full-width digits end as half-width, arrows step', async () => {
  const page = await open({ lang: 'ja', theme: 'light', width: 1280 })
  const quantity = page.getByRole('textbox', { name: '数量' })
  const devtools = await page.context().newCDPSession(page)
  await quantity.fill('')
  await devtools.send('Input.imeSetComposition', { text: '１２', selectionStart: 2, selectionEnd: 2 })
  assert.equal(await quantity.inputValue(), '１２')
  await devtools.send('Input.insertText', { text: '１２' })
  assert.equal(await quantity.inputValue(), '12')
  await quantity.press('ArrowUp')
  assert.equal(await quantity.inputValue(), '13')
  await page.getByText('在庫が足りないため').waitFor()
  assert.match((await quantity.getAttribute('aria-describedby')) ?? '', /./)
  await quantity.fill('１２３４')
  await quantity.blur()
  assert.equal(await quantity.inputValue(), '99')
  const price = page.getByRole('textbox', { name: '販売価格（税込）' })
  await price.fill('￥１２，８００')
  await price.blur()
  assert.equal(await price.inputValue(), '12,800')
  await page.context().close()
})

test('a toast stands for more than eight seconds with its undo, then goes; the undo says that it was done', async () => {
  const page = await open({ lang: 'ja', theme: 'light', width: 1280 })
  await page.getByRole('button', { name: 'お知らせを出す' }).click()
  const toast = page.locator('.ui-toast')
  await page.waitForTimeout(8500)
  assert.equal(await toast.count(), 1)
  await toast.waitFor({ state: 'detached', timeout: 3000 })
  await page.getByRole('button', { name: 'お知らせを出す' }).click()
  await toast.getByRole('button', { name: '元に戻す' }).click()
  await toast.getByText('元に戻しました。').waitFor()
  await page.context().close()
})

test('⌘S and Ctrl-S save, and the bar goes', async () => {
  const page = await open({ lang: 'en', theme: 'light', width: 1280 })
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await page.getByText('There are unsaved changes.').waitFor()
  await page.getByRole('textbox', { name: 'Name' }).focus()
  await page.keyboard.press('Control+s')
  await page.getByText('There are unsaved changes.').waitFor({ state: 'detached' })
  await page.context().close()
})
