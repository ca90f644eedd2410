import { execFile, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { buildApps } from '#doors/apps'
import { findBrowser, freePort, openShop } from '#testing'

/**
 * Google's Lighthouse, as a phone: performance, accessibility, best practices and SEO of the shop's pages, each at least 95.
 * It is fetched into a folder of its own, for it is as large as the rest of what is installed. LIGHTHOUSE_RUNS: how often
 * each page is looked at (the median counts); machines that do other work tell nothing about performance.
 */
const version = '13.5.0'
const wanted = 95
const runs = Number(process.env.LIGHTHOUSE_RUNS ?? 3)
const run = promisify(execFile)
const kinds = ['performance', 'accessibility', 'best-practices', 'seo'] as const
type Report = {
  finalDisplayedUrl: string
  categories: Record<(typeof kinds)[number], { score: number; auditRefs: { id: string; weight: number }[] }>
  audits: Record<
    string,
    { score: number | null; title: string; displayValue?: string; numericValue?: number }
  >
}

export default async function lighthouse(): Promise<string> {
  const chrome = findBrowser()
  if (!chrome) throw new Error('No Chrome or Chromium found: install one, or set CHROME_PATH.')
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'lighthouse-'))
  fs.writeFileSync(path.join(dir, 'package.json'), '{}')
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `lighthouse@${version}`], {
    cwd: dir,
  })
  await buildApps(() => {})
  const shop = await openShop({})
  const port = await freePort()
  const browser = spawn(
    chrome,
    [
      '--headless=new',
      '--no-sandbox',
      '--no-first-run',
      `--remote-debugging-port=${port}`,
      `--user-data-dir=${dir}/profile`,
      'about:blank',
    ],
    { stdio: 'ignore' },
  )
  try {
    const { chromium } = await import('playwright-core')
    let over: Awaited<ReturnType<typeof chromium.connectOverCDP>> | undefined
    for (let i = 0; !over; i++) {
      await new Promise((r) => setTimeout(r, 200))
      over = await chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch((e: unknown) => {
        if (i > 50) throw e
        return undefined
      })
    }
    const page = await over.contexts()[0]!.newPage()
    await page.goto(`${shop.url}/p/asanagi-mug`)
    await page.locator('form[action="/cart/add"] button').last().click()
    await page.waitForURL('**/cart')
    await page.locator('a[href="/checkout"]').waitFor()
    await page.close()
    await over.close() // it leaves the browser; two at its tracing disturb each other
    const found: string[] = []
    const short: string[] = []
    for (const [name, at] of [
      ['home', '/'],
      ['list', '/c/clothing'],
      ['product', '/p/asanagi-mug'],
      ['cart', '/cart'],
      ['checkout', '/checkout'],
    ] as const) {
      const reports: Report[] = []
      for (let n = 0; n < runs; n++) reports.push(await look(dir, port, `${shop.url}${at}`))
      const ended = new URL(reports[0]!.finalDisplayedUrl).pathname
      if (ended !== at) throw new Error(`${at} led to ${ended}`)
      const scores = kinds.map((kind) =>
        middle(reports.map((r) => Math.round(r.categories[kind].score * 100))),
      )
      found.push(`${name} ${scores.join('/')}`)
      scores.forEach((score, i) => {
        const kind = kinds[i]!
        if (score >= wanted) return
        const [report] = reports
        const why = report!.categories[kind].auditRefs
          .filter((a) => a.weight > 0 && (report!.audits[a.id]!.score ?? 1) < 0.9)
          .map((a) => `${a.id} ${report!.audits[a.id]!.displayValue ?? ''}`.trim())
        short.push(`${name} ${kind} ${score}: ${why.join(', ')}`)
      })
    }
    if (short.length > 0) throw new Error(`${found.join(', ')}\nshort of ${wanted}:\n${short.join('\n')}`)
    return `${kinds.join('/')}: ${found.join(', ')}; median of ${runs}`
  } finally {
    browser.kill()
    await shop.close()
    fs.rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
  }
}
const middle = (all: number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!
async function look(dir: string, port: number, url: string): Promise<Report> {
  const out = path.join(dir, 'report.json')
  const words = [
    path.join(dir, 'node_modules/lighthouse/cli/index.js'),
    url,
    `--port=${port}`,
    '--output=json',
    `--output-path=${out}`,
    '--disable-storage-reset',
    '--quiet',
    '--enable-error-reporting=false',
    `--only-categories=${kinds.join(',')}`,
  ]
  // Chromium now and then keeps no trace; what was not looked at is looked at again.
  for (let left = 3; ; left--)
    try {
      await run(process.execPath, words, { cwd: dir })
      break
    } catch (e) {
      if (left === 0 || !String(e).includes('NO_NAVSTART')) throw e
    }
  return JSON.parse(fs.readFileSync(out, 'utf8')) as Report
}
