import { parseArgs } from 'node:util'
import { buildApps } from '#doors/apps'
import { loadConfig } from '#kernel/config'
import { migrate } from '#kernel/db'
import { say, step } from '../progress.ts'
import { keepOpen } from '../shop.ts'

export const help = `
akinai start [--empty] [--port N]

Starts the database (embedded in ./data, or DATABASE_URL), migrates it, loads the sample shop on the first run,
builds the screens whose sources changed, and opens the shop. Ctrl-C finishes what was begun and closes.
データベースを起こし、移行し、初回は見本の店を入れ、変わった画面を組み立てて店を開きます。Ctrl-C で閉じます。

  --empty    no sample shop / 見本の店を入れない
  --port N   listen on port N (as AKINAI_PORT) / ポート

Settings: akinai config / 設定の一覧: akinai config
`

export async function run(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: { empty: { type: 'boolean' }, port: { type: 'string' } },
  })
  const config = loadConfig({
    ...process.env,
    ...(values.port !== undefined && { AKINAI_PORT: values.port }),
    ...(values.empty && { AKINAI_SAMPLE_SHOP: 'false' }),
  })
  let sampled = false
  let owner: string | undefined
  return keepOpen(
    config,
    async (database) => {
      const { app } = database
      await step('データベースを移行しています', 'migrating the database', migrate(database.owner, say))
      if (config.sampleShop) {
        const { loadSample } = await import('#doors/sample')
        sampled = await step(
          '見本の店を入れています',
          'loading the sample shop',
          loadSample({ config, app, full: true }),
        )
      }
      // A link is for whoever sits at this terminal; where the output goes to a file, none is made. The sample has its owner.
      if (process.stdout.isTTY && !sampled) {
        const { firstOwnerPath } = await import('../first-owner.ts')
        owner = await firstOwnerPath(config, app)
      }
      await buildApps(say)
    },
    (url) => greeting(url, sampled, owner),
  )
}

async function greeting(url: string, withSample: boolean, owner: string | undefined): Promise<string> {
  const places = [
    ['店 / shop', '/'],
    ['管理画面 / console', '/console/'],
    ['レジ / till', '/till/'],
    ['API', '/api'],
  ]
  const lines = ['', ...places.map(([name = '', path = '']) => `  ${url}${path.padEnd(16)} ${name}`), '']
  if (withSample) {
    const { sample } = await import('#sample')
    lines.push('  見本の店の担当者 / sample staff:')
    for (const { email, password, role, pin } of sample.staff)
      lines.push(
        `    ${email.padEnd(28)} ${password.padEnd(22)} ${role}${pin === undefined ? '' : ` (till PIN ${pin})`}`,
      )
    const till = sample.tills[0]
    if (till) lines.push('', `  見本のレジ / sample till: ${till.code}  ${till.deviceKey}`)
    lines.push('')
  }
  if (owner !== undefined)
    lines.push(
      '  まだ誰も登録していません。最初のオーナーになる方は、このリンクを開いてください（一度だけ、24時間有効）:',
      '  Nobody has signed up yet. Whoever is to be the first owner opens this link (good once, for 24 hours):',
      '',
      `  ${url}${owner}`,
      '',
    )
  return [...lines, '  Ctrl-C で閉じる / closes', ''].join('\n')
}
