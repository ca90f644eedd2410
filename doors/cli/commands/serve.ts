import { parseArgs } from 'node:util'
import { loadConfig } from '#kernel/config'
import { demandMigrated } from '../database.ts'
import { keepOpen } from '../shop.ts'

export const help = `
akinai serve [--port N]

Opens a shop that is prepared already: no migration, no sample, no building of screens. For production, where
\`akinai migrate\` ran first and several server processes share one DATABASE_URL.
準備済みの店を開きます（移行・見本・組み立てなし）。本番で、先に akinai migrate を行い、複数動かすときに。
`

export async function run(words: string[]): Promise<number> {
  const { values } = parseArgs({ args: words, options: { port: { type: 'string' } } })
  const config = loadConfig({
    ...process.env,
    ...(values.port !== undefined && { AKINAI_PORT: values.port }),
  })
  return keepOpen(
    config,
    ({ owner }) => demandMigrated(owner),
    async (url) => `${url}\n`,
  )
}
