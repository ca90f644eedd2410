import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lost, outage, raw, sql } from './index.ts'

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
test('a database that is away or full is told from what is somebody’s own', () => {
  for (const code of ['53100', 'ENOSPC', 'EDQUOT']) assert.equal(outage({ code }), 'full', code)
  for (const code of ['57P03', '08006', 'ECONNREFUSED', '53300', '58030'])
    assert.equal(outage({ code }), 'away', code)
  assert.equal(outage({ code: 'ENOENT', syscall: 'connect' }), 'away')
  for (const code of ['23505', '40P01', '22P02', '42501']) assert.equal(outage({ code }), undefined, code)
  assert.equal(outage({ code: 'ENOENT', syscall: 'open' }), undefined, 'a file of ours is missing: a fault')
  for (const other of [new Error('anything else'), undefined, 'text']) assert.equal(outage(other), undefined)
})
