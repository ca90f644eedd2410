import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { SetupProblem } from '#kernel/embedded'
import type { Config } from './load.ts'

/** The cluster's place in the data directory. */
export const databaseDirectory = (config: Config) => path.join(config.dataDirectory, 'postgres')

/**
 * The key under which the keys of persons lie, made on the first start. Where a database exists without its key a new
 * one is never made: it would open, and every person in it would be unreadable for ever.
 */
export function secretKey(config: Config): Buffer {
  const file = config.secretKeyFile
  try {
    if (!fs.existsSync(file)) make(file, config)
    const key = fs.readFileSync(file)
    if (key.length === 32) return key
    throw problem(
      'secret_key_malformed',
      `鍵 ${file} が 32 バイトではありません。`,
      `The key ${file} is not 32 bytes long.`,
    )
  } catch (error) {
    if (error instanceof SetupProblem) throw error
    throw problem(
      'secret_key_unreadable',
      `鍵 ${file} を読み書きできません。`,
      `The key ${file} cannot be read or written.`,
      error,
    )
  }
}

function make(file: string, config: Config): void {
  if (fs.existsSync(path.join(databaseDirectory(config), 'PG_VERSION')))
    throw problem(
      'secret_key_missing',
      `データベースはありますが、鍵 ${file} がありません。`,
      `There is a database, but its key ${file} is missing.`,
    )
  fs.mkdirSync(path.dirname(file), { recursive: true })
  // Written whole beside its place and linked there: a kill half-way leaves no short key, and of two starts at once
  // both read the key of the first.
  const draft = `${file}.${process.pid}`
  const handle = fs.openSync(draft, 'w', 0o600)
  fs.writeSync(handle, randomBytes(32))
  fs.fsyncSync(handle)
  fs.closeSync(handle)
  try {
    fs.linkSync(draft, file)
  } catch (error) {
    if (!fs.existsSync(file)) throw error
  } finally {
    fs.rmSync(draft, { force: true })
  }
}

const problem = (code: string, ja: string, en: string, cause?: unknown) =>
  new SetupProblem({
    code,
    ja: `${ja}データは変わっていません。`,
    en: `${en} The data is unchanged.`,
    todo: {
      ja: '控えから鍵を戻すか、AKINAI_SECRET_KEY_FILE で正しい場所を指定してください。新しい鍵では既存の個人情報は読めません。',
      en: 'Put the key back from your copy, or name its place with AKINAI_SECRET_KEY_FILE. A new key cannot read the personal data already there.',
    },
    cause,
  })
