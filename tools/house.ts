import fs from 'node:fs'
import path from 'node:path'

/** The tree as the walls see it: path from the root → text. A plain map, so that a test can plant a breach in it. */
export type House = ReadonlyMap<string, string>

const skipped = new Set(['node_modules', 'dist', 'data', '.cache', '.git', 'recordings'])
const floors = 'kernel domains flows doors connectors apps sample bench testing extensions tools'.split(' ')

export function readHouse(root: string): House {
  const exclude = (name: string) => skipped.has(path.basename(name))
  const files = floors.flatMap((floor) =>
    fs
      .globSync(`${floor}/**/*.{ts,tsx,mjs,sql}`, { cwd: root, exclude })
      .map((file) => file.replaceAll('\\', '/')),
  )
  files.push('package.json', 'package-lock.json')
  // The one file that is full of breaches on purpose.
  const seen = files.filter((file) => file !== 'tools/walls.test.ts')
  return new Map(seen.toSorted().map((file) => [file, fs.readFileSync(path.join(root, file), 'utf8')]))
}

export const floorOf = (file: string) => file.split('/')[0]!
/** The folder that has one face: `kernel/ledger`, `flows/checkout`, `apps/till`; `tools` and the like are one room. */
export function roomOf(file: string): string {
  const [floor, room, ...rest] = file.split('/')
  return rest.length === 0 ? floor! : `${floor}/${room}`
}
export const isTest = (file: string) =>
  /\.(?:test|campaign)\.tsx?$/.test(file) || /^(?:testing|bench|tools)\//.test(file)
export const isCode = (file: string) => /\.(?:ts|tsx|mjs)$/.test(file)

const commentOrString =
  /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g
/** Strings stay (SQL and import paths live in them), comments go. */
export const withoutComments = (text: string) => text.replace(commentOrString, (_, string) => string ?? ' ')
export const withoutStrings = (text: string) =>
  withoutComments(text).replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, "''")

/** What a file imports, for types, for values and lazily alike: a wall with a back door is none. */
export function importsOf(text: string): string[] {
  const found = withoutComments(text).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)
  return [...found].map((match) => match[1]!)
}

const name = String.raw`(?:only\s+)?"?([a-z_][a-z0-9_$]*)"?(?:\."?([a-z_][a-z0-9_$]*)"?)?`
const writes = [
  String.raw`insert\s+into\s+${name}`,
  String.raw`delete\s+from\s+${name}`,
  String.raw`update\s+${name}\s+(?:as\s+\w+\s+|\w+\s+)?set\b`,
  String.raw`truncate\s+(?:table\s+)?${name}`,
  String.raw`copy\s+${name}\s*(?:\([^)]*\)\s*)?from\b`,
]
const shapes = [
  String.raw`(?:create|alter|drop)\s+(?:unlogged\s+)?(?:table|view|materialized\s+view|sequence|type|function)\s+(?:if\s+(?:not\s+)?exists\s+)?${name}`,
  String.raw`create\s+or\s+replace\s+(?:view|function)\s+${name}`,
  String.raw`create\s+(?:unique\s+)?index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?[a-z0-9_]*\s*\bon\s+${name}`,
  String.raw`comment\s+on\s+(?:table|view)\s+${name}`,
]
export type Named = { readonly schema: string | undefined; readonly table: string; readonly words: string }

/** The tables a text writes; with `shapes`, also those it makes or alters. `schema` is absent where the name has none. */
export function tablesWritten(text: string, kind: 'rows' | 'rows and shapes'): Named[] {
  return (kind === 'rows' ? writes : [...writes, ...shapes]).flatMap((pattern) =>
    [...text.matchAll(new RegExp(String.raw`\b` + pattern, 'gi'))].map(([words, first, second]) => ({
      schema: second === undefined ? undefined : first!.toLowerCase(),
      table: (second ?? first)!.toLowerCase(),
      words: words.replace(/\s+/g, ' '),
    })),
  )
}
export const tablesRead = (text: string) =>
  [...text.matchAll(/(?<!delete )\b(?:from|join)\s+([a-z_]+)\.([a-z_]+)/g)].map(([words, schema]) => ({
    schema: schema!,
    words,
  }))
