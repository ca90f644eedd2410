import assert from 'node:assert/strict'
import { Compile } from 'typebox/schema'

type Shape = { properties?: object; additionalProperties?: unknown }
/** A shape as it is meant: what it does not name is not there. Described openly, so that a newer server may say more. */
function exact(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(exact)
  if (typeof schema !== 'object' || schema === null) return schema
  const s = schema as Shape
  return {
    ...Object.fromEntries(Object.entries(s).map(([name, part]) => [name, exact(part)])),
    ...(s.properties && s.additionalProperties === undefined && { additionalProperties: false }),
  }
}

/** Holds every answer of a server against its route's own shape, whichever test asked. */
export function witnesses() {
  const shapes = new Map<object, ReturnType<typeof Compile>>()
  const seen = new Map<string, number>()
  const wrong = new Set<string>()
  return {
    /** How often each route has answered in its shape. */
    seen,
    wrong,
    witness(route: { name: string; output: object }, answer: string) {
      let shape = shapes.get(route.output)
      if (!shape) shapes.set(route.output, (shape = Compile(exact(route.output) as never)))
      const value: unknown = JSON.parse(answer)
      if (shape.Check(value)) return void seen.set(route.name, (seen.get(route.name) ?? 0) + 1)
      for (const e of shape.Errors(value)[1].slice(0, 5))
        wrong.add(`${route.name} answered ${e.instancePath || '/'}: ${e.message}`)
    },
    /** For the end of a test file. */
    demandNone() {
      assert.deepEqual([...wrong], [], 'answers that are not as their routes say')
    },
  }
}
