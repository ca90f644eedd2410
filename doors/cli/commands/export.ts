import { parseArgs } from 'node:util'
import { openVault } from '#domains/persons'
import { exportProducts } from '#doors/products'
import { loadConfig, secretKey } from '#kernel/config'
import { Gate } from '#kernel/gate'
import { demandMigrated, openDatabase } from '../database.ts'
import { numberIn } from '../problems.ts'
import { say } from '../progress.ts'

export const help = `
akinai export products FILE [--encoding utf-8|cp932] [--shop 1]

Writes the products of a shop to a CSV file, a row a SKU, with what each costs now. Taken in again, it changes nothing.
Cells that a spreadsheet would compute bear an apostrophe, which import takes away. In CP932 a letter that it lacks is refused by name.
商品を CSV ファイルに書き出します。そのまま取り込むと、何も変わりません。
`

export async function run([kind = '', ...words]: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      encoding: { type: 'string', default: 'utf-8' },
      shop: { type: 'string', default: '1' },
    },
  })
  const [file] = positionals
  const { encoding } = values
  if (kind !== 'products' || file === undefined || (encoding !== 'utf-8' && encoding !== 'cp932')) {
    process.stderr.write(`${help.trim()}\n`)
    return 2
  }
  const shop = numberIn('--shop', values.shop)
  const config = loadConfig()
  const database = await openDatabase(config, say)
  try {
    await demandMigrated(database.owner)
    const gate = await Gate.open(database.app, {
      secret: openVault(secretKey(config)).sign.toString('base64'),
    })
    try {
      const { products, rows } = await exportProducts(gate, { file, shop, encoding })
      process.stdout.write(`${file}: ${products} 商品 / products, ${rows} 行 / rows\n`)
      return 0
    } finally {
      await gate.close()
    }
  } finally {
    await database.close()
  }
}
