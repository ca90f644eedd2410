import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Shop } from './shop.ts'

/** What `akinai …` says on a shop's own database, with its key, and how it ends. */
export async function akinai(shop: Shop, ...words: string[]): Promise<{ status: number; said: string }> {
  const { host, port, user, database: name } = shop.database.owner
  const child = spawn(
    process.execPath,
    [path.resolve(import.meta.dirname, '../doors/cli/main.ts'), ...words],
    {
      env: {
        ...process.env,
        AKINAI_DATA: shop.config.dataDirectory,
        DATABASE_URL: `postgres://${user}@localhost/${name}?host=${encodeURIComponent(String(host))}&port=${port}`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [status] = await once(child, 'close')
  return { status: Number(status), said }
}
