import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { routes } from '#doors/http'

/** `node tools/client.ts` writes the typed client of the API from the routes; a test tells when it is out of date. */
const root = path.resolve(import.meta.dirname, '..')
export const clientFile = path.join(root, 'apps/client/index.ts')

type Route = (typeof routes)[number]
type Schema = {
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  patternProperties?: Record<string, Schema>
}

const plain: Record<string, string> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
}

function typeOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  // Two ranges of one type are one type here.
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(' | ')
  if (schema.type === 'array') return `(${typeOf(schema.items ?? {})})[]`
  if (schema.patternProperties)
    return `Readonly<Record<string, ${typeOf(Object.values(schema.patternProperties)[0] ?? {})}>>`
  if (schema.type === 'object') return `{ ${fieldsOf(schema).join('; ')} }`
  return plain[schema.type ?? ''] ?? 'unknown'
}

function fieldsOf(schema: Schema): string[] {
  return Object.entries(schema.properties ?? {}).map(([name, field]) =>
    schema.required?.includes(name) ? `${name}: ${typeOf(field)}` : `${name}?: ${typeOf(field)} | undefined`,
  )
}

/** `order.ship` is `orderShip`. */
const functionName = (route: Route) =>
  route.name.replace(/[._](\w)/g, (_, letter: string) => letter.toUpperCase())

/** Path, query and body in one object: a field that two of them share stops the generator. A body of several shapes is one of them. */
function inputOf(route: Route): { fields: string[]; needed: boolean; shapes: string } {
  const parts = [route.input.params, route.input.query, route.input.body].filter((part) => part !== undefined)
  const seen = new Set<string>()
  let needed = false
  let shapes = ''
  const fields = parts.flatMap((part) => {
    const schema: Schema = part
    if (schema.anyOf) {
      shapes = ` & (${typeOf(schema)})`
      needed = true
    }
    for (const name of Object.keys(schema.properties ?? {})) {
      if (seen.has(name))
        throw new Error(`${route.name}: "${name}" is both in its path or query and in its body`)
      seen.add(name)
    }
    needed ||= (schema.required ?? []).length > 0
    return fieldsOf(schema)
  })
  return { fields, needed, shapes }
}

/** Answers that screens speak of by name. */
const named = {
  Member: "Answers['staff.list']['items'][number]",
  Deed: "Answers['audit']['items'][number]",
  Mail: `Answers['mail']['items'][number]`,
  Text: "Answers['places']['items'][number]['name']",
  Order: "Answers['order']",
  OrderMovement: "Answers['order.movements']['items'][number]",
  Product: "Answers['catalog.product']",
  StockRow: "Answers['stock']['items'][number]",
  StockMovement: "Answers['stock.movements']['items'][number]",
  Transfer: "Answers['transfers']['items'][number]",
  Shortage: "Answers['shortages']['items'][number]",
  Proof: "Answers['proof.run']['proof']",
  Follower: "Answers['followers']['items'][number]",
  Holder: "Answers['followers']['holders'][number]",
  Connection: "Answers['connector']['connection']",
  ConnectorKind: "Answers['connectors']['kinds'][number]",
  ConnectorMessage: "Answers['connector.messages']['items'][number]",
  Listing: "Answers['connector.listed']['items'][number]",
  Webhook: "Answers['webhooks']['items'][number]",
  WebhookDelivery: "Answers['webhook.deliveries']['items'][number]",
}

function functionOf(route: Route): string {
  const { fields, needed, shapes } = inputOf(route)
  const input = fields.length > 0 ? `input: { ${fields.join('; ')} }${shapes}${needed ? '' : ' = {}'}, ` : ''
  const call = `'${route.method}', '${route.path}', ${fields.length > 0 ? 'input' : '{}'}, options`
  return `/** ${route.summary} */\n${functionName(route)}: (${input}options?: Options) => send<Answers['${route.name}']>(${call}),`
}

/** The whole file, in the house's format. */
export function clientText(): string {
  const text = [
    '// Made by tools/client.ts from the routes of doors/http.',
    "import { createSend, type Options, type Settings } from './send.ts'",
    "export { Problem, type ProblemFields } from './send.ts'",
    '/** What each route answers. */',
    'export type Answers = {',
    ...routes.map((route) => `'${route.name}': ${typeOf(route.output)}`),
    '}',
    ...Object.entries(named).map(([name, type]) => `export type ${name} = ${type}`),
    'export type Client = ReturnType<typeof createClient>',
    'export function createClient(settings: Settings) {',
    'const send = createSend(settings)',
    'return {',
    ...routes.map(functionOf),
    '}',
    '}',
  ].join('\n')
  const formatter = path.join(root, 'node_modules/oxfmt/bin/oxfmt')
  const done = spawnSync(process.execPath, [formatter, '--stdin-filepath', clientFile], {
    cwd: root,
    input: text,
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(done.stderr || 'the formatter failed')
  return done.stdout
}

if (import.meta.main) {
  fs.writeFileSync(clientFile, clientText())
  console.log(`${routes.length} routes`)
}
