import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { findBrowser, startTestPostgres } from '#testing'

/**
 * `npm test`: everything that keeps the house in order, then every test of the tree, and one closing line.
 * `npm test -- kernel/ledger` runs only the tests whose path contains that, without the gates.
 */
const root = path.resolve(import.meta.dirname, '..')
const wanted = process.argv.slice(2)
const began = performance.now()
const counts = { passed: 0, failed: 0, skipped: 0 }
const seconds = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`

type Gate = { name: string; run: () => Promise<string | undefined> }

/** Runs a program of the workspace; what it said when it failed, nothing when it did not. */
async function program(name: string, words: string[], cwd = root): Promise<string | undefined> {
  const child = spawn(process.execPath, [path.join(root, 'node_modules', name), ...words], {
    cwd,
    stdio: 'pipe',
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = await once(child, 'close')
  return code === 0 ? undefined : said.trim() || `ended with ${code}`
}

const checked = [
  'kernel',
  'domains',
  'flows',
  'doors',
  'connectors',
  'apps',
  'sample',
  'bench',
  'testing',
  'tools',
]
const existing = () => checked.filter((floor) => fs.existsSync(path.join(root, floor)))
const appProjects = () => fs.globSync('apps/*/tsconfig.json', { cwd: root })

const gates: Gate[] = [
  ...['tsconfig.json', ...appProjects()].map((project) => ({
    name: `types: ${project}`,
    run: () => program('typescript/bin/tsc', ['--noEmit', '-p', project]),
  })),
  {
    name: 'lint',
    run: () => program('oxlint/bin/oxlint', ['-c', '.oxlintrc.json', '--type-aware', ...existing()]),
  },
  { name: 'format', run: () => program('oxfmt/bin/oxfmt', ['--check', ...existing()]) },
  { name: 'walls', run: walls },
  { name: 'unused code', run: unused },
  { name: 'app builds', run: builds },
]

/** A file nobody reaches fails; unused names and packages are signals: a face may be wider than today's use of it. */
async function unused(): Promise<string | undefined> {
  const quiet = ['--no-progress', '--no-config-hints']
  const signal = await program('knip/bin/knip.js', [...quiet, '--include', 'dependencies,exports,types'])
  if (signal) console.log(signal.split('\n').slice(0, 40).join('\n').replace(/^/gm, '  unused: '))
  return program('knip/bin/knip.js', [...quiet, '--include', 'files,unlisted,unresolved'])
}

async function walls(): Promise<string | undefined> {
  const { checkHouse, readHouse } = await import('./walls.ts')
  const { sizesOf } = await import('./sizes.ts')
  const house = readHouse(root)
  for (const line of sizesOf(house)) console.log(`  ${line}`)
  const breaches = checkHouse(house)
  return breaches.length === 0
    ? undefined
    : breaches.map((b) => `${b.file}: ${b.wall}: ${b.words}`).join('\n')
}

async function builds(): Promise<string | undefined> {
  const { buildApps } = await import('#doors/apps')
  try {
    await buildApps((line) => console.log(`  ${line}`))
    return undefined
  } catch (error) {
    return String(error)
  }
}

async function pass(gate: Gate): Promise<void> {
  const from = performance.now()
  const problem = await gate.run()
  if (problem === undefined) counts.passed++
  else counts.failed++
  console.log(`${problem === undefined ? '✔' : '✖'} ${gate.name} (${seconds(from)})`)
  if (problem !== undefined) console.log(problem.slice(-8000).replace(/^/gm, '    '))
}

/** A browser and a Japanese font. As root on Debian they are installed; elsewhere the browser tests fail, saying how. */
function prepareBrowser(): void {
  const fontless = spawnSync('fc-list', [':lang=ja'], { encoding: 'utf8' }).stdout?.trim() === ''
  const missing = [
    ...(findBrowser() ? [] : ['chromium']),
    ...(fontless || !findBrowser() ? ['fonts-noto-cjk'] : []),
  ]
  if (missing.length === 0) return
  const debian = process.platform === 'linux' && fs.existsSync('/usr/bin/apt-get')
  if (debian && process.getuid?.() === 0) {
    console.log(`installing ${missing.join(' and ')} for the browser tests …`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const apt = (...words: string[]) =>
      spawnSync('apt-get', words, { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 })
        .status === 0
    if (apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', ...missing)) return
  }
  if (findBrowser()) return
  console.log('No Chrome or Chromium on this machine: the browser tests will fail.')
  console.log(
    'Install Google Chrome or Chromium (Debian, Ubuntu: apt-get install chromium), or set CHROME_PATH.',
  )
}

/** Runs test files, each in a process of its own, and adds what they counted. */
async function runTests(files: string[], concurrency: number): Promise<void> {
  if (files.length === 0) return
  const stream = run({ files, concurrency, cwd: root, timeout: 600_000 })
  stream.on('test:summary', ({ file, counts: found }) => {
    if (file !== undefined) return // the last one counts all files, also those that broke before their first test
    counts.passed += found.passed
    counts.failed += found.tests - found.passed - found.skipped - found.todo // cancelled ones, too
    counts.skipped += found.skipped + found.todo
  })
  const lines = stream.compose(new spec())
  lines.pipe(process.stdout, { end: false })
  await once(lines, 'end')
}

const skipped = ['node_modules', 'dist', 'data', '.cache', '.git']
const all = fs.globSync('**/*.test.{ts,tsx}', {
  cwd: root,
  exclude: (name) => skipped.includes(path.basename(name)),
})
const files = all
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .toSorted()
const [browsing, plain] = [
  files.filter((f) => f.includes('.browser.test.')),
  files.filter((f) => !f.includes('.browser.test.')),
]
if (files.length === 0 && wanted.length > 0) {
  console.error(`No test file's path contains ${wanted.join(' or ')}.`)
  process.exit(1)
}

if (browsing.length > 0) prepareBrowser()
if (wanted.length === 0) for (const gate of gates) await pass(gate)

const postgres = await startTestPostgres()
process.env.AKINAI_TEST_PG = postgres.env
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => void postgres.remove().finally(() => process.exit(130)))
try {
  await runTests(plain, 2)
  await runTests(browsing, 1)
} finally {
  await postgres.remove()
}
console.log(`\n${files.length} files, ${seconds(began)}`)
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
process.exit(counts.failed === 0 ? 0 : 1)
