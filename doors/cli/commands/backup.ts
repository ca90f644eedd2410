import { parseArgs } from 'node:util'
import { loadConfig } from '#kernel/config'
import { SetupProblem } from '#kernel/embedded'
import { backup } from '#doors/safety'
import { demandMigrated, openDatabase } from '../database.ts'
import { say, step } from '../progress.ts'
import { version } from '#doors/http'

export const help = `
akinai backup FILE

Writes everything in the database to one file (gzip), as it is at one moment, while the shop stays open. FILE appears when
it is whole. The secret key is not in it: keep a copy of it in another place, and data/erasures.jsonl with it.
営業しながら、ある時点のデータベース全体を一つのファイルに書き出します。鍵は含みません。鍵と data/erasures.jsonl は別の場所に控えてください。
`

export async function run(words: string[]): Promise<number> {
  const { positionals } = parseArgs({ args: words, allowPositionals: true, options: {} })
  const [file] = positionals
  if (file === undefined) {
    process.stderr.write(`${help.trim()}\n`)
    return 2
  }
  const database = await openDatabase(loadConfig(), say)
  try {
    await demandMigrated(database.owner)
    const began = performance.now()
    const made = await step(
      '控えを取っています',
      'writing a backup',
      backup(database.owner, file, { version, at: new Date() }),
    ).catch((error: unknown) => {
      const { code } = error as { code?: string }
      if (code === 'EEXIST' || code === 'ENOENT' || code === 'EACCES' || code === 'ENOSPC')
        throw new SetupProblem({
          code: 'backup_file',
          ja: `${file} に書けません（${code}）。`,
          en: `${file} cannot be written (${code}).`,
          todo: {
            ja: '空きのある、書き込める場所を指定してください。途中のファイル（.part）が残っていれば消してください。',
            en: 'Name a place with room that can be written to. Remove a .part that an earlier run has left.',
          },
        })
      throw error
    })
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    process.stdout.write(
      `✔ ${file}: ${made.rows} 行 / rows, ${made.tables} 表 / tables, ${(made.bytes / 1e6).toFixed(1)} MB, ${seconds} s\n`,
    )
    return 0
  } finally {
    await database.close()
  }
}
