/** What an address says becomes numbers and truth values: the plain cases read by themselves are what the library makes of them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import Type, { type TSchema } from 'typebox'
import Value from 'typebox/value'
import { checker } from './check.ts'
import { InvalidInput } from './problem.ts'

const kinds: Record<string, TSchema> = {
  text: Type.String(),
  number: Type.Integer(),
  amount: Type.Number(),
  truth: Type.Boolean(),
  choice: Type.Enum(['new', '-price', '7']),
  perhaps: Type.Union([Type.Integer(), Type.Null()]),
  many: Type.Array(Type.String()),
}
const texts = [
  '',
  '0',
  '-0',
  '00',
  '7',
  '-7',
  '+7',
  ' 7',
  '7.5',
  '1e3',
  '999999999999999',
  '9007199254740993',
]
texts.push(
  'true',
  'false',
  'TRUE',
  '1',
  'null',
  'new',
  '-price',
  '一',
  'NaN',
  'Infinity',
  '0x10',
  '__proto__',
)

test('each text, as each kind, is read and refused as before', () => {
  let compared = 0
  for (const [name, kind] of Object.entries(kinds)) {
    const schema = Type.Object({ [name]: Type.Optional(kind) }, { additionalProperties: false })
    const check = checker(schema, true)
    for (const text of texts)
      for (const value of [{ [name]: text }, { [name]: text, other: '1' }]) {
        const expected = Value.Convert(schema, structuredClone(value))
        if (Value.Check(schema, expected))
          assert.deepEqual(check(value, 'query'), expected, `${name}=${text}`)
        else assert.throws(() => check(value, 'query'), InvalidInput, `${name}=${text}`)
        compared++
      }
  }
  assert.equal(compared, 2 * texts.length * Object.keys(kinds).length)
})
