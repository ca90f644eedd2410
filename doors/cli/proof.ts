import pg from 'pg'
import { differencesOf, verifyChain } from '#doors/audit'
import type { Vault } from '#domains/persons'
import { prooves } from '#flows/reads'
import { pool, type ClientConfig } from '#kernel/db'
import { prove, type Proof } from '#kernel/ledger'
import { step } from './progress.ts'

/** Proves the books of a database and the chain of its audit log, as the application's role, and shows that it is under way. */
export async function proofOf(app: ClientConfig, vault?: Vault): Promise<Proof> {
  const client = new pg.Client(app)
  client.on('error', () => {})
  await client.connect()
  const connections = pool(app, 1)
  return step(
    '検算しています',
    'proving',
    (async () => {
      try {
        const books = await prove(client, prooves)
        // The marks in a restored log are of the key that it was written under, which may be elsewhere still.
        if (!vault) return books
        const log = await verifyChain(connections, vault)
        return {
          ...books,
          differences: [...books.differences, ...differencesOf(log)],
          more: books.more || log.more,
        }
      } finally {
        await client.end()
        await connections.end()
      }
    })(),
  )
}
