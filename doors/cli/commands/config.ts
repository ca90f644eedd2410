import { parseArgs } from 'node:util'
import { describeConfig } from '#kernel/config'

export const help = `
akinai config [--json] [--defaults]

Lists every setting: its name in akinai.config.json, its environment variable, its value and where that comes from,
its default. Secrets are masked. Order: environment, file (AKINAI_CONFIG or ./akinai.config.json), default.
すべての設定を、名前・環境変数・今の値とその出どころ・既定値とともに示します。秘密は伏せます。

  --defaults   as if nothing were set / 何も設定しない場合の値
  --json       for programs
`

export async function run(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: { json: { type: 'boolean' }, defaults: { type: 'boolean' } },
  })
  // Defaults can be listed also while the file or the environment is broken, which is when one wants to see them.
  const list = values.defaults ? describeConfig({}, '/') : describeConfig()
  if (values.json) process.stdout.write(`${JSON.stringify(list, null, 2)}\n`)
  else
    for (const { name, env, value, fallback, source, ja, en } of list)
      process.stdout.write(
        `${name} = ${value}\n    ${env} · from ${source} · default ${fallback}\n    ${ja}\n    ${en}\n`,
      )
  return 0
}
