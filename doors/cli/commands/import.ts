import type { Command } from '../command.ts'

const kinds: Record<string, () => Promise<Command>> = {
  orders: () => import('./import-orders.ts'),
  products: () => import('./import-products.ts'),
}
export const help = `
akinai import <${Object.keys(kinds).join('|')}> FILE [options]

Takes a file in. Ended anywhere and begun again it does what is missing; a file that was taken in changes nothing.
ファイルを取り込みます。途中で終わっても、もう一度実行すれば残りだけを行い、済んだファイルは何も変えません。

  akinai import orders --help
  akinai import products --help
`
export async function run([kind = '', ...words]: string[]): Promise<number> {
  const load = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
  if (!load) {
    process.stderr.write(`${help.trim()}\n`)
    return 2
  }
  return (await load()).run(words)
}
