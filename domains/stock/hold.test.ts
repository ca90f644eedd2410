import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Gate, type Tx } from '#kernel/gate'
import { freshDatabase, type FreshDatabase } from '#testing'
import { hold, receive, release } from './index.ts'

let database: FreshDatabase
let gate: Gate
before(async () => {
  database = await freshDatabase()
  gate = await Gate.open(database.app)
})
after(async () => {
  await gate.close()
  await database.drop()
})

test('of several lines, the one of which there are too few is named', async () => {
  const claim = (n: number, quantity: number) => ({
    sku: n,
    place: 1,
    shelf: n,
    allocation: n,
    code: `SKU-${n}`,
    quantity,
  })
  await gate.run(async function fill(tx: Tx) {
    receive(tx, { place: 1, lines: [claim(1, 9), claim(2, 9)] })
    hold(tx, { order: 1, lines: [claim(1, 5), claim(2, 2)] })
  }, {})
  const back = gate.run(async (tx: Tx) => release(tx, { order: 1, lines: [claim(1, 5), claim(2, 3)] }), {})
  await assert.rejects(back, { code: 'stock.not_enough', detail: { sku: 'SKU-2', has: 2, wanted: 3 } })
})
