import {
  floorOf,
  isCode,
  isTest,
  roomOf,
  tablesRead,
  tablesWritten,
  withoutComments,
  type House,
} from './house.ts'

type Say = (wall: string, words: string) => void

/** The database mirrors the house: one schema per domain folder, written by that folder alone. */
export function checkDatabase(house: House, file: string, text: string, say: Say): void {
  if (file.endsWith('.sql')) return checkMigration(house, file, text, say)
  if (!isCode(file) || isTest(file) || floorOf(file) === 'apps') return
  const owned = ownedSchemas(house, /^(?:domains|kernel)\//)
  // Within the kernel the gate writes for all: one trip flushes ledger, journal and rows.
  const own = floorOf(file) === 'kernel' ? [...ownedSchemas(house, /^kernel\//)] : schemasOf(roomOf(file))
  const code = withoutComments(text)
  const declared = [...code.matchAll(/\btable(?:<[^(]*>)?\(\s*['"]([a-z_]+)\.([a-z_]+)['"]/g)]
  const named = [
    ...tablesWritten(code, 'rows'),
    ...declared.map(([words, schema, table]) => ({ schema, table: table!, words })),
  ]
  for (const { schema, table, words } of named)
    if (schema !== undefined && owned.has(schema) && !own.includes(schema))
      say('schemas', `"${words}": ${schema}.${table} is written by the folder ${schema} alone`)
  if (floorOf(file) !== 'domains') return
  for (const { schema, words } of tablesRead(code))
    if (house.has(`domains/${schema}/index.ts`) && !own.includes(schema))
      say('siblings', `"${words}": a question about two nouns is a flow (flows/reads)`)
}

function checkMigration(house: House, file: string, text: string, say: Say): void {
  const match = /^(.+)\/migrations\/([^/]+)$/.exec(file)
  if (!match) return say('migrations', 'SQL files live in a migrations folder')
  const [, room = '', name = ''] = match
  if (!/^\d{4}_[a-z0-9_]+\.sql$/.test(name)) say('migrations', 'a migration is named NNNN_what_it_does.sql')
  const number = name.slice(0, 4)
  const twin = [...house.keys()].find(
    (other) => other.startsWith(`${room}/migrations/${number}`) && other !== file,
  )
  if (twin) say('migrations', `number ${number} is taken by ${twin}`)
  const own = schemasOf(room)
  for (const { schema, table, words } of tablesWritten(withoutSqlComments(text), 'rows and shapes')) {
    if (schema === undefined) say('schemas', `"${words}": ${table} needs its schema's name`)
    else if (!own.includes(schema)) say('schemas', `"${words}": ${room} writes ${own.join(', ')} only`)
  }
}

/** Strings are blanked too: their words are data. Function bodies ($$) stay: their words are statements. */
const withoutSqlComments = (text: string) =>
  text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ').replace(/'(?:''|[^'])*'/g, "''")

/** A kernel room may keep its tables in a schema of its own name or in the kernel's; jobs keeps those of its library. */
function schemasOf(room: string): readonly string[] {
  const [floor, name = ''] = room.split('/')
  if (floor !== 'kernel') return [name]
  return name === 'jobs' ? [name, 'kernel', 'pgboss'] : [name, 'kernel']
}

function ownedSchemas(house: House, floors: RegExp): Set<string> {
  const rooms = [...house.keys()].filter((file) => floors.test(file)).map(roomOf)
  return new Set([...rooms.flatMap(schemasOf)])
}
