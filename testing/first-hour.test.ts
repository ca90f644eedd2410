/** docs/first-hour.md, followed to the letter in a copy of the house. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'

const root = path.resolve(import.meta.dirname, '..')
type Step =
  | { kind: 'new'; file: string; text: string }
  | { kind: 'changed'; file: string; lines: readonly string[] }
  | { kind: 'run'; command: string }

/** Every fenced block of the page, in its order. A file is named once, above its first block. */
function stepsOf(page: string): Step[] {
  const steps: Step[] = []
  let named: { file: string; as: string } | undefined
  let fence: string | undefined
  let block: string[] = []
  for (const line of page.split('\n')) {
    if (fence === undefined && line.startsWith('```')) {
      fence = line.slice(3)
      block = []
    } else if (line !== '```') {
      const heading = /^`([^`]+)` — (new|changed):$/.exec(line)
      if (fence !== undefined) block.push(line)
      else if (heading) named = { file: heading[1]!, as: heading[2]! }
    } else {
      if (fence === 'sh') steps.push(...block.map((command) => ({ kind: 'run' as const, command })))
      else if (named?.as === 'new')
        steps.push({ kind: 'new', file: named.file, text: `${block.join('\n')}\n` })
      else if (named && fence === 'diff') steps.push({ kind: 'changed', file: named.file, lines: block })
      else assert.fail(`a block that says neither where it goes nor that it is run:\n${block.join('\n')}`)
      fence = undefined
    }
  }
  return steps
}
/** The lines that are there already must be found once, together; then those with `+` are added and those with `-` taken out. */
function changed(text: string, lines: readonly string[], file: string): string {
  const of = (marks: string) =>
    lines
      .filter((l) => marks.includes(l[0]!))
      .map((l) => l.slice(1))
      .join('\n')
  const [before, now] = [of(' -'), of(' +')]
  if (before === '') return `${text.trimEnd()}\n${now}\n`
  assert.equal(`\n${text}`.split(`\n${before}\n`).length, 2, `${file} has these lines once:\n${before}`)
  return `\n${text}`.replace(`\n${before}\n`, () => `\n${now}\n`).slice(1)
}
async function run(command: string, cwd: string): Promise<string> {
  const [program = '', ...words] = command.split(' ')
  const { NODE_TEST_CONTEXT: _, AKINAI_TEST_PG: __, ...env } = process.env
  const child = spawn(program, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = (await once(child, 'close')) as [number]
  assert.equal(code, 0, `${command}\n${said.slice(-6000)}`)
  return said
}

const house = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-first-hour-'))
after(() => fs.rmSync(house, { recursive: true, force: true }))

test('the first hour of a builder: a field, a follower, a route and a connector, word by word', async () => {
  const left = new Set(['node_modules', '.git', '.cache', 'data'])
  fs.cpSync(root, house, { recursive: true, filter: (file) => !left.has(path.basename(file)) })
  // The copy says of itself that it is installed: else its first command would install through a link, and empty our own.
  const [ours, theirs] = [root, house].map((at) => path.join(at, 'node_modules')) as [string, string]
  const stamp = '.akinai-installed'
  const lock = fs.readFileSync(path.join(root, 'package-lock.json'))
  fs.mkdirSync(theirs)
  for (const name of fs.readdirSync(ours))
    if (name !== stamp) fs.symlinkSync(path.join(ours, name), path.join(theirs, name))
  fs.writeFileSync(path.join(theirs, stamp), createHash('sha256').update(lock).digest('hex'))
  const steps = stepsOf(fs.readFileSync(path.join(house, 'docs/first-hour.md'), 'utf8'))
  const counts = { new: 0, changed: 0, run: 0 }
  for (const step of steps) {
    counts[step.kind]++
    if (step.kind === 'run') {
      const said = await run(step.command, house)
      const closing = /^\d+ passed, \d+ failed, \d+ skipped$/m.exec(said)?.[0]
      if (closing) console.log(`# ${step.command}: ${closing}`)
      continue
    }
    const file = path.join(house, step.file)
    if (step.kind === 'new') {
      assert.ok(!fs.existsSync(file), `${step.file} is new`)
      fs.mkdirSync(path.dirname(file), { recursive: true })
      fs.writeFileSync(file, step.text)
    } else fs.writeFileSync(file, changed(fs.readFileSync(file, 'utf8'), step.lines, step.file))
  }
  assert.ok(counts.new >= 9 && counts.changed >= 6 && counts.run >= 5, JSON.stringify(counts))
})
