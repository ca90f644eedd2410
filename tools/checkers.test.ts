import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { after, test } from 'node:test'

/** A checker that sees nothing says that all is well: each must name a fault planted for it. */
const root = path.resolve(import.meta.dirname, '..')
fs.mkdirSync(path.join(root, '.cache'), { recursive: true })
const home = fs.mkdtempSync(path.join(root, '.cache', 'planted-'))
after(() => fs.rmSync(home, { recursive: true, force: true }))

function planted(
  program: string,
  words: string[],
  files: Record<string, string>,
): { code: number | null; said: string } {
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(home, name), text)
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, 'node_modules', program), ...words],
    {
      cwd: home,
      encoding: 'utf8',
    },
  )
  return { code: status, said: stdout + stderr }
}
const project = `{ "extends": "${path.join(root, 'tsconfig.json')}", "include": ["*.ts"] }`

test('the types see an index that may be missing and a property that may not be undefined', () => {
  const { code, said } = planted('typescript/bin/tsc', ['-p', '.'], {
    'tsconfig.json': project,
    'types.ts': `export const first: string = ['a'][0]\nexport const it: { name?: string } = { name: undefined }\n`,
  })
  assert.notEqual(code, 0)
  assert.match(said, /types\.ts\(1,\d+\): error TS2322/)
  assert.match(said, /types\.ts\(2,\d+\): error TS2375/)
})

test('the linter sees a promise that nobody awaits, any, and a loose comparison', () => {
  // The same rules; only what is left out differs, for the planted file lies in a folder that is.
  const { ignorePatterns: _, ...rules } = JSON.parse(
    fs.readFileSync(path.join(root, '.oxlintrc.json'), 'utf8'),
  )
  const { code, said } = planted(
    'oxlint/bin/oxlint',
    ['-c', 'rules.json', '--no-ignore', '--type-aware', 'lint.ts'],
    {
      'rules.json': JSON.stringify(rules),
      'tsconfig.json': project,
      'lint.ts': `export async function go(it: any) {\n  go(it)\n  return it == 1\n}\n`,
    },
  )
  assert.notEqual(code, 0, said)
  for (const rule of ['no-floating-promises', 'no-explicit-any', 'eqeqeq'])
    assert.ok(said.includes(rule), said)
})

test('the formatter sees a line that is not in form', () => {
  fs.copyFileSync(path.join(root, '.oxfmtrc.json'), path.join(home, '.oxfmtrc.json'))
  const { code, said } = planted('oxfmt/bin/oxfmt', ['--check', 'form.ts'], {
    'form.ts': `export const a   = "b";\n`,
  })
  assert.notEqual(code, 0, said)
})
