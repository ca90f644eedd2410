import { spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { chooseUser, findBinaries, program, spawnAs, type Binaries, type RunAs } from './binaries.ts'
import { isAlive, makeCluster, passwordFile } from './make.ts'
import * as problems from './problems.ts'

export type EmbeddedConfig = { host: string; port: number; user: string; password?: string; database: string }
export type Embedded = {
  readonly config: EmbeddedConfig
  /** The server was already running on this directory: an earlier process was killed and left it behind. */
  readonly adopted: boolean
  readonly pid: number
  /** fast: ends sessions, writes a checkpoint. immediate: as a power cut; the next start recovers. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>
}
export type EmbeddedAsk = {
  directory: string
  /** Listen on this loopback port, too. Left out: a socket in the directory only, or any free port if that is too deep. */
  port?: number
  settings?: Record<string, string>
  log?: (line: string) => void
  /** The server is meant to outlive this process. */
  detached?: boolean
}

/** Durability stays at PostgreSQL's own defaults. Failing statements are logged without their values: they may name people. */
const defaults = {
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  max_connections: '150',
  timezone: 'UTC',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

/** Starts the shipped PostgreSQL on a directory, making a cluster there when it is new, or adopts one that runs on it. */
export async function startEmbedded(ask: EmbeddedAsk): Promise<Embedded> {
  const directory = path.resolve(ask.directory)
  const log = ask.log ?? (() => {})
  const binaries = findBinaries()
  const as = await prepare(binaries, directory, log)
  const giveUp = Date.now() + 20_000
  for (;;) {
    const living = await adopt(directory)
    if (living) return living
    const outcome = await launch(binaries, as, directory, ask, log)
    if (typeof outcome === 'object') return outcome
    // After a kill -9 the dead server's children hold its lock for about a second; the lock file is never removed
    // by us, because PostgreSQL alone can tell whether someone still writes.
    if (outcome === 'locked' && Date.now() > giveUp)
      throw problems.locked(directory, readLock(directory)?.pid)
    if (outcome === 'port' && ask.port !== undefined) throw problems.portTaken(ask.port)
    if (outcome === 'port' && Date.now() > giveUp) throw problems.portTaken(0)
    await sleep(100)
  }
}

async function prepare(binaries: Binaries, directory: string, log: (line: string) => void): Promise<RunAs> {
  try {
    fs.mkdirSync(path.dirname(directory), { recursive: true })
    const files = fs.existsSync(directory) ? fs.readdirSync(directory) : []
    if (files.length > 0) {
      const own = fs.statSync(directory).uid
      const we = process.getuid?.()
      if (we !== undefined && we !== 0 && we !== own) throw problems.anothersDirectory(directory, own)
      if (!files.includes('PG_VERSION')) throw problems.notACluster(directory)
      const found = fs.readFileSync(path.join(directory, 'PG_VERSION'), 'utf8').trim()
      if (found !== binaries.major) throw problems.otherVersion(directory, found, binaries.major)
      return chooseUser(binaries, directory)
    }
    const { bavail, bsize } = fs.statfsSync(path.dirname(directory))
    if (bavail * bsize < 200 * 1024 * 1024) throw problems.diskFull(directory)
    const as = chooseUser(binaries, directory)
    log(`making a new database in ${directory}`)
    await makeCluster(binaries, as, directory)
    return as
  } catch (error) {
    throw problems.fileProblem(directory, error)
  }
}

async function adopt(directory: string): Promise<Embedded | undefined> {
  const lock = readLock(directory)
  if (!lock || !isAlive(lock.pid)) return undefined
  const config = configFor(directory, lock.port)
  if ((await login(config, directory)) !== 'in') return undefined
  return handle(directory, config, lock.pid, true)
}

async function launch(
  binaries: Binaries,
  as: RunAs,
  directory: string,
  ask: EmbeddedAsk,
  log: (line: string) => void,
): Promise<Embedded | 'locked' | 'port'> {
  const overSocket = socketFits(directory)
  const port = ask.port ?? (overSocket ? 5432 : await freeLoopbackPort())
  const settings = {
    ...defaults,
    ...ask.settings,
    port: String(port),
    listen_addresses: ask.port !== undefined || !overSocket ? '127.0.0.1' : '',
    unix_socket_directories: overSocket ? directory : '',
    unix_socket_permissions: '0700',
  }
  const words = [
    '-D',
    directory,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const logFile = path.join(directory, 'akinai-postgres.log')
  const { child, said } = run([...as.prefix, program(binaries, 'postgres'), ...words], as, directory, logFile)
  const config = configFor(directory, port)
  const started = performance.now()
  let told = 0
  while (child.exitCode === null && child.signalCode === null) {
    if ((await login(config, directory)) === 'in') {
      if (ask.detached) child.unref()
      return handle(directory, config, child.pid!, false, ask.detached ? undefined : child)
    }
    const seconds = Math.floor((performance.now() - started) / 1000)
    // Recovery after a power cut may take minutes; it ends by itself, so there is no limit, only words.
    if (seconds > told) log(`the database is starting or recovering (${(told = seconds)} s)`)
    await sleep(10)
  }
  return whyNot(directory, logFile, said())
}

/**
 * The server leads a session of its own: Ctrl-C in a terminal reaches a whole process group, and the database must
 * still be there while the shop finishes what it has begun.
 */
function run(commandLine: string[], as: RunAs, directory: string, logFile: string) {
  try {
    if (fs.existsSync(logFile) && fs.statSync(logFile).size > 20_000_000)
      fs.renameSync(logFile, logFile + '.1')
    const out = fs.openSync(logFile, 'a', 0o600)
    const from = fs.fstatSync(out).size
    const child = spawn(commandLine[0]!, commandLine.slice(1), {
      ...spawnAs(as),
      stdio: ['ignore', out, out],
      detached: true,
    })
    child.on('error', () => {}) // a missing program shows as an exit with nothing said
    fs.closeSync(out)
    return { child, said: () => fs.readFileSync(logFile).subarray(from).toString('utf8') }
  } catch (error) {
    throw problems.fileProblem(directory, error)
  }
}

function whyNot(directory: string, logFile: string, said: string): 'locked' | 'port' {
  if (/lock file "[^"]*postmaster\.pid" already exists|pre-existing shared memory block/.test(said))
    return 'locked'
  if (said.includes('No space left on device')) throw problems.diskFull(directory)
  if (/Address already in use|lock file "[^"]*\.s\.PGSQL/.test(said)) return 'port'
  if (/Permission denied|Read-only file system/.test(said))
    throw problems.unwritable(directory, new Error(said.slice(-500)))
  throw problems.wouldNotStart(logFile, said.trim().slice(-1500))
}

function handle(
  directory: string,
  config: EmbeddedConfig,
  pid: number,
  adopted: boolean,
  child?: ChildProcess,
): Embedded {
  const lastResort = () => signal(pid, 'SIGINT')
  if (child) {
    // Ready is not forever: the exit hook covers a process that ends without having stopped its database.
    process.once('exit', lastResort)
    child.once('exit', () => process.removeListener('exit', lastResort))
    child.unref()
  }
  return {
    config,
    adopted,
    pid,
    async stop(mode = 'fast') {
      process.removeListener('exit', lastResort)
      signal(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
      while (isAlive(pid) && (child ? child.exitCode === null && child.signalCode === null : true)) {
        if (!child && readLock(directory)?.pid !== pid) break
        await sleep(20)
      }
    },
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // gone already: that is what was wanted
  }
}

function readLock(directory: string): { pid: number; port: number } | undefined {
  try {
    const [pid, , , port] = fs.readFileSync(path.join(directory, 'postmaster.pid'), 'utf8').split('\n')
    return Number(pid) > 0 && Number(port) > 0 ? { pid: Number(pid), port: Number(port) } : undefined
  } catch {
    return undefined
  }
}

/** A socket's path may have 107 bytes on Linux, 103 elsewhere. Windows has no file modes that would guard it. */
function socketFits(directory: string): boolean {
  return process.platform !== 'win32' && Buffer.byteLength(path.join(directory, '.s.PGSQL.65535')) <= 103
}

function configFor(directory: string, port: number): EmbeddedConfig {
  const account = { port, user: 'postgres', database: 'postgres' }
  if (socketFits(directory)) return { host: directory, ...account }
  return { host: '127.0.0.1', ...account, password: fs.readFileSync(passwordFile(directory), 'utf8').trim() }
}

/** Ready means: let in, and by the server of this very directory. */
async function login(config: EmbeddedConfig, directory: string): Promise<'in' | 'out'> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query("select current_setting('data_directory') as directory")
    return fs.realpathSync(rows[0].directory) === fs.realpathSync(directory) ? 'in' : 'out'
  } catch {
    return 'out'
  } finally {
    await client.end().catch(() => {})
  }
}

async function freeLoopbackPort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('no loopback address')
  return address.port
}
