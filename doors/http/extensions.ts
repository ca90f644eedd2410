/** Finds what a merchant's own extensions declare: `extensions/NAME/index.ts` may say `export const fields = { … }`. */
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import Type from 'typebox'
import Value from 'typebox/value'
import { declareFields } from '#domains/catalog'
import { checked } from '#kernel/trust'
import { text } from './routes/shapes.ts'

const shape = Type.Record(
  Type.String(),
  Type.Object(
    { label: text, kind: Type.Enum(['text', 'number', 'yes_no']) },
    { additionalProperties: false },
  ),
)

export const ourExtensions = path.resolve(import.meta.dirname, '../../extensions')
/** An extension that says it wrongly stops the start, in words: its fields would be refused later, one product at a time. */
export async function loadExtensions(directory: string): Promise<void> {
  for (const file of fs.globSync('*/index.ts', { cwd: directory }).toSorted()) {
    const { fields } = checked<{ fields?: unknown }>(
      await import(pathToFileURL(path.join(directory, file)).href),
    )
    if (fields === undefined) continue
    const name = path.dirname(file)
    if (!Value.Check(shape, fields))
      throw new Error(
        `extensions/${name}: fields must be { key: { label: { ja, en }, kind: 'text' | 'number' | 'yes_no' } }`,
      )
    declareFields(name, fields)
  }
}
