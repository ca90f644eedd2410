import { parseArgs } from 'node:util'
import { SetupProblem } from '#kernel/embedded'
import { numberIn } from '../problems.ts'
import { untilTold } from '../until-told.ts'

export const help = `
akinai simulate amazon [--port N] [--host H]

Opens a simulated outside system, to try a connection against without an account there. Faults are planted by
POST /_simulator/faults {"kind": "429", "operation": "getOrders", "times": 3}; see connectors/amazon/README.md.
外部システムの模擬を開きます。アカウントがなくても連携を試せます。
`

export async function run(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    options: { port: { type: 'string' }, host: { type: 'string' } },
    allowPositionals: true,
  })
  if (positionals[0] !== 'amazon')
    throw new SetupProblem({
      code: 'no_simulator',
      ja: `「${positionals[0] ?? ''}」の模擬はありません。`,
      en: `There is no simulator of "${positionals[0] ?? ''}".`,
      todo: { ja: 'akinai simulate amazon', en: 'akinai simulate amazon' },
    })
  const { simulate } = await import('#connectors/amazon')
  const told = untilTold()
  const port = numberIn('--port', values.port ?? '9200')
  const simulator = await simulate({
    port,
    age_minutes: 0,
    ...(values.host !== undefined && { host: values.host }),
  }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    throw new SetupProblem({
      code: 'port_taken',
      ja: `ポート ${port} は別のプログラムが使っています。`,
      en: `Port ${port} is used by another program.`,
      todo: {
        ja: `akinai simulate amazon --port ${port + 1}`,
        en: `akinai simulate amazon --port ${port + 1}`,
      },
    })
  })
  process.stdout.write(`${simulator.url}\n`)
  await told
  await simulator.stop()
  return 0
}
