import { parseArgs } from 'node:util'
import { openVault } from '#domains/persons'
import { loadConfig, secretKey } from '#kernel/config'
import type { Proof } from '#kernel/ledger'
import { demandMigrated, openDatabase } from '../database.ts'
import { say } from '../progress.ts'
import { proofOf } from '../proof.ts'

export const help = `
akinai prove [--json]

Recomputes the books from their transfers and events, and the audit log’s chain, and names every difference. Reads only, while the shop is open
or closed. Exit code 0: everything balances; 3: there are differences.
帳簿をすべての移動から、操作の記録を鎖から計算し直し、食い違いを一つずつ示します。読むだけで、営業中でも使えます。食い違いがあれば終了コード 3。
`

export async function run(words: string[]): Promise<number> {
  const { values } = parseArgs({ args: words, options: { json: { type: 'boolean' } } })
  const config = loadConfig()
  const database = await openDatabase(config, say)
  try {
    await demandMigrated(database.owner)
    const proof = await proofOf(database.app, openVault(secretKey(config)))
    if (values.json) process.stdout.write(`${JSON.stringify(proof)}\n`)
    else process.stdout.write(worded(proof))
    return proof.differences.length === 0 ? 0 : 3
  } finally {
    await database.close()
  }
}

function worded({ transfers, accounts, events, differences, more }: Proof): string {
  const lines = differences.map(
    ({ check, what, expected, found }) =>
      `✖ ${check}: ${what}${expected === undefined ? '' : ` (expected ${expected}, found ${found})`}`,
  )
  if (more) lines.push('… and more')
  const seen = `${transfers} transfers, ${accounts} accounts, ${events} events`
  lines.push(
    differences.length === 0
      ? `✔ 帳簿は合っています / the books balance (${seen})`
      : `${differences.length}${more ? '+' : ''} 件の食い違い / differences (${seen})`,
  )
  return lines.join('\n') + '\n'
}
