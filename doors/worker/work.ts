/** What happens without anybody asking: followers, the end of holds, the nightly proof, forgetting. */
import pg from 'pg'
import { orderRows, shipmentEarns, toMail } from '#flows/reactions'
import { sweepDeliveries, toWebhooks } from '#flows/webhooks'
import { differencesOf, Sealer, verifyChain } from '#doors/audit'
import { erasureFile, keepsErasures } from '#doors/safety'
import { Walker } from '#doors/bulk'
import { Mailer } from '#doors/mail'
import { Deliveries } from '#doors/webhooks'
import { levelsMoved, parcelsOut } from '#flows/channels'
import { certifyErased, Connect } from '#doors/connect'
import { sweepRuns } from '#domains/bulk'
import { sweepLetters } from '#domains/mail'
import { sweepExchanges, sweepFeeds } from '#domains/channels'
import { eraseDue, expireHold, overdueOrders, overduePersons } from '#flows/desk'
import { prooves, storeProof } from '#flows/reads'
import { secretKey, type Config } from '#kernel/config'
import { ask, pool as openPool, sql, type ClientConfig } from '#kernel/db'
import { forgetRequests, Gate } from '#kernel/gate'
import { derivedKey } from '#kernel/ids'
import { Followers, type Follower } from '#kernel/journal'
import { prove, type Proof } from '#kernel/ledger'
import { erased, hint, openVault, unhinted, type Unhinted, type Vault } from '#domains/persons'
import { sweepSessions } from '#domains/access'
import { schedule, type Schedule } from '#kernel/jobs'

export type Work = {
  readonly deliveries: Deliveries
  readonly mailer: Mailer | undefined
  readonly walker: Walker
  stop(): Promise<void>
}
type Ask = {
  config: Config
  app: ClientConfig
  gate?: Gate
  followers?: Followers
  pool?: pg.Pool
  log?: (line: string) => void
  connect?: Connect
}
/** Whoever follows the journal, in whichever process the work is done. */
export const followersOf = (gate: Gate, config: Config): Follower[] => [
  orderRows,
  shipmentEarns(gate),
  parcelsOut(gate),
  levelsMoved,
  toWebhooks,
  toMail(config.smtpUrl !== undefined),
  keepsErasures(erasureFile(config)),
]

export async function startWork(given: Ask): Promise<Work> {
  const log = given.log ?? (() => {})
  const failed = (what: string) => (e: unknown) =>
    log(`${what}: ${(e as { code?: string }).code ?? (e as Error).name}`)
  const own: (() => Promise<unknown>)[] = []
  const vault = openVault(secretKey(given.config))
  const gate = given.gate ?? (await Gate.open(given.app, { secret: vault.sign.toString('base64') }))
  if (!given.gate) own.push(() => gate.close())
  const connections = given.pool ?? openPool(given.app, 3)
  if (!given.pool) own.push(() => connections.end())
  const followers =
    given.followers ??
    new Followers(given.app, followersOf(gate, given.config), (name) => log(`follower ${name} failed`))
  if (!given.followers) {
    gate.onCommit(() => followers.wake())
    own.unshift(() => followers.stop())
  }
  followers.start()
  const deliveries = new Deliveries({
    gate,
    pool: connections,
    vault,
    allowed: given.config.webhookNetworks,
    alarm: (endpoint) => log(`webhook endpoint ${endpoint} is given up: nothing has reached it for long`),
    fault: failed('a webhook failed on our side'),
  })
  deliveries.start()
  const { smtpUrl, mailFrom, timeZone, baseUrl } = given.config
  const mailer =
    smtpUrl !== undefined && mailFrom !== undefined
      ? new Mailer({
          pool: connections,
          vault,
          timeZone,
          baseUrl,
          post: { url: smtpUrl, from: mailFrom },
          alarm: failed('a mail failed on our side'),
        })
      : undefined
  mailer?.start()
  const sealer = new Sealer(connections, failed('the audit log is not chained'))
  sealer.start()
  const walker = new Walker({
    gate,
    pool: connections,
    vault,
    alarm: failed('a bulk run failed on our side'),
  })
  walker.start()
  const tasks: Schedule[] = [
    { name: 'expire-holds', cron: '* * * * *', run: () => expireHolds(gate, connections) },
    {
      name: 'hint-cards',
      cron: '* * * * *',
      run: () => hintCards(connections, vault),
    },
    { name: 'erase-due', cron: '20 3 * * *', run: () => erasePersonsDue(gate, connections) },
    {
      name: 'nightly-proof',
      cron: '10 3 * * *',
      run: () => runProof(given.app, connections, vault),
    },
    {
      name: 'forget-requests',
      cron: '40 3 * * *',
      run: () => forget(given.app, given.config.requestRetentionDays),
    },
    { name: 'sweep-letters', cron: '45 3 * * *', run: () => ask(connections, sweepLetters) },
    { name: 'sweep-bulk', cron: '45 3 * * *', run: () => ask(connections, sweepRuns) },
    { name: 'sweep-deliveries', cron: '55 3 * * *', run: () => ask(connections, sweepDeliveries) },
    {
      name: 'sweep-exchanges',
      cron: '55 3 * * *',
      run: async () => {
        await ask(connections, sweepExchanges)
        await ask(connections, sweepFeeds)
      },
    },
    { name: 'sweep-sessions', cron: '50 3 * * *', run: () => ask(connections, sweepSessions) },
  ]
  const jobs = await schedule(given.app, tasks, given.config.timeZone, (name, e) =>
    failed(`${name} failed`)(e),
  )
  const connect =
    given.connect ??
    new Connect({
      gate,
      pool: connections,
      vault,
      alarm: (what, e) => failed(`${what} failed`)(e),
    })
  connect.start()
  return {
    deliveries,
    mailer,
    walker,
    async stop() {
      await walker.stop()
      await connect.stop()
      await jobs.stop()
      await deliveries.stop()
      await mailer?.stop()
      await sealer.stop()
      for (const end of own) await end()
    },
  }
}

