import fs from 'node:fs'
import path from 'node:path'
import Value from 'typebox/value'
import { SetupProblem } from '#kernel/embedded'
import { settings, type Setting, type SettingName } from './settings.ts'

export type Config = {
  readonly dataDirectory: string
  readonly databaseUrl: string | undefined
  readonly host: string
  readonly port: number
  readonly baseUrl: string
  readonly logLevel: string
  readonly secretKeyFile: string
  readonly sampleShop: boolean
  readonly workers: boolean
  readonly gateBatch: number
  readonly gateLanes: number
  readonly gateInFlight: number
  readonly readConnections: number
  readonly requestRetentionDays: number
  readonly webhookNetworks: readonly string[]
  readonly commandsPerSecond: number
  readonly importMegabytes: number
  readonly smtpUrl: string | undefined
  readonly mailFrom: string | undefined
  readonly timeZone: string
}
type Env = Readonly<Record<string, string | undefined>>
type Found = { readonly value: unknown; readonly source: string }

/** The settings in force: environment before file before default. Refuses, naming the place, what it does not know. */
export function loadConfig(env: Env = process.env, cwd: string = process.cwd()): Config {
  const found = findAll(env, cwd)
  const value = (name: SettingName) => found.get(name)?.value
  const text = (name: SettingName) => String(value(name))
  const dataDirectory = path.resolve(cwd, text('dataDirectory'))
  // This machine by its name: a bare number has no passkeys.
  const shownHost = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(text('host')) ? 'localhost' : text('host')
  const keyFile = value('secretKeyFile')
  return Object.freeze({
    dataDirectory,
    databaseUrl: value('databaseUrl') === undefined ? undefined : text('databaseUrl'),
    host: text('host'),
    port: Number(value('port')),
    baseUrl: value('baseUrl') === undefined ? `http://${shownHost}:${value('port')}` : text('baseUrl'),
    logLevel: text('logLevel'),
    secretKeyFile:
      keyFile === undefined ? path.join(dataDirectory, 'secret.key') : path.resolve(cwd, String(keyFile)),
    sampleShop: value('sampleShop') === true,
    workers: value('workers') === true,
    gateBatch: Number(value('gateBatch')),
    gateLanes: Number(value('gateLanes')),
    gateInFlight: Number(value('gateInFlight')),
    readConnections: Number(value('readConnections')),
    requestRetentionDays: Number(value('requestRetentionDays')),
    webhookNetworks: networks(value('webhookNetworks')),
    commandsPerSecond: Number(value('commandsPerSecond')),
    importMegabytes: Number(value('importMegabytes')),
    smtpUrl: value('smtpUrl') === undefined ? undefined : text('smtpUrl'),
    mailFrom: value('mailFrom') === undefined ? undefined : text('mailFrom'),
    timeZone: text('timeZone'),
  })
}

/** Networks in the form `10.1.0.0/16`; an address alone is a network of one. */
function networks(text: unknown): string[] {
  return String(text ?? '')
    .split(',')
    .filter(Boolean)
    .map((n) => (n.includes('/') ? n : `${n}/${n.includes(':') ? 128 : 32}`))
}

export type Described = {
  readonly name: string
  readonly env: string
  readonly value: string
  readonly fallback: string
  readonly source: string
  readonly ja: string
  readonly en: string
}

/** Every setting with its default, the value in force and where that comes from; secrets masked. */
export function describeConfig(env: Env = process.env, cwd: string = process.cwd()): Described[] {
  const found = findAll(env, cwd)
  const config = loadConfig(env, cwd)
  return entries().map(([name, setting]) => {
    const value = config[name]
    const shown = setting.secret && value !== undefined ? masked(String(value)) : String(value ?? '') || '–'
    const fallback = setting.default === undefined ? (setting.otherwise ?? '–') : String(setting.default)
    const { env, ja, en } = setting
    return { name, env, value: shown, fallback, source: found.get(name)?.source ?? 'default', ja, en }
  })
}

const masked = (url: string) => url.replace(/^(\w+:\/\/)(?:[^@/]*@)?([^?]*).*$/, '$1***@$2')

function entries(): [SettingName, Setting][] {
  return Object.entries(settings) as [SettingName, Setting][]
}

