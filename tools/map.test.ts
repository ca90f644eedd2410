/** What the documents say of the house is so: the map names every room, and every file that is named exists. */
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8')
const rooms = (floor: string) =>
  fs
    .readdirSync(path.join(root, floor), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map((entry) => entry.name)

/** The lines of a floor in the map of ARCHITECTURE.md: its own, and those below that stand further in. */
function told(floor: string): string {
  const map = /```\n(kernel\/[\s\S]*?)```/.exec(read('ARCHITECTURE.md'))![1]!
  const lines = map.split('\n')
  const from = lines.findIndex((line) => line.startsWith(`${floor}/`))
  assert.ok(from >= 0, `${floor} is in the map`)
  const to = lines.findIndex((line, at) => at > from && !line.startsWith(' '))
  return lines.slice(from, to < 0 ? undefined : to).join(' ')
}

for (const floor of ['kernel', 'domains', 'flows', 'doors', 'connectors', 'apps'])
  test(`the map names every room of ${floor}`, () => {
    const said = new Set(told(floor).match(/[a-z]+/g))
    const found = rooms(floor)
    assert.ok(found.length > 0)
    assert.deepEqual(
      found.filter((room) => !said.has(room)),
      [],
    )
  })

/** The page of the first hour names what its reader makes, and is followed by a test of its own. */
const documents = ['README.md', 'ARCHITECTURE.md', ...fs.globSync('docs/*.md', { cwd: root })].filter(
  (file) => !file.endsWith('first-hour.md'),
)
for (const document of documents)
  test(`every file that ${document} names exists`, () => {
    const text = read(document).replace(/```[\s\S]*?```/g, '')
    const named = [...text.matchAll(/`([\w./-]+\/[\w.-]+\.(?:ts|tsx|md|sql|mjs))`/g)].map((m) => m[1]!)
    const missing = named.filter(
      (file) =>
        !fs.existsSync(path.join(root, file)) &&
        !fs.existsSync(path.join(root, path.dirname(document), file)) &&
        // NAME, NOUN and the like stand for whatever it is called.
        !/[A-Z]{4}/.test(file) &&
        fs.globSync(`**/${file}`, { cwd: root, exclude: (name) => /node_modules|dist/.test(name) }).length ===
          0,
    )
    assert.deepEqual(missing, [])
  })
