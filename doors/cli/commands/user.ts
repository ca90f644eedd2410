import { parseArgs } from 'node:util'
import readline from 'node:readline/promises'
import {
  demandFreePin,
  dropTotp,
  endSessionsOf,
  FounderThere,
  hashSecret,
  roles,
  token,
  tokenHash,
  workFor,
  type Staff,
} from '#domains/access'
import { markOf, openVault, type Vault } from '#domains/persons'
import { shopByCode } from '#domains/shops'
import { add, inviteAgain, resetFactors } from '#flows/people'
import { pinsOf, staffByMark } from '#flows/reads'
import { loadConfig, secretKey } from '#kernel/config'
import { ask, Line } from '#kernel/db'
import { Gate, type Tx } from '#kernel/gate'
import { SetupProblem } from '#kernel/embedded'
import { demandMigrated, openDatabase, type Database } from '../database.ts'
import { firstOwnerPath } from '../first-owner.ts'
import { say } from '../progress.ts'

export const help = `
akinai user add --email A --role R --family F --given G [--place N] [--pin NNNN] [--shops CODE,CODE]
akinai user shops --email A --shops CODE,CODE|all
akinai user link --email A
akinai user link

“add” adds a member of staff; “shops” says which shops somebody works for, instead of every one;
“link” is for whoever has lost their password or their second factor: it removes the latter and prints a link, good once within seven days, that sets a new password. Without an address it prints the link that makes the first owner, as long as nobody can come in. The password is read from standard input (12 characters or more), never from the command line.
Roles: ${roles.join(', ')}
担当者を加えます（add）。担当するショップを決めます（shops）。パスワードや二段階認証の端末をなくした人には、7日のあいだ一度だけ使えるリンクを出します（link。二段階認証とパスキーは消えます）。まだ誰もいないときは、--email のない link が、最初のオーナーになるリンクを出します。パスワード（12 文字以上）は標準入力から読み、コマンドには書きません。
`

export async function run(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      email: { type: 'string' },
      role: { type: 'string' },
      family: { type: 'string' },
      given: { type: 'string' },
      place: { type: 'string' },
      pin: { type: 'string' },
      shops: { type: 'string' },
    },
  })
  const { email, family, given } = values
  if (positionals[0] === 'shops' && email && values.shops) return setShops(email, values.shops)
  if (positionals[0] === 'link') return email ? makeLink(email) : makeFirstLink()
  const role = roles.find((r) => r === values.role)
  const isFit =
    email?.includes('@') &&
    (values.pin === undefined || /^\d{4,8}$/.test(values.pin)) &&
    (values.place === undefined || /^[1-9]\d{0,8}$/.test(values.place))
  if (positionals[0] !== 'add' || !email || !family || !given || !role || !isFit) {
    process.stderr.write(`${help.trim()}\n`)
    return 2
  }
  const input = readline.createInterface({
    input: process.stdin,
    output: process.stderr,
    terminal: process.stdin.isTTY,
  })
  const password = (await input.question('password: ')).trim()
  input.close()
  if (password.length < 12)
    throw new SetupProblem({
      code: 'password_short',
      ja: 'パスワードは 12 文字以上にしてください。何も変更していません。',
      en: 'A password has 12 characters or more. Nothing was changed.',
      todo: { ja: 'もう一度お試しください。', en: 'Try again.' },
    })
  const config = loadConfig()
  const database = await openDatabase(config, say)
  try {
    await demandMigrated(database.owner)
    const vault = openVault(secretKey(config))
    const { pin } = values
    if (pin !== undefined) {
      const line = new Line(database.app)
      const pins = await ask<{ id: number; pin: string }>(await line.client(), pinsOf)
      await line.close()
      await demandFreePin(pins, pin)
    }
    const hashed = { password: await hashSecret(password), pin: pin ? await hashSecret(pin) : null }
    const gate = await Gate.open(database.app, { secret: vault.sign.toString('base64') })
    try {
      const shops = await gate.read(shopsNamed, values.shops ?? null)
      const { id } = await gate.run(add(vault, { family, given, email }, hashed), {
        role,
        place: values.place === undefined ? null : Number(values.place),
        shops,
        said: null,
      })
      process.stdout.write(`✔ ${id}\n`)
      return 0
    } finally {
      await gate.close()
    }
  } finally {
    await database.close()
  }
}

/** Codes, by commas; every shop when nothing or `all` is said. */
async function shopsNamed(tx: Tx, codes: string | null): Promise<number[] | null> {
  if (codes === null || codes === 'all') return null
  return Promise.all(codes.split(',').map((code) => shopByCode(tx, code.trim())))
}
/** Does something to a known member of staff, and says what came of it. */
async function toMember(
  email: string,
  work: (given: { staff: number; gate: Gate; database: Database; baseUrl: string }) => Promise<string>,
): Promise<number> {
  const config = loadConfig()
  const database = await openDatabase(config, say)
  try {
    await demandMigrated(database.owner)
    const vault = openVault(secretKey(config))
    const { id: staff } = await memberOf(database, vault, email)
    const gate = await Gate.open(database.app, { secret: vault.sign.toString('base64') })
    const said = await work({ staff, gate, database, baseUrl: config.baseUrl }).finally(() => gate.close())
    process.stdout.write(`✔ ${staff}: ${said}\n`)
    return 0
  } finally {
    await database.close()
  }
}
const setShops = (email: string, codes: string) =>
  toMember(email, async ({ staff, gate }) => {
    const shops = await gate.run(
      async function setShops(tx: Tx, given: { staff: number; codes: string }) {
        const named = await shopsNamed(tx, given.codes)
        await workFor(tx, { staff: given.staff, shops: named })
        return named
      },
      { staff, codes },
    )
    return shops === null ? 'all' : shops.join(', ')
  })
const makeLink = (email: string) =>
  toMember(email, async ({ staff, gate, database, baseUrl }) => {
    const held = token()
    await gate.run(resetFactors, { staff })
    await gate.run(inviteAgain(tokenHash(held)), { staff })
    const line = new Line(database.app)
    const client = await line.client()
    await ask(client, dropTotp(staff))
    await ask(client, endSessionsOf({ staff }))
    await line.close()
    return `${baseUrl}/console/invitation#${held}`
  })
async function makeFirstLink(): Promise<number> {
  const config = loadConfig()
  const database = await openDatabase(config, say)
  try {
    await demandMigrated(database.owner)
    const path = await firstOwnerPath(config, database.app)
    if (path === undefined) throw FounderThere({})
    process.stdout.write(`✔ ${config.baseUrl}${path}\n`)
    return 0
  } finally {
    await database.close()
  }
}
async function memberOf(database: Database, vault: Vault, email: string): Promise<Staff> {
  const line = new Line(database.app)
  const [known] = await ask<Staff>(await line.client(), staffByMark(markOf(vault, 'email', email)))
  await line.close()
  if (!known)
    throw new SetupProblem({
      code: 'user_missing',
      ja: 'このメールアドレスの担当者はいません。何も変更していません。',
      en: 'There is no member of staff with this address. Nothing was changed.',
      todo: { ja: 'アドレスをご確認ください。', en: 'Check the address.' },
    })
  return known
}
