import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { program, spawnAs, type Binaries, type RunAs } from './binaries.ts'
import { diskFull, wouldNotStart } from './problems.ts'

export const passwordFile = (directory: string) => path.join(directory, 'akinai-superuser-password')

/**
 * Makes a new cluster. It is made beside its place and moved there when whole, so that a kill half-way leaves
 * nothing that looks like a database. Two starts at once: the one that moves second throws its own away.
 */
export async function makeCluster(binaries: Binaries, as: RunAs, directory: string): Promise<void> {
  const making = `${directory}.making-${process.pid}`
  sweep(directory)
  fs.mkdirSync(making, { recursive: true, mode: 0o700 })
  if (as.uid !== undefined) fs.chownSync(making, as.uid, as.gid ?? as.uid)
  const password = randomBytes(24).toString('base64url')
  const handed = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-initdb-'))
  try {
    const file = path.join(handed, 'password')
    fs.writeFileSync(file, password, { mode: 0o600 })
    if (as.uid !== undefined) for (const one of [handed, file]) fs.chownSync(one, as.uid, as.gid ?? as.uid)
    await initdb(binaries, as, making, file)
    fs.writeFileSync(passwordFile(making), password, { mode: 0o600 })
    move(making, directory)
  } finally {
    fs.rmSync(handed, { recursive: true, force: true })
    fs.rmSync(making, { recursive: true, force: true })
  }
}

async function initdb(binaries: Binaries, as: RunAs, directory: string, password: string): Promise<void> {
  const [command, ...words] = [
    ...as.prefix,
    program(binaries, 'initdb'),
    ...['-D', directory, '-U', 'postgres', '-E', 'UTF8', `--pwfile=${password}`],
    // The builtin locale sorts and folds the same on every machine, whatever its libc or ICU.
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C.UTF-8', '--no-instructions'],
    // The socket lies inside the data directory, which PostgreSQL keeps at 0700: who may reach it could read the
    // files themselves. TCP has no such wall and asks for the password.
    ...['--auth-local=trust', '--auth-host=scram-sha-256'],
  ]
  const child = spawn(command!, words, { ...spawnAs(as), stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = await once(child, 'close')
  if (code === 0) return
  if (said.includes('No space left on device')) throw diskFull(directory)
  throw wouldNotStart('initdb', said.trim().slice(-2000))
}

function move(making: string, directory: string): void {
  try {
    if (process.platform === 'win32' && fs.existsSync(directory)) fs.rmdirSync(directory)
    fs.renameSync(making, directory)
  } catch (error) {
    if (!fs.existsSync(path.join(directory, 'PG_VERSION'))) throw error
  }
}

/** Removes what a killed start left half-made; one whose maker still lives is left alone. */
function sweep(directory: string): void {
  const parent = path.dirname(directory)
  const prefix = path.basename(directory) + '.making-'
  for (const name of fs.existsSync(parent) ? fs.readdirSync(parent) : []) {
    if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length)))) continue
    fs.rmSync(path.join(parent, name), { recursive: true, force: true })
  }
}

/** A zombie answers signals but serves nobody: in a container without an init nothing ever reaps it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  if (process.platform !== 'linux') return true
  try {
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
