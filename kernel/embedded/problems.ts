import { SetupProblem } from './setup-problem.ts'

/** Every way the embedded database can keep the shop from opening, in words. Kept together so that they sound alike. */

export const noBinaries = (platform: string, cause: unknown) =>
  new SetupProblem({
    code: 'database_not_shipped',
    ja: `この環境（${platform}）向けの PostgreSQL が見つかりません。データには触れていません。`,
    en: `No PostgreSQL for this platform (${platform}) is installed. No data was touched.`,
    todo: {
      ja: '`npm ci` をやり直すか、DATABASE_URL で PostgreSQL 15 以降を指定してください。',
      en: 'Run `npm ci` again, or point DATABASE_URL at a PostgreSQL 15 or later.',
    },
    cause,
  })

export const unwritable = (directory: string, cause: unknown) =>
  new SetupProblem({
    code: 'directory_unwritable',
    ja: `データの置き場所 ${directory} に書き込めません。既にあるデータは変わっていません。`,
    en: `The data directory ${directory} cannot be written. Data already there is unchanged.`,
    todo: {
      ja: '書き込み権限を直すか、AKINAI_DATA で別の場所を指定してください。',
      en: 'Give write permission, or choose another place with AKINAI_DATA.',
    },
    cause,
  })

export const anothersDirectory = (directory: string, uid: number) =>
  new SetupProblem({
    code: 'directory_of_another_user',
    ja: `データの置き場所 ${directory} は別の利用者（uid ${uid}）のものです。データは変わっていません。`,
    en: `The data directory ${directory} belongs to another user (uid ${uid}). The data is unchanged.`,
    todo: {
      ja: `前回と同じ利用者で起動するか、管理者が所有者を変えてください（chown -R）。`,
      en: 'Start as the same user as last time, or have the administrator change its owner (chown -R).',
    },
  })

export const notACluster = (directory: string) =>
  new SetupProblem({
    code: 'directory_not_empty',
    ja: `${directory} は空でなく、PostgreSQL のデータでもありません。中のファイルは変わっていません。`,
    en: `${directory} is not empty and holds no PostgreSQL data. The files in it are unchanged.`,
    todo: {
      ja: 'AKINAI_DATA で別の場所を指定するか、その中身を移してください。',
      en: 'Choose another place with AKINAI_DATA, or move those files away.',
    },
  })

export const otherVersion = (directory: string, found: string, ours: string) =>
  new SetupProblem({
    code: 'data_of_another_version',
    ja: `${directory} は PostgreSQL ${found} のデータです。同梱版は ${ours} なので開けません。データは変わっていません。`,
    en: `${directory} was written by PostgreSQL ${found}; the one shipped is ${ours} and cannot open it. The data is unchanged.`,
    todo: {
      ja: `それを書いた版の Akinai でバックアップ（\`akinai backup\`）を取り、この版で戻す（\`akinai restore\`）か、PostgreSQL ${found} を起動して DATABASE_URL で指定してください。`,
      en: `Back it up with the Akinai that wrote it (\`akinai backup\`) and restore it here (\`akinai restore\`), or run PostgreSQL ${found} yourself and set DATABASE_URL.`,
    },
  })

export const diskFull = (directory: string, cause?: unknown) =>
  new SetupProblem({
    code: 'disk_full',
    ja: `${directory} のあるディスクに空きがありません。確定済みのデータは失われていません。`,
    en: `The disk that holds ${directory} is full. Nothing that was committed is lost.`,
    todo: {
      ja: '1 GB 以上の空きを作ってから、もう一度起動してください。データベースのファイルは消さないでください。',
      en: 'Free at least 1 GB and start again. Do not delete files of the database.',
    },
    cause,
  })

export const portTaken = (port: number) =>
  new SetupProblem({
    code: 'database_port_taken',
    ja: `データベース用のポート ${port} は別のプログラムが使っています。データは変わっていません。`,
    en: `Port ${port}, asked for by the database, is used by another program. The data is unchanged.`,
    todo: {
      ja: 'そのプログラムを止めるか、別のポートを指定してください。',
      en: 'Stop that program, or choose another port.',
    },
  })

export const locked = (directory: string, pid: number | undefined) =>
  new SetupProblem({
    code: 'directory_in_use',
    ja: `${directory} は別のデータベース${pid ? `（プロセス ${pid}）` : ''}が使用中で、接続もできません。データは変わっていません。`,
    en: `${directory} is held by another database server${pid ? ` (process ${pid})` : ''} that does not let us in. The data is unchanged.`,
    todo: {
      ja: `${pid ? `プロセス ${pid} が PostgreSQL なら` : 'それを'}終了させてから起動してください。PostgreSQL でなければ（再起動で番号が使い回された場合）postmaster.pid を消して起動してください。`,
      en: `${pid ? `If process ${pid} is a PostgreSQL, end it` : 'End it'} and start again. If it is some other program (a number reused after a reboot), remove postmaster.pid and start again.`,
    },
  })

export const cannotLeaveRoot = (place: string, cause: unknown) =>
  new SetupProblem({
    code: 'cannot_leave_root',
    ja: `root で起動されましたが、PostgreSQL は root では動かず、一般の利用者からは ${place} に入れません。データは変わっていません。`,
    en: `Started as root; PostgreSQL will not run as root, and no ordinary user can enter ${place}. The data is unchanged.`,
    todo: {
      ja: '一般の利用者で起動するか、Akinai を /srv/akinai など誰でも入れる場所に置いてください。',
      en: 'Start as an ordinary user, or put Akinai where every user may enter, such as /srv/akinai.',
    },
    cause,
  })

export const wouldNotStart = (logFile: string, lastWords: string) =>
  new SetupProblem({
    code: 'database_would_not_start',
    ja: `データベースが起動しませんでした。最後の記録:\n${lastWords}`,
    en: `The database did not start. Its last words:\n${lastWords}`,
    todo: {
      ja: `全文は ${logFile} にあります。データには手を加えていません。`,
      en: `The whole log is in ${logFile}. The data was not altered by us.`,
    },
  })

/** Turns what the operating system said about a file into words; anything it does not know passes through. */
export function fileProblem(directory: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(directory, error)
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT', 'EEXIST', 'EBUSY'].includes(String(code)))
    return unwritable(directory, error)
  return error
}
