import { Unfit } from '#kernel/db'
import { SetupProblem } from '#kernel/embedded'
import { Refusal, words } from '#kernel/refusal'

const unchanged = { ja: 'データは変わっていません。', en: 'The data is unchanged.' }

/** Words for what keeps a command from running; what it does not know comes back as it was. */
export function asSetupProblem(error: unknown): unknown {
  if (error instanceof Unfit) return unfit(error)
  if (error instanceof Refusal) return refused(error)
  const code = codeOf(error)
  if (
    code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ||
    code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL' ||
    code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE'
  )
    return misused(error)
  return error
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined
const said = (error: unknown) => (error instanceof Error ? error.message : String(error))

function refused(error: Refusal): SetupProblem {
  const [ja, en] = (['ja', 'en'] as const).map((lang) => words(error.code, error.detail, lang))
  return new SetupProblem({
    code: error.code,
    ja: ja!.title,
    en: en!.title,
    todo: { ja: ja!.todo ?? unchanged.ja, en: en!.todo ?? unchanged.en },
  })
}

export const misused = (error: unknown) =>
  new SetupProblem({
    code: 'misused',
    ja: `この書き方は分かりません: ${said(error)}`,
    en: `Not understood: ${said(error)}`,
    todo: { ja: '--help で使い方を見てください。', en: 'See --help.' },
  })
/** An option that names a number. */
export function numberIn(option: string, text: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw misused(`${option} ${text}`)
  return Number(text)
}

function unfit(error: Unfit): SetupProblem {
  const words = {
    too_old: {
      ja: `${error.message} は古すぎます。PostgreSQL 15 以降が必要です。`,
      en: `${error.message} is too old: PostgreSQL 15 or later is needed.`,
      todo: {
        ja: '新しい PostgreSQL を DATABASE_URL で指定するか、DATABASE_URL を外して同梱のものを使ってください。',
        en: 'Point DATABASE_URL at a newer PostgreSQL, or leave it out and use the embedded one.',
      },
    },
    role: {
      ja: `アプリケーション用の役割 akinai_app を用意できません: ${error.message}`,
      en: `The application's own role akinai_app cannot be made: ${error.message}`,
      todo: {
        ja: 'DATABASE_URL のユーザーに CREATEROLE を与えるか、管理者に「create role akinai_app login」を頼んでください。この役割は何も所有せず、台帳を書き換えられません。',
        en: 'Give the user in DATABASE_URL the right CREATEROLE. The role owns nothing and cannot rewrite the ledger; without it Akinai does not start.',
      },
    },
    changed: {
      ja: `適用済みの移行ファイルが書き換えられています: ${error.message}`,
      en: `A migration that was applied has been altered since: ${error.message}`,
      todo: {
        ja: 'ファイルを元に戻してください。変更は新しい番号のファイルで行います。',
        en: 'Put the file back as it was. Changes are made by a new file with a new number.',
      },
    },
    held: {
      ja: `移行 ${error.message} が変える表を、長い処理が使い続けています。`,
      en: `A long transaction holds the table that migration ${error.message} changes.`,
      todo: {
        ja: '控え（akinai backup）や長い集計が終わるのを待って、もう一度実行してください。途中から続きます。',
        en: 'Wait for a backup (akinai backup) or a long report to end and run it again. It goes on from there.',
      },
    },
    newer: {
      ja: `データベースはより新しい版の Akinai のものです: ${error.message}`,
      en: `The database belongs to a newer Akinai: ${error.message}`,
      todo: { ja: 'その版の Akinai で起動してください。', en: 'Start it with that version.' },
    },
  }[error.code]
  return new SetupProblem({
    code: `database_${error.code}`,
    ja: words.ja + unchanged.ja,
    en: `${words.en} ${unchanged.en}`,
    todo: words.todo,
    cause: error,
  })
}

export const unreachable = (place: string, error: unknown) =>
  new SetupProblem({
    code: 'database_unreachable',
    ja: `DATABASE_URL のデータベース（${place}）に入れません: ${said(error)}。${unchanged.ja}`,
    en: `The database of DATABASE_URL (${place}) does not let us in: ${said(error)}. ${unchanged.en}`,
    todo: {
      ja: '動いているか、ホスト・ユーザー名・パスワード・データベース名が正しいかを確かめてください。',
      en: 'See that it runs, and that address, user, password and database name are right.',
    },
    cause: error,
  })

export const portTaken = (host: string, port: number) =>
  new SetupProblem({
    code: 'port_taken',
    ja: `${host}:${port} は別のプログラムが使っています（すでに Akinai が動いているかもしれません）。${unchanged.ja}`,
    en: `${host}:${port} is used by another program (perhaps Akinai is running already). ${unchanged.en}`,
    todo: {
      ja: `それを止めるか、AKINAI_PORT=${port + 1} のように別のポートで起動してください。`,
      en: `Stop it, or start with another port, such as AKINAI_PORT=${port + 1}.`,
    },
  })

export const cannotListen = (host: string, port: number, error: unknown) =>
  new SetupProblem({
    code: 'cannot_listen',
    ja: `${host}:${port} で待ち受けできません: ${said(error)}。${unchanged.ja}`,
    en: `Cannot listen on ${host}:${port}: ${said(error)}. ${unchanged.en}`,
    todo: {
      ja: 'AKINAI_HOST をこの機械のアドレスに、AKINAI_PORT を 1024 以上にしてください。',
      en: 'Set AKINAI_HOST to an address of this machine and AKINAI_PORT to 1024 or more.',
    },
  })

export const notMigrated = (count: number) =>
  new SetupProblem({
    code: 'not_migrated',
    ja: `データベースはこの版の形になっていません（未適用 ${count} 件）。${unchanged.ja}`,
    en: `The database is not at this version: ${count} migrations are missing. ${unchanged.en}`,
    todo: { ja: '先に `npx akinai migrate` を実行してください。', en: 'Run `npx akinai migrate` first.' },
  })
