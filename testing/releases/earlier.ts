/** P22: an earlier version of the house beside this one, taken from the history: its code, its server, and what it says to the database. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { ClientConfig } from '#kernel/db'
import { openProcess } from '#testing'

const root = path.resolve(import.meta.dirname, '../..')

/** The tree of a commit in a directory of its own, with our libraries. */
export function checkOut(commit: string): { directory: string; remove(): void } {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-earlier-'))
  const git = spawnSync('git', ['archive', commit], { cwd: root, maxBuffer: 1 << 28 })
  if (git.status !== 0)
    throw new Error(
      `The history does not hold ${commit}: run this in a full clone (git fetch --unshallow). ${String(git.stderr)}`,
    )
  assert.equal(spawnSync('tar', ['-x'], { cwd: directory, input: git.stdout }).status, 0)
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(directory, 'node_modules'))
  return { directory, remove: () => fs.rmSync(directory, { recursive: true, force: true }) }
}

const program = `
  import { startServer } from '#doors/http'
  import { loadConfig } from '#kernel/config'
  const { home, owner, app, first, work } = JSON.parse(process.env.AKINAI_EARLIER)
  const settings = { AKINAI_DATA: home, AKINAI_PORT: '0', AKINAI_LOG_LEVEL: 'error', AKINAI_COMMANDS_PER_SECOND: '100000' }
  const config = loadConfig(settings, home)
  if (first) {
    const { migrate } = await import('#kernel/db')
    const { loadSample } = await import('#doors/sample')
    await migrate(owner)
    await loadSample({ config, app })
  }
  const server = await startServer({ config, owner, app, work })
  process.stdin.on('end', () => server.stop().then(() => process.exit(0))).resume()
  console.log('open ' + server.url)`

/** A tree's own server on a database. `first`: it makes its schema and fills the sample shop before. */
export async function serve(ask: {
  tree: string
  home: string
  owner: ClientConfig
  app: ClientConfig
  first: boolean
  work: boolean
}) {
  const { tree, ...rest } = ask
  return openProcess({ program, cwd: tree, env: { AKINAI_EARLIER: JSON.stringify(rest) } })
}
