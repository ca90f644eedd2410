import fs from 'node:fs'
import { parseArgs } from 'node:util'
import { loadConfig, secretKey } from '#kernel/config'
import { SetupProblem } from '#kernel/embedded'
import { openVault } from '#domains/persons'
import { erasureFile, NotRestored, restore } from '#doors/safety'
import { openDatabase } from '../database.ts'
import { say, step } from '../progress.ts'
import { proofOf } from '../proof.ts'

export const help = `
akinai restore FILE [--erasures FILE]

Fills the empty database of this installation (a new data directory, or another DATABASE_URL) from a backup: rows and
numbers as they were, whoever was erased since erased again (data/erasures.jsonl, or --erasures), the schema brought to this
version, then the books are proven. A database with anything in it is left alone; after a failure it is empty again.
控えから空のデータベースを作り直し、その後に消去した方をもう一度消去し、帳簿を検算します。空でないデータベースには触れません。
`
const words: Record<NotRestored['code'], { ja: string; en: string }> = {
  unreadable: { ja: '控えのファイルを読めません。', en: 'The backup cannot be read.' },
  broken: {
    ja: '控えのファイルは途中で切れているか、壊れています。',
    en: 'The backup is cut off or damaged.',
  },
  newer: {
    ja: 'この控えは、この版より新しいか、別のプログラムのものです。',
    en: 'The backup is of a later version than this one, or has been made by another program.',
  },
  occupied: {
    ja: 'このデータベースは空ではありません。',
    en: 'This database is not empty.',
  },
  key: {
    ja: 'この鍵は、控えを取った店のものではありません。個人情報を読めません。',
    en: 'The secret key is not that of the shop the backup was taken of: personal data could not be read.',
  },
}
/** A key of one's own would open, and nobody in the backup could ever be read. */
const keyMissing = (file: string) =>
  new SetupProblem({
    code: 'restore_key_missing',
    ja: `控えを取った店の鍵 ${file} がありません。何も変更していません。`,
    en: `The key of the shop that the backup was taken of is missing: ${file}. Nothing was changed.`,
    todo: {
      ja: '鍵の控えをそこに置くか、AKINAI_SECRET_KEY_FILE で場所を指定してください。',
      en: 'Put your copy of it there, or name its place with AKINAI_SECRET_KEY_FILE.',
    },
  })

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { erasures: { type: 'string' } },
  })
  const [file] = positionals
  if (file === undefined) {
    process.stderr.write(`${help.trim()}\n`)
    return 2
  }
  const config = loadConfig()
  if (!fs.existsSync(config.secretKeyFile)) throw keyMissing(config.secretKeyFile)
  const database = await openDatabase(config, say)
  try {
    const began = performance.now()
    const done = await step(
      '戻しています',
      'restoring',
      restore(database.owner, file, {
        erasures: values.erasures ?? erasureFile(config),
        vault: openVault(secretKey(config)),
      }),
    ).catch((error: unknown) => {
      if (error instanceof NotRestored)
        throw new SetupProblem({
          code: `restore_${error.code}`,
          ja: `${words[error.code].ja}何も変更していません。${error.message}`,
          en: `${words[error.code].en} Nothing was changed. ${error.message}`,
          todo:
            error.code === 'key'
              ? {
                  ja: '控えを取った店の鍵を置いてから、もう一度実行してください。',
                  en: 'Put the key of that shop in its place, and run this again.',
                }
              : {
                  ja: '別の控え、新しいデータの置き場所（AKINAI_DATA）、または新しい版を使ってください。',
                  en: 'Use another backup, a new data directory (AKINAI_DATA), or a later version.',
                },
        })
      throw error
    })
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    process.stdout.write(
      `✔ ${done.at}: ${done.rows} 行 / rows, ${done.tables} 表 / tables, ${done.erased} 人を再び消去 / erased again, ${seconds} s\n`,
    )
    const proof = await proofOf(database.app)
    process.stdout.write(
      proof.differences.length === 0
        ? `✔ 帳簿は合っています / the books balance (${proof.transfers} transfers)\n`
        : `${proof.differences.length} 件の食い違い / differences: akinai prove\n`,
    )
    return proof.differences.length === 0 ? 0 : 3
  } finally {
    await database.close()
  }
}
