#!/usr/bin/env node
// Runs on the machine's own Node (20 or later) with nothing installed: plain JavaScript, built-in modules only.
// It installs what the lockfile says, then hands over to the pinned Node, which runs TypeScript as it is.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..')
const [command = '--help', ...rest] = process.argv.slice(2)

const tasks = {
  test: 'tools/test.ts',
  bench: 'bench/main.ts',
  campaign: 'tools/campaign.ts',
  house: 'tools/sizes.ts',
  notices: 'tools/notices.ts',
  lockfile: 'tools/lockfile.ts',
}
const tools = { lint: 'oxlint', format: 'oxfmt', types: 'typescript' }

function stop(ja, en) {
  console.error(`${ja}\n${en}`)
  process.exit(1)
}

const major = Number(process.versions.node.split('.')[0])
if (major < 20)
  stop(
    `Node.js 20 以降が必要です（今は ${process.versions.node}）。何も変更していません。`,
    `Node.js 20 or later is needed (this is ${process.versions.node}). Nothing was changed.`,
  )

const lock = fs.readFileSync(path.join(root, 'package-lock.json'))
const stamp = path.join(root, 'node_modules', '.akinai-installed')
const wanted = createHash('sha256').update(lock).digest('hex')
const installed = () => fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8').trim() === wanted

// A tree that npm itself installed from this very lockfile (npm ci by hand, a container image) needs no second install.
function adoptInstall() {
  const mark = path.join(root, 'node_modules', '.package-lock.json')
  if (fs.existsSync(stamp) || !fs.existsSync(mark) || !pinnedNode()) return
  if (fs.statSync(mark).mtimeMs < fs.statSync(path.join(root, 'package-lock.json')).mtimeMs) return
  try {
    fs.writeFileSync(stamp, wanted)
  } catch {
    // a read-only tree: it is checked again next time
  }
}

async function install() {
  console.error('必要な部品を入れています（npm ci）… / Installing what the lockfile names (npm ci) …')
  const began = Date.now()
  const child = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  const progress = setInterval(() => console.error(`  … ${Math.round((Date.now() - began) / 1000)} s`), 5000)
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(127))
    child.on('exit', (status) => resolve(status ?? 1))
  })
  clearInterval(progress)
  if (code !== 0)
    stop(
      `部品を入れられませんでした（npm ci が ${code} で終了）。データには触れていません。通信と空き容量を確かめ、もう一度実行してください。`,
      `Installing failed (npm ci ended with ${code}). No data was touched. Check the network and free disk space, then run this again.`,
    )
  fs.writeFileSync(stamp, wanted)
}

function pinnedNode() {
  const { platform, arch } = process
  const names = [`node-${platform === 'win32' ? 'win' : platform}-${arch}`, `node-bin-${platform}-${arch}`]
  const file = platform === 'win32' ? 'bin/node.exe' : 'bin/node'
  for (const name of names) {
    const binary = path.join(root, 'node_modules', name, file)
    if (fs.existsSync(binary)) return binary
  }
  return undefined
}

/**
 * How the server's Node holds memory: its young generation stops growing at 32 MB a half, and free pages go back to the system
 * instead of a pool. Measured: 30 MB less at rest, 50 to 100 MB less after load, no slower.
 */
const nodeOptions = ['--max-semi-space-size=32', '--no-memory-pool']

function wordsFor() {
  const options = [...process.execArgv]
  if (tasks[command]) return [...options, path.join(root, tasks[command]), ...rest]
  if (tools[command]) {
    const own = createRequire(path.join(root, 'package.json'))
    const manifest = own(`./node_modules/${tools[command]}/package.json`)
    const bin =
      typeof manifest.bin === 'string'
        ? manifest.bin
        : manifest.bin[command === 'types' ? 'tsc' : tools[command]]
    return [path.join(root, 'node_modules', tools[command], bin), ...rest]
  }
  // A file may be longer than memory: taking it in must not need more for it.
  const small = command === 'import' ? ['--max-old-space-size=160', '--max-semi-space-size=8'] : []
  return [...nodeOptions, ...small, ...options, path.join(root, 'doors/cli/main.ts'), command, ...rest]
}

adoptInstall()
if (!installed()) await install()
const node = pinnedNode()
if (!node)
  stop(
    `この環境（${process.platform}-${process.arch}）向けの Node が部品に含まれていません。`,
    `No pinned Node for this platform (${process.platform}-${process.arch}) is installed: npm may have been told to omit optional packages.`,
  )

const child = spawn(node, wordsFor(), {
  cwd: tasks[command] || tools[command] ? root : process.cwd(),
  stdio: 'inherit',
  env: {
    AKINAI_SERVER_NODE: nodeOptions.join(' '), // for the bench, whose server is one
    NODE_COMPILE_CACHE: path.join(root, '.cache', 'compile'),
    ...process.env,
  },
})
// The child decides when it is done. In a terminal Ctrl-C reaches it twice, once directly and once from here: whoever
// drains on a signal must take a second one that follows at once for the same.
process.on('SIGINT', () => child.kill('SIGINT'))
process.on('SIGTERM', () => child.kill('SIGTERM'))
process.on('SIGHUP', () => child.kill('SIGHUP'))
child.on('error', (error) =>
  stop(`起動できませんでした: ${error.message}`, `Could not start: ${error.message}`),
)
child.on('exit', (code, signal) => {
  if (signal) {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name)
    process.kill(process.pid, signal)
  } else process.exit(code ?? 1)
})
