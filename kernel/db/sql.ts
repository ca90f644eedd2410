import { hash } from 'node:crypto'

/**
 * A statement is a value: a text that the server prepares once per call site, its values, and the tables it reads.
 * Values are always parameters; there is no way to splice text in.
 */
export type Statement = {
  readonly name: string
  readonly text: string
  readonly values: unknown[]
  readonly tables: readonly string[]
}
type Site = Pick<Statement, 'name' | 'text' | 'tables'>
const sites = new WeakMap<TemplateStringsArray, Site>()
let count = 0

export function sql(strings: TemplateStringsArray, ...values: unknown[]): Statement {
  let site = sites.get(strings)
  if (!site) {
    const text = strings.reduce((a, b, i) => `${a}$${i}${b}`)
    site = { name: `q${count++}`, text, tables: tablesOf(text) }
    sites.set(strings, site)
  }
  return { ...site, values: values.map((v) => (isNumbers(v) ? `{${v.join()}}` : v)) }
}
const isNumbers = (v: unknown): v is number[] =>
  Array.isArray(v) && v.length > 0 && v.every((n) => typeof n === 'number')
/** For texts made by the kernel from declared tables, and by lists from declared columns: never from input. */
export const raw = (name: string, text: string, values: unknown[]): Statement => ({
  // The server keeps 63 bytes of a name: two long ones that differ behind that would be taken for one.
  name: name.length < 60 ? name : `${name.slice(0, 30)} ${hash('sha256', name, 'hex').slice(0, 24)}`,
  text,
  values,
  tables: [],
})

const tablesOf = (text: string) =>
  [...text.matchAll(/\b(?:from|join)\s+([a-z_]+\.[a-z_]+)/g)].map((m) => m[1]!)
