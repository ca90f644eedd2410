import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lost, raw, sql } from './index.ts'

test('a statement is prepared once per call site, its values are parameters, its tables are known', () => {
  const ask = (id: number) =>
    sql`select 1 from test.cart c join test.line l on l.cart = c.id where c.id = ${id}`
  assert.equal(ask(1).name, ask(2).name)
  assert.deepEqual(ask(7).values, [7])
  assert.equal(ask(7).text.includes('$1'), true)
  assert.deepEqual(ask(7).tables, ['test.cart', 'test.line'])
})
test('two long names that differ at their end stay two names, within what the server keeps', () => {
  const long = 'update fulfilment.allocation state,place,quantity,picked,packed,'
  const [a, b] = [raw(`${long}shipped`, '', []), raw(`${long}closed`, '', [])]
  assert.notEqual(a.name, b.name)
  assert.ok(Buffer.byteLength(a.name) < 63)
  assert.equal(raw('short', '', []).name, 'short')
})
test('what is worth another try is told from what is not', () => {
  for (const code of ['57P01', '57P03', '08006', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', '25P03'])
    assert.equal(lost({ code }), true, code)
  for (const code of ['23505', '57014', '42501', '25P02', '40P01']) assert.equal(lost({ code }), false, code)
  assert.equal(lost(new Error('Connection terminated unexpectedly')), true)
  for (const other of [new Error('anything else'), undefined, null, 'text']) assert.equal(lost(other), false)
})
