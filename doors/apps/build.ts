import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
/** What an app is made of besides its own folder: built again when any of it changes. */
const shared = ['apps/ui', 'apps/client', 'package-lock.json']

/**
 * Builds each app whose sources changed since its last build: pages into `apps/<name>/dist`, and, where its
 * package.json names an entry in `akinai.ssr`, what the server renders with into `apps/<name>/dist/server`.
 */
export async function buildApps(log: (line: string) => void, home = root): Promise<{ built: string[] }> {
  const built: string[] = []
  for (const config of fs.globSync('apps/*/vite.config.{ts,mts,js,mjs}', { cwd: home }).toSorted()) {
    const app = path.dirname(config)
    const stamp = path.join(home, app, 'dist', '.akinai-built')
    const sources = fingerprint(home, [app, ...shared])
    if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === sources) continue
    log(`${path.basename(app)} の画面を作っています… / building ${app} …`)
    await build(path.join(home, app))
    // Written last: a build that was killed half-way is built again.
    fs.writeFileSync(stamp, sources)
    built.push(path.basename(app))
  }
  return { built }
}

async function build(app: string): Promise<void> {
  await vite(app, [])
  const { akinai } = JSON.parse(fs.readFileSync(path.join(app, 'package.json'), 'utf8'))
  if (akinai?.ssr) await vite(app, ['--ssr', akinai.ssr, '--outDir', 'dist/server'])
}

async function vite(app: string, words: string[]): Promise<void> {
  const manifest = createRequire(path.join(root, 'package.json')).resolve('vite/package.json')
  const program = path.join(path.dirname(manifest), 'bin/vite.js')
  const child = spawn(process.execPath, [program, 'build', '--logLevel', 'warn', ...words], {
    cwd: app,
    stdio: 'pipe',
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${app} could not be built:\n${said.trim()}`)
}

function fingerprint(home: string, places: string[]): string {
  const hash = createHash('sha256')
  const exclude = (name: string) => ['node_modules', 'dist'].includes(path.basename(name))
  for (const place of places) {
    const whole = path.join(home, place)
    if (!fs.existsSync(whole)) continue
    const found = fs.statSync(whole).isFile() ? [place] : fs.globSync(`${place}/**/*`, { cwd: home, exclude })
    for (const file of found.toSorted()) {
      const at = path.join(home, file)
      if (fs.statSync(at).isFile() && !file.includes('.test.')) hash.update(file).update(fs.readFileSync(at))
    }
  }
  return hash.digest('hex')
}
