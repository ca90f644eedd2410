import assert from 'node:assert/strict'
import fs from 'node:fs'
import { test } from 'node:test'
import { clientFile, clientText } from './client.ts'

test('the typed client says what the routes say', () => {
  const made = clientText()
  assert.match(made, /orderShip: \(/)
  assert.equal(
    fs.readFileSync(clientFile, 'utf8'),
    made,
    'run `node tools/client.ts` and commit apps/client/index.ts',
  )
})