function findAll(env: Env, cwd: string): Map<SettingName, Found> {
  const { file, values } = readFile(env, cwd)
  const found = new Map<SettingName, Found>()
  for (const [name, setting] of entries()) {
    const given = env[setting.env]
    if (given !== undefined && given !== '') {
      const value = fromText(setting, given)
      check(setting, value, setting.env, given)
      found.set(name, { value, source: setting.env })
    } else if (Object.hasOwn(values, name)) {
      check(setting, values[name], `${file}: ${name}`, JSON.stringify(values[name]))
      found.set(name, { value: values[name], source: file })
    } else if (setting.default !== undefined) found.set(name, { value: setting.default, source: 'default' })
  }
  checkTimeZone(found.get('timeZone'))
  checkMail(found)
  return found
}

function readFile(env: Env, cwd: string): { file: string; values: Record<string, unknown> } {
  const named = env.AKINAI_CONFIG
  const file = path.resolve(cwd, named || 'akinai.config.json')
  if (!fs.existsSync(file)) {
    if (named) throw malformed(`AKINAI_CONFIG: ${file}`, 'ファイルがありません', 'there is no such file')
    return { file, values: {} }
  }
  let values: unknown
  try {
    values = JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch (error) {
    throw malformed(
      file,
      'JSON として読めません',
      `it is not JSON: ${error instanceof Error ? error.message : error}`,
    )
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    throw malformed(file, '{ } で囲んだ設定ではありません', 'it is not an object of settings')
  for (const name of Object.keys(values)) {
    if (name === '$schema' || Object.hasOwn(settings, name)) continue
    const known = Object.keys(settings).join(', ')
    throw malformed(
      `${file}: ${name}`,
      `この名前の設定はありません（あるもの: ${known}）`,
      `there is no such setting (known: ${known})`,
    )
  }
  return { file, values: values as Record<string, unknown> }
}

const kindOf = (setting: Setting) => ('type' in setting.type ? setting.type.type : undefined)

function fromText(setting: Setting, text: string): unknown {
  const kind = kindOf(setting)
  if (kind === 'integer') return /^-?\d+$/.test(text) ? Number(text) : text
  if (kind === 'boolean')
    return { true: true, '1': true, false: false, '0': false }[text.toLowerCase()] ?? text
  return text
}

function check(setting: Setting, value: unknown, place: string, shown: string): void {
  if (Value.Check(setting.type, value)) return
  const {
    minimum,
    maximum,
    pattern,
    enum: choices,
  } = setting.type as {
    minimum?: number
    maximum?: number
    pattern?: string
    enum?: string[]
  }
  const wanted =
    kindOf(setting) === 'integer'
      ? `${minimum} – ${maximum}`
      : kindOf(setting) === 'boolean'
        ? 'true / false'
        : (choices?.join(' / ') ?? pattern ?? 'text')
  const given = setting.secret ? '***' : shown
  throw malformed(
    place,
    `値 ${given} は使えません（${wanted}）`,
    `the value ${given} will not do (${wanted})`,
  )
}

function checkTimeZone(zone: Found | undefined): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: String(zone?.value) })
  } catch {
    throw malformed(
      `${zone?.source}: timeZone`,
      `時間帯 ${zone?.value} を知りません`,
      `the time zone ${zone?.value} is not known`,
    )
  }
}

/** A mail without a sender is taken by nobody: said at the start, not with the first order. */
function checkMail(found: Map<string, Found>): void {
  if (found.has('smtpUrl') && !found.has('mailFrom'))
    throw malformed(
      settings.mailFrom.env,
      `${settings.smtpUrl.env} には差出人のアドレスも必要です`,
      `${settings.smtpUrl.env} needs the address that mails come from, too`,
    )
}

function malformed(place: string, ja: string, en: string): SetupProblem {
  return new SetupProblem({
    code: 'config_malformed',
    ja: `設定に誤りがあります。${place}: ${ja}。まだ何も始めていません。`,
    en: `A setting is wrong. ${place}: ${en}. Nothing was started.`,
    todo: {
      ja: 'その場所を直してください。`npx akinai config --defaults` で全ての設定と既定値が見られます。',
      en: 'Mend it there. `npx akinai config --defaults` lists every setting with its default.',
    },
  })
}
