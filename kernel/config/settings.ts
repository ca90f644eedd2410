import Type, { type Static, type TSchema } from 'typebox'

export type Setting<T extends TSchema = TSchema> = {
  readonly env: string
  readonly type: T
  readonly default?: Static<T>
  /** In words, where the default follows from other settings. */
  readonly otherwise?: string
  readonly secret?: true
  readonly ja: string
  readonly en: string
}
const setting = <T extends TSchema>(it: Setting<T>) => it
const count = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum })

/** Every setting there is. What is not here cannot be set. */
export const settings = {
  dataDirectory: setting({
    env: 'AKINAI_DATA',
    type: Type.String({ minLength: 1 }),
    default: './data',
    ja: 'データの置き場所（データベース、鍵、ファイル）',
    en: 'Where data lives: database, key, files',
  }),
  databaseUrl: setting({
    env: 'DATABASE_URL',
    type: Type.String({ pattern: '^postgres(ql)?://' }),
    otherwise: 'the embedded PostgreSQL in the data directory',
    secret: true,
    ja: '自前の PostgreSQL（15 以降）。所有者として接続する。無ければ同梱のものを使う',
    en: 'Your own PostgreSQL (15 or later), as its owner; the embedded one when left out',
  }),
  host: setting({
    env: 'AKINAI_HOST',
    type: Type.String({ minLength: 1 }),
    default: '127.0.0.1',
    ja: '待ち受けるアドレス。0.0.0.0 で外部からも受ける',
    en: 'Address to listen on; 0.0.0.0 lets other machines in',
  }),
  port: setting({
    env: 'AKINAI_PORT',
    type: count(0, 65535),
    default: 3000,
    ja: '待ち受けるポート。0 は空いているもの',
    en: 'Port to listen on; 0 takes any free one',
  }),
  baseUrl: setting({
    env: 'AKINAI_BASE_URL',
    type: Type.String({ pattern: '^https?://[^/?#\\s]+$' }),
    otherwise: 'http://host:port',
    ja: '外から見たアドレス。メールなどのリンクはここからだけ作る',
    en: 'The public address; links in mails and documents are made from it alone',
  }),
  logLevel: setting({
    env: 'AKINAI_LOG_LEVEL',
    type: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    default: 'info',
    ja: 'ログの詳しさ',
    en: 'How much is logged',
  }),
  secretKeyFile: setting({
    env: 'AKINAI_SECRET_KEY_FILE',
    type: Type.String({ minLength: 1 }),
    otherwise: 'secret.key in the data directory',
    ja: '個人情報を守る鍵（32 バイト）。失うと個人情報は読めない。データとは別に保管する',
    en: 'The key that guards personal data (32 bytes). Without it they cannot be read: keep a copy apart from the data',
  }),
  sampleShop: setting({
    env: 'AKINAI_SAMPLE_SHOP',
    type: Type.Boolean(),
    default: true,
    ja: '最初の起動で見本の店を入れる',
    en: 'Load the sample shop on the first start',
  }),
  workers: setting({
    env: 'AKINAI_WORKERS',
    type: Type.Boolean(),
    default: true,
    ja: '裏方の仕事もこのプロセスで行う。false なら `akinai work` を別に動かす',
    en: 'Do background work in the server process, too; false: run `akinai work` beside it',
  }),
  gateBatch: setting({
    env: 'AKINAI_GATE_BATCH',
    type: count(1, 4096),
    default: 256,
    ja: '一度に確定する依頼の最大数。1 なら依頼ごとに一つのトランザクション',
    en: 'Most requests in one commit; 1 gives each a transaction of its own',
  }),
  gateLanes: setting({
    env: 'AKINAI_GATE_LANES',
    type: count(1, 8),
    default: 2,
    ja: '同時に進める確定の数。一方がディスクを待つ間に他方が進む',
    en: 'Commits under way at once: one goes on while the other waits for the disk',
  }),
  gateInFlight: setting({
    env: 'AKINAI_GATE_IN_FLIGHT',
    type: count(1, 100_000),
    default: 5000,
    ja: '同時に受ける依頼の最大数。超えると 503 を返す',
    en: 'Most requests under way at once; more are answered 503',
  }),
  readConnections: setting({
    env: 'AKINAI_READ_CONNECTIONS',
    type: count(1, 64),
    default: 2,
    ja: '読み取り用の接続数',
    en: 'Connections for reading',
  }),
  requestRetentionDays: setting({
    env: 'AKINAI_REQUEST_RETENTION_DAYS',
    type: count(1, 3650),
    default: 30,
    ja: '同じ依頼の繰り返しに同じ答えを返せる日数',
    en: 'Days for which a repeated request gets its first answer',
  }),
  commandsPerSecond: setting({
    env: 'AKINAI_COMMANDS_PER_SECOND',
    type: count(1, 1_000_000),
    default: 50,
    ja: '一つのアドレスから 1 秒に受ける依頼の数。超えると 429 を返す',
    en: 'Commands taken from one address in a second; more are answered 429',
  }),
  importMegabytes: setting({
    env: 'AKINAI_IMPORT_MEGABYTES',
    type: count(1, 2000),
    default: 50,
    ja: '管理画面から取り込めるファイルの大きさ（MB）',
    en: 'Largest file that the console takes in, in MB',
  }),
  webhookNetworks: setting({
    env: 'AKINAI_WEBHOOK_NETWORKS',
    type: Type.String({ pattern: '^[0-9a-fA-F.:/]+(,[0-9a-fA-F.:/]+)*$' }),
    otherwise: 'none: webhooks go to the open internet only',
    ja: 'Webhook を送ってよい社内ネットワーク（例 10.1.0.0/16,fd00::/8）',
    en: 'Private networks that webhooks may be sent to, as 10.1.0.0/16,fd00::/8',
  }),
  smtpUrl: setting({
    env: 'AKINAI_SMTP_URL',
    // A name and a password with other signs in them are written as in any URL: %40 is @.
    type: Type.String({
      pattern:
        '^smtps?://([^:@/?#\\s]+:[^:@/?#\\s]*@)?([^:@/?#\\s\\[\\]]+|\\[[0-9a-fA-F:]+\\])(:\\d{1,5})?/?$',
    }),
    otherwise: 'none: order mails are kept in the outbox',
    secret: true,
    ja: '注文メールを送るメールサーバー（例 smtps://user:password@mail.example.jp）。無ければ送信箱に残るだけ',
    en: 'The mail server that order mails are sent by, as smtps://user:password@mail.example.com; without it they stay in the outbox',
  }),
  mailFrom: setting({
    env: 'AKINAI_MAIL_FROM',
    type: Type.String({ pattern: '^[^\\s@<>(),:;"\\\\\\[\\]]{1,64}@[a-zA-Z0-9-]+(\\.[a-zA-Z0-9-]+)*$' }),
    otherwise: 'none; needed with AKINAI_SMTP_URL',
    ja: '注文メールの差出人のアドレス',
    en: 'The address that order mails come from',
  }),
  timeZone: setting({
    env: 'AKINAI_TIME_ZONE',
    type: Type.String({ pattern: '^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$' }),
    default: 'Asia/Tokyo',
    ja: '営業日を数える時間帯',
    en: 'Time zone in which business days are counted',
  }),
}
export type SettingName = keyof typeof settings