/** The followers alone, beside a long command: on one database they share the work with a server's own. */
export function startFollowers(given: { app: ClientConfig; gate: Gate; config: Config }) {
  const names: string[] = []
  const all = followersOf(given.gate, given.config)
  const followers = new Followers(given.app, all, (name) => names.push(name))
  given.gate.onCommit(() => followers.wake())
  followers.start()
  return {
    /** Waits until they have seen everything that was committed before. */
    async caughtUp(): Promise<void> {
      const connections = openPool(given.app, 1)
      try {
        const [now] = await ask<{ xid: string }>(
          connections,
          sql`select pg_snapshot_xmax(pg_current_snapshot())::text as xid`,
        )
        const position = { epoch: given.gate.epoch, xid: String(BigInt(now!.xid) - 1n) }
        for (const { name } of all)
          while (!(await followers.reached(connections, name, position, 60_000)))
            if (names.length) throw new Error(`the follower ${names[0]} has failed`)
      } finally {
        await connections.end()
      }
    },
    stop: () => followers.stop(),
  }
}

/** A hold ends when its payment is overdue; the key follows from the order, so that two rounds end it once. */
export async function expireHolds(gate: Gate, connections: pg.Pool): Promise<number> {
  const rows = await ask<{ id: number }>(connections, overdueOrders(500))
  const done = await Promise.all(
    rows.map((r) =>
      gate.run(
        expireHold,
        { order: r.id },
        { key: derivedKey('expire-hold', r.id, Math.floor(Date.now() / 3_600_000)) },
      ),
    ),
  )
  return done.filter((d) => d.expired).length
}
/**
 * Cards that an earlier version wrote, and one that runs beside this one still writes, are made findable, some hundred at a
 * time. Here and not while upgrading: the cards are sealed, and whoever upgrades a database need not hold the key; the shop
 * sells on meanwhile, and a round that is killed goes on where it was. One index entry tells that there is nothing to do.
 */
export async function hintCards(connections: pg.Pool, vault: Vault): Promise<number> {
  let count = 0
  for (let round = 0; round < 4000; round++) {
    const rows = await ask<Unhinted>(connections, unhinted(500))
    if (rows.length) await ask(connections, hint(vault, rows))
    count += rows.length
    if (rows.length < 500) break
  }
  return count
}
/** Everybody whose time has come is forgotten, and what their keys made unreadable is removed. One who cannot be does not keep the others. */
export async function erasePersonsDue(gate: Gate, connections: pg.Pool): Promise<number> {
  let count = 0
  for (let round = 0; round < 1000; round++) {
    const rows = await ask<{ person: number; cart: string | null; due: Date | null }>(
      connections,
      overduePersons(500),
    )
    const done = await Promise.allSettled(
      rows.map((r) =>
        gate.run(eraseDue, r, {
          key: derivedKey('erase-due', r.person, r.cart ?? '', r.due?.toISOString() ?? ''),
        }),
      ),
    )
    const good = done.filter((d) => d.status === 'fulfilled' && d.value.erased).length
    count += good
    if (rows.length < 500 || good === 0) break
  }
  await connections.query(erased)
  await certifyErased(connections)
  return count
}
/** Recomputes the books and the audit log's chain, keeps the result for the console, and answers it. */
export async function runProof(app: ClientConfig, connections: pg.Pool, vault: Vault): Promise<Proof> {
  const client = new pg.Client({ ...app, application_name: 'akinai proof' })
  client.on('error', () => {})
  await client.connect()
  try {
    const began = performance.now()
    const books = await prove(client, prooves)
    const log = await verifyChain(connections, vault)
    const proof = {
      ...books,
      differences: [...books.differences, ...differencesOf(log)],
      more: books.more || log.more,
    }
    await ask(client, storeProof(proof, (performance.now() - began) / 1000))
    return proof
  } finally {
    await client.end()
  }
}
async function forget(app: ClientConfig, days: number): Promise<number> {
  const client = new pg.Client(app)
  client.on('error', () => {})
  await client.connect()
  try {
    return await forgetRequests(client, days)
  } finally {
    await client.end()
  }
}
