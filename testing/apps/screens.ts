import assert from 'node:assert/strict'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** Helpers of the browser tests of staff apps. SHOTS names a folder for screenshots. */
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const shots = process.env['SHOTS']

export type Look = { lang: 'ja' | 'en'; theme: 'light' | 'dark'; width: number }
/** Four looks in which every two of language, theme and width meet. */
export const looks: readonly Look[] = [
  { lang: 'ja', theme: 'light', width: 390 },
  { lang: 'ja', theme: 'dark', width: 1280 },
  { lang: 'en', theme: 'light', width: 1280 },
  { lang: 'en', theme: 'dark', width: 390 },
]

/** Where most things are done once: what is looked at is looked at in `looks`. */
export const desk: Look = { lang: 'ja', theme: 'light', width: 1280 }
/**
 * Two of the four looks for the n-th of several screens, the other two for the next: both languages and both widths, and the
 * themes in turn. For screens that the campaign `look` looks at in all eight.
 */
export const twoLooks = (n: number): readonly Look[] => looks.filter((_, i) => (i + n) % 2 === 0)

/** A page in a language and a theme; any error of a script ends the test. */
export async function openPage(chrome: Browser, look: Look, more: BrowserContextOptions = {}): Promise<Page> {
  const context = await chrome.newContext({
    viewport: { width: look.width, height: 800 },
    locale: 'ja-JP',
    reducedMotion: 'reduce',
    ...more,
  })
  await context.addInitScript(
    // A frame in a sandbox has no storage to ask.
    `if (origin !== 'null') { localStorage.setItem('akinai.lang', '${look.lang}'); localStorage.setItem('akinai.theme', '${look.theme}') }`,
  )
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  page.on('pageerror', (error) => assert.fail(error))
  return page
}

/** A focus guard is hidden and focusable on purpose: it hands the focus on at once. axe cannot know. */
export async function assertNoViolation(page: Page, where: string): Promise<void> {
  if (!(await page.evaluate('Boolean(window.axe)'))) await page.evaluate(axe)
  const look = () =>
    page.evaluate(`axe.run({ exclude: ['[data-base-ui-focus-guard]'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 160) + ' ' + node.failureSummary)))`)
  // What is still being painted in its colours is looked at once more; a fault stays one.
  let found = (await look()) as string[]
  if (found.length) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    found = (await look()) as string[]
  }
  assert.deepEqual(found, [], where)
  assert.ok(
    await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
    `${where} scrolls sideways`,
  )
}

export async function shoot(page: Page, name: string): Promise<void> {
  if (!shots) return
  // What opens or is being painted has come to rest.
  await page.waitForTimeout(300)
  await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true })
}

/** Somebody of the sample's staff signs in to the console of a shop. */
export async function signIn(who: Page, url: string, name = 'owner', secret = name): Promise<void> {
  await who.goto(`${url}/console/`)
  await who.locator('input[type="email"], input[autocomplete="username"]').fill(`${name}@example.jp`)
  await who.locator('input[type="password"]').fill(`sample-${secret}`)
  await who.keyboard.press('Enter')
  await who.locator('nav').first().waitFor()
}

/** The same person in another look, without signing in once more. */
export async function inLook(who: Page, look: Look): Promise<Page> {
  return openPage(who.context().browser()!, look, { storageState: await who.context().storageState() })
}

/** A list of the console, with its first row there. */
export async function openList(page: Page, url: string, path: string): Promise<void> {
  await page.goto(`${url}/console/${path}`)
  await page.locator('tr[data-row]').first().waitFor()
}
/** Opens the menu of a list's actions by its key and chooses, by keys. */
export async function act(page: Page, name: string): Promise<void> {
  await page.keyboard.press('b')
  const item = page.getByRole('menuitem', { name, exact: true })
  await item.waitFor()
  for (let n = 0; n < 10; n++) {
    if (await item.evaluate((e) => e === document.activeElement || e.hasAttribute('data-highlighted'))) break
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
}

/** What the checkout asks of a guest. */
export async function fillCheckout(page: Page): Promise<void> {
  for (const [name, value] of Object.entries({
    family: '架空',
    given: '花子',
    email: 'hanako@example.jp',
    phone: '090-0000-0000',
    postal: '150-0001',
    city: '渋谷区',
    line1: '神宮前1-1-1',
  }))
    await page.locator(`[name=${name}]`).fill(value)
  await page.locator('[name=prefecture]').selectOption('13')
}

/** What is sent there is refused with these words once `answer` is called; what is read there goes on. */
export async function refuse(page: Page, route: string, why: string) {
  let answer = () => {}
  const held = new Promise<void>((done) => (answer = done))
  await page.route(route, async (asked) => {
    if (asked.request().method() === 'GET') return asked.continue()
    await held
    await asked.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      body: JSON.stringify({ status: 409, code: 'test.refused', title: why, todo: '' }),
    })
  })
  return { answer, end: () => page.unroute(route) }
}
