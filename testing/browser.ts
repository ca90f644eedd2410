import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import type { Browser } from 'playwright-core'

const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Where a Chrome or Chromium of this machine lies; CHROME_PATH goes first. */
export function findBrowser(): string | undefined {
  const told = process.env.CHROME_PATH
  if (told && fs.existsSync(told)) return told
  for (const name of names) {
    const found = spawnSync('which', [name], { encoding: 'utf8' }).stdout?.trim()
    if (found) return found
  }
  return places.find((place) => fs.existsSync(place))
}

/** A browser with a profile of its own, thrown away when closed. It calls nobody but the pages it is sent to. */
export async function browser(): Promise<Browser> {
  const executablePath = findBrowser()
  if (!executablePath)
    throw new Error(
      'No Chrome or Chromium found. Install one, or set CHROME_PATH (Debian: apt-get install chromium).',
    )
  const { chromium } = await import('playwright-core')
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
