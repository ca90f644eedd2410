import { parseArgs } from 'node:util'
import { Sealer, verifyChain, type Fault, type Verdict } from '#doors/audit'
import { openVault } from '#domains/persons'
import { loadConfig, secretKey } from '#kernel/config'
import { pool } from '#kernel/db'
import { demandMigrated, openDatabase } from '../database.ts'
import { say, step } from '../progress.ts'

export const help = `
akinai audit [--head HASH] [--json]

Links what is not linked yet, recomputes the chain of the audit log, and names every entry that was changed, removed or
planted. Prints the chain's head: note it outside this machine, and give it later with --head; a chain that does not
contain it any more was cut or written anew. Exit code 0: whole; 3: not.
操作の記録の鎖を計算し直し、変えられた・消された・差し込まれた記録を一つずつ示します。表示される先頭のハッシュを別の場所に控え、
後日 --head で確かめてください。欠けがあれば終了コード 3。
`

export async function run(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: { head: { type: 'string' }, json: { type: 'boolean' } },
  })
  const config = loadConfig()
  const database = await openDatabase(config, say)
  try {
    await demandMigrated(database.owner)
    const connections = pool(database.app, 2)
    const verdict = await step(
      '確かめています',
      'verifying',
      (async () => {
        try {
          await new Sealer(connections).round()
          return await verifyChain(connections, openVault(secretKey(config)), values.head)
        } finally {
          await connections.end()
        }
      })(),
    )
    process.stdout.write(values.json ? `${JSON.stringify(verdict)}\n` : worded(verdict))
    return verdict.faults.length === 0 ? 0 : 3
  } finally {
    await database.close()
  }
}

const said: Record<Fault, string> = {
  changed: '変えられています / was changed',
  removed: '消されています / was removed',
  planted: '外から差し込まれています / was put in past the house',
  unlinked: '鎖から外されています / is linked no more',
  cut: '控えたハッシュがありません / the hash noted earlier is not in the chain',
}
function worded({ entries, head, faults, more }: Verdict): string {
  const lines = faults.map(
    ({ fault, no, deed, seq }) =>
      `✖ ${[no, seq === null ? '' : `seq ${seq}`, deed].filter(Boolean).join(' ')} ${said[fault]}`,
  )
  if (more) lines.push('… and more')
  if (faults.length === 0) lines.push(`✔ ${entries} 件の記録はそろっています / entries, the chain is whole`)
  if (head) lines.push(`${head.no} ${head.hash}`)
  return `${lines.join('\n')}\n`
}
