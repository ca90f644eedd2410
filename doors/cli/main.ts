import { SetupProblem } from '#kernel/embedded'
import type { Command } from './command.ts'
import { asSetupProblem } from './problems.ts'

const commands: Record<string, { ja: string; en: string; load: () => Promise<Command> }> = {
  start: {
    ja: 'すべてを準備して店を開く',
    en: 'prepare everything and open the shop',
    load: () => import('./commands/start.ts'),
  },
  serve: {
    ja: '準備済みの店を開く（移行も組み立てもしない）',
    en: 'open a shop that is prepared already',
    load: () => import('./commands/serve.ts'),
  },
  work: {
    ja: '裏方の仕事だけを行う',
    en: 'do background work only',
    load: () => import('./commands/work.ts'),
  },
  migrate: {
    ja: 'データベースをこの版の形にする',
    en: 'bring the database to this version',
    load: () => import('./commands/migrate.ts'),
  },
  prove: {
    ja: '帳簿をすべて検算する',
    en: 'recompute the books and name every difference',
    load: () => import('./commands/prove.ts'),
  },
  audit: {
    ja: '操作の記録の鎖を確かめる',
    en: 'verify the chain of the audit log',
    load: () => import('./commands/audit.ts'),
  },
  backup: {
    ja: '営業しながら控えを取る',
    en: 'write a backup while the shop is open',
    load: () => import('./commands/backup.ts'),
  },
  restore: {
    ja: '控えから空のデータベースを作り直す',
    en: 'fill an empty database from a backup',
    load: () => import('./commands/restore.ts'),
  },
  import: {
    ja: 'ファイルを取り込む',
    en: 'take a file in: products, past orders',
    load: () => import('./commands/import.ts'),
  },
  export: {
    ja: '商品をファイルに書き出す',
    en: 'write products to a file',
    load: () => import('./commands/export.ts'),
  },
  user: {
    ja: '担当者を加える',
    en: 'add a member of staff',
    load: () => import('./commands/user.ts'),
  },
  config: {
    ja: 'すべての設定と今の値を見る',
    en: 'list every setting and its value',
    load: () => import('./commands/config.ts'),
  },
  simulate: {
    ja: '外部システムの模擬を開く',
    en: 'open a simulated outside system',
    load: () => import('./commands/simulate.ts'),
  },
  version: { ja: '版を見る', en: 'show versions', load: () => import('./commands/version.ts') },
}

function overview(): string {
  const lines = Object.entries(commands).map(([name, { ja, en }]) => `  ${name.padEnd(8)} ${en} / ${ja}`)
  return ['akinai <command> [options]', '', ...lines, '', '  akinai <command> --help', ''].join('\n')
}

async function main([name = '--help', ...words]: string[]): Promise<number> {
  if (['--help', '-h', 'help'].includes(name)) {
    process.stdout.write(overview())
    return 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    process.stderr.write(
      `akinai: ${name} というコマンドはありません / there is no command "${name}"\n\n${overview()}`,
    )
    return 2
  }
  const { help, run } = await command.load()
  if (words[0] === '--help' || words[0] === '-h' || (name !== 'import' && words.includes('--help'))) {
    process.stdout.write(`${help.trim()}\n`)
    return 0
  }
  return run(words)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const problem = asSetupProblem(error)
  // What a person can mend is told in words; what only a programmer can, with its stack.
  process.stderr.write(
    problem instanceof SetupProblem
      ? `\n${problem}\n`
      : `${problem instanceof Error ? problem.stack : problem}\n`,
  )
  process.exitCode = problem instanceof SetupProblem ? 1 : 70
}
// Whatever a library left open must not keep a finished command alive.
process.exit()
