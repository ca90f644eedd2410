import pg from 'pg'
import { prooves } from '#flows/reads'
import type { ClientConfig } from '#kernel/db'
import { prove, type Proof } from '#kernel/ledger'
import { step } from './progress.ts'

/** Proves the books of a database, as the application's role, and shows that it is under way. */
export async function proofOf(app: ClientConfig): Promise<Proof> {
  const client = new pg.Client(app)
  client.on('error', () => {})
  await client.connect()
  return step(
    '検算しています',
    'proving',
    prove(client, prooves).finally(() => client.end()),
  )
}
