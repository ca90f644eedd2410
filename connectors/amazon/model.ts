/** Amazon's own models (recordings/models.json), and whether a value is as they say. Needs nothing but Node. */
import fs from 'node:fs'

export type Schema = {
  $ref?: string
  type?: string
  format?: string
  enum?: readonly string[]
  required?: readonly string[]
  properties?: Record<string, Schema>
  items?: Schema
  allOf?: readonly Schema[]
  additionalProperties?: Schema | boolean
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  pattern?: string
}
type Parameter = Schema & {
  name: string
  in: 'query' | 'path' | 'body' | 'header'
  required?: boolean
  schema?: Schema
}
export type Operation = {
  model: string
  operation: string
  method: string
  path: string
  rate: number
  burst: number
  parameters: (Omit<Parameter, 'required'> & { required?: boolean })[]
  answers: Record<string, Schema | null>
}
export type Models = { operations: Operation[]; definitions: Record<string, Record<string, Schema>> }
export type Case = {
  model: string
  method: string
  path: string
  operationId: string
  status: string
  request: { parameters: Record<string, { value?: unknown }> }
  response: unknown
}

const recording = (name: string) => fs.readFileSync(new URL(`./recordings/${name}`, import.meta.url), 'utf8')
let read: Models | undefined
export const models = (): Models => (read ??= JSON.parse(recording('models.json')) as Models)
export const sandboxCases = (): Case[] =>
  recording('sandbox-cases.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case)
    .map((c) => ({ ...c, status: String(c.status) }))
type Kept = 'listings_feed' | 'listings_report' | 'order_change' | 'order_change_example'
/** Schemas of what is no operation: feeds, their reports, notices. */
export const schemas = () => JSON.parse(recording('schemas.json')) as Record<Kept, object>

export const operationOf = (model: string, name: string): Operation =>
  models().operations.find((o) => o.model === model && o.operation === name)!

const isMoment = (text: string) =>
  /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text) &&
  !Number.isNaN(Date.parse(text))

/** What is not as the schema says, each with its place. */
export function faultsOf(
  model: string,
  schema: Schema | null | undefined,
  value: unknown,
  at = '',
): string[] {
  if (!schema) return []
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1)!
    return faultsOf(model, models().definitions[model]![name], value, at)
  }
  const faults = (schema.allOf ?? []).flatMap((s) => faultsOf(model, s, value, at))
  if (schema.enum && !schema.enum.includes(value as string)) faults.push(`${at} is none of its values`)
  switch (schema.type ?? (schema.properties ? 'object' : undefined)) {
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return [...faults, `${at} is no object`]
      for (const name of schema.required ?? []) if (!(name in value)) faults.push(`${at}/${name} is missing`)
      for (const [name, part] of Object.entries(value)) {
        const known = schema.properties?.[name]
        if (known) faults.push(...faultsOf(model, known, part, `${at}/${name}`))
      }
      return faults
    }
    case 'array':
      if (!Array.isArray(value)) return [...faults, `${at} is no list`]
      if (schema.maxItems !== undefined && value.length > schema.maxItems) faults.push(`${at} is too long`)
      if (schema.minItems !== undefined && value.length < schema.minItems) faults.push(`${at} is too short`)
      return [...faults, ...value.flatMap((v, i) => faultsOf(model, schema.items, v, `${at}/${i}`))]
    case 'string':
      if (typeof value !== 'string') return [...faults, `${at} is no text`]
      if (schema.format === 'date-time' && !isMoment(value)) faults.push(`${at} is no moment`)
      if (schema.minLength !== undefined && value.length < schema.minLength) faults.push(`${at} is too short`)
      if (schema.maxLength !== undefined && value.length > schema.maxLength) faults.push(`${at} is too long`)
      if (schema.pattern && !new RegExp(schema.pattern).test(value)) faults.push(`${at} has another form`)
      return faults
    case 'integer':
    case 'number':
      if (typeof value !== 'number' || (schema.type === 'integer' && !Number.isInteger(value)))
        return [...faults, `${at} is no number`]
      if (schema.minimum !== undefined && value < schema.minimum) faults.push(`${at} is too small`)
      if (schema.maximum !== undefined && value > schema.maximum) faults.push(`${at} is too large`)
      return faults
    case 'boolean':
      return typeof value === 'boolean' ? faults : [...faults, `${at} is no truth value`]
    default:
      return faults
  }
}

/** A small value that is as the schema says: what is asked of operations that keep no state here. */
export function sample(model: string, schema: Schema | null | undefined, depth = 0): unknown {
  if (!schema) return undefined
  if (schema.$ref) {
    return depth > 12
      ? {}
      : sample(model, models().definitions[model]![schema.$ref.split('/').at(-1)!], depth + 1)
  }
  if (schema.enum) return schema.enum[0]
  if (schema.type === 'array') return schema.minItems ? [sample(model, schema.items, depth + 1)] : []
  if (schema.type === 'string') return schema.format === 'date-time' ? '2026-01-01T00:00:00Z' : 'text'
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1
  if (schema.type === 'boolean') return false
  return Object.fromEntries(
    (schema.required ?? []).map((name) => [name, sample(model, schema.properties?.[name], depth + 1)]),
  )
}
/** A request's faults by the model: parameters there and well-formed, body by its schema. */
export function requestFaults(
  o: Operation,
  asked: { path: Record<string, string>; query: URLSearchParams; body: unknown },
): string[] {
  return o.parameters.flatMap((p) => {
    if (p.in === 'body') {
      if (asked.body === undefined) return p.required ? ['/body is missing'] : []
      return faultsOf(o.model, p.schema, asked.body, '/body')
    }
    if (p.in === 'header') return []
    const told = p.in === 'path' ? asked.path[p.name] : (asked.query.get(p.name) ?? undefined)
    if (told === undefined) return p.required ? [`/${p.in}/${p.name} is missing`] : []
    const { required: _, ...schema } = p
    const value =
      p.type === 'array'
        ? told.split(',')
        : p.type === 'integer'
          ? Number(told)
          : p.type === 'boolean'
            ? told === 'true'
            : told
    return faultsOf(o.model, { ...schema } as Schema, value, `/${p.in}/${p.name}`)
  })
}
