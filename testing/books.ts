import assert from 'node:assert/strict'
import pg from 'pg'
import { prove, type Check } from '#kernel/ledger'

/** P4, for an `after`: whatever a test file did, the books it leaves behind are balanced. */
export async function proveBooks(config: pg.ClientConfig, more: readonly Check[] = []): Promise<void> {
  const client = new pg.Client(config)
  client.on('error', () => {})
  await client.connect()
  try {
    const proof = await prove(client, more)
    assert.deepEqual(proof.differences, [])
    console.log(`# books: transfers ${proof.transfers}, accounts ${proof.accounts}, differences 0`)
  } finally {
    await client.end()
  }
}
