import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { signals, sizesOf } from './sizes.ts'
import { checkHouse, readHouse, type House } from './walls.ts'

const house = readHouse(path.resolve(import.meta.dirname, '..'))

test('the house has no breach', () => {
  assert.ok(house.size > 20, `only ${house.size} files were seen`)
  assert.deepEqual(checkHouse(house), [])
})

/** Two rooms a floor, so that every planted file stands in a house where only it can be wrong. */
const empty: House = new Map(
  [
    'kernel/ledger',
    'domains/stock',
    'domains/orders',
    'flows/checkout',
    'doors/http',
    'doors/kit',
    'connectors/mall',
  ].map((room) => [`${room}/index.ts`, '']),
)
const planted: [wall: string, file: string, text: string][] = [
  ['floors', 'kernel/ledger/post.ts', `import { hold } from '#domains/stock'`],
  ['floors', 'kernel/ledger/post.ts', `import type { hold } from '#flows/checkout'`],
  ['floors', 'domains/stock/hold.ts', `export { placeOrder } from '#flows/checkout'`],
  ['floors', 'domains/stock/hold.ts', `const http = await import('#doors/http')`],
  ['floors', 'flows/checkout/place-order.ts', `import { route } from '#doors/http'`],
  ['floors', 'flows/checkout/place-order.ts', `import { freshDatabase } from '#testing'`],
  ['floors', 'doors/http/serve.ts', `import { Shop } from '@akinai/storefront'`],
  ['siblings', 'domains/stock/hold.ts', `import { open } from '#domains/orders'`],
  ['siblings', 'domains/stock/hold.test.ts', `import { open } from '#domains/orders'`],
  ['siblings', 'domains/stock/list.ts', 'sql`select * from stock.shelf join orders.line using (sku)`'],
  ['rooms', 'domains/stock/hold.ts', `import { open } from '../orders/open.ts'`],
  ['rooms', 'flows/checkout/place-order.ts', `import { open } from '../../domains/orders/index.ts'`],
  ['rooms', 'tools/campaign.ts', `import { post } from '../kernel/ledger/index.ts'`],
  ['faces', 'flows/checkout/place-order.ts', `import { move } from '#kernel/ledger/post.ts'`],
  ['connectors', 'connectors/mall/map.ts', `import { post } from '#kernel/ledger'`],
  ['connectors', 'connectors/mall/map.ts', `import { route } from '#doors/http'`],
  ['apps', 'apps/till/sell.tsx', `import type { Route } from '#doors/http'`],
  ['apps', 'apps/till/sell.tsx', `import { Table } from '@akinai/console'`],
  ['rooms', 'apps/till/sell.tsx', `import { Table } from '../console/table.tsx'`],
  ['database', 'flows/checkout/place-order.ts', `import pg from 'pg'`],
  ['casts', 'domains/stock/hold.ts', `const order = row as unknown as Order`],
  ['casts', 'doors/http/serve.ts', `const order = row as any`],
  ['casts', 'flows/checkout/place-order.ts', `function take(row: any) {}`],
  ['clock', 'domains/stock/hold.ts', `const now = new Date()`],
  ['clock', 'flows/checkout/place-order.ts', `const now = Date.now()`],
  ['clock', 'domains/stock/hold.ts', `const id = Math.random()`],
  ['clock', 'flows/checkout/place-order.ts', `const id = crypto.randomUUID()`],
  ['network', 'flows/checkout/place-order.ts', `import http from 'node:http'`],
  ['network', 'domains/stock/hold.ts', `await fetch(address)`],
  ['network', 'connectors/mall/index.ts', `import { request } from 'undici'`],
  ['schemas', 'flows/checkout/place-order.ts', 'sql`update stock.shelf set count = 1`'],
  ['schemas', 'flows/checkout/place-order.ts', 'sql`insert into orders.line (id) values (1)`'],
  ['schemas', 'domains/orders/open.ts', 'sql`delete from stock.shelf where id = 1`'],
  ['schemas', 'domains/orders/open.ts', 'sql`update ledger.account as a set balance = 1`'],
  ['schemas', 'kernel/ledger/post.ts', 'sql`update only orders.head set state = 1`'],
  ['schemas', 'domains/orders/tables.ts', `const shelf = table<Shelf>('stock.shelf', {})`],
  ['schemas', 'domains/orders/migrations/0001_orders.sql', 'create table stock.extra (id int);'],
  [
    'schemas',
    'domains/orders/migrations/0001_orders.sql',
    'alter table if exists ledger.account add column note text;',
  ],
  ['schemas', 'domains/orders/migrations/0001_orders.sql', 'create index on stock.shelf (sku);'],
  ['schemas', 'domains/orders/migrations/0001_orders.sql', 'insert into stock.shelf values (1);'],
  ['schemas', 'domains/orders/migrations/0001_orders.sql', 'create table unqualified (id int);'],
  ['schemas', 'kernel/ledger/migrations/0001_x.sql', 'update stock.shelf set sku = 1;'],
  ['migrations', 'domains/orders/migrations/first.sql', 'select 1;'],
  ['migrations', 'domains/orders/open.sql', 'select 1;'],
  ['traces', 'domains/orders/open.ts', `const file = '/home/someone/akinai'`],
  ['traces', 'package-lock.json', `"resolved": "https://registry.example/pg.tgz"`],
]

for (const [wall, file, text] of planted)
  test(`the wall "${wall}" names a breach planted in ${file}: ${text}`, () => {
    assert.deepEqual(checkHouse(empty), [], 'the house without the planted file is whole')
    const found = checkHouse(new Map([...empty, [file, text]]))
    assert.deepEqual(
      [...new Set(found.map((breach) => `${breach.wall} ${breach.file}`))],
      [`${wall} ${file}`],
    )
  })

test('a room without a face is named, once; a program is entered by its main file', () => {
  const rooms = [
    'domains/points/earn.ts',
    'domains/points/spend.ts',
    'doors/cli/main.ts',
    'doors/cli/start.ts',
  ]
  const found = checkHouse(new Map([...empty, ...rooms.map((file) => [file, ''] as const)]))
  assert.deepEqual(
    found.map(({ file, wall }) => `${wall} ${file}`),
    ['faces domains/points'],
  )
})

test('a second migration with the same number is named', () => {
  const twins = ['0001_one.sql', '0001_two.sql'].map(
    (name) => [`domains/orders/migrations/${name}`, ''] as const,
  )
  assert.equal(checkHouse(new Map([...empty, ...twins])).length, 2)
})

const allowed: [file: string, text: string][] = [
  ['domains/stock/hold.ts', `import { post } from '#kernel/ledger'\nimport { rows } from './tables.ts'`],
  ['domains/stock/hold.ts', 'sql`select 1 from stock.shelf for update`'],
  [
    'domains/stock/hold.ts',
    '// not new Date(), and never as unknown as: see tx.now\nsql`update stock.shelf set a = 1`',
  ],
  [
    'domains/stock/hold.test.ts',
    `import { freshDatabase } from '#testing'\nsql('update orders.head set a = 1')`,
  ],
  ['flows/checkout/place-order.ts', 'sql`select * from orders.head join stock.shelf using (id)`'],
  ['doors/http/sub/route.ts', `import { serve } from '../index.ts'\nconst at = Date.now()`],
  ['connectors/mall/map.ts', `import { ask } from '#doors/kit'`],
  ['apps/till/sell.tsx', `import { client } from '@akinai/client'\nimport { Button } from '@akinai/ui'`],
  [
    'kernel/ledger/post.ts',
    'const order = row as unknown as Order\nsql`update ledger.account set balance = 1`',
  ],
  [
    'domains/stock/migrations/0001_stock.sql',
    `create table stock.shelf (id int references orders.head on update cascade);
    comment on table stock.shelf is 'insert into orders.head'; -- create table nothing`,
  ],
]
for (const [file, text] of allowed)
  test(`no wall stands in the way of ${file}: ${text.slice(0, 60)}`, () => {
    assert.deepEqual(checkHouse(new Map([...empty, [file, text]])), [])
  })

test('sizes are signalled: a long function, a long file, a wide face', () => {
  const long = `export function tooLong() {\n${'  work()\n'.repeat(45)}}\n`
  const face = `export { ${Array.from({ length: 16 }, (_, i) => `name${i}`).join(', ')} } from './x.ts'`
  const found = signals(
    new Map([
      ['domains/stock/hold.ts', long],
      ['domains/stock/rows.ts', '\n'.repeat(300)],
      ['domains/orders/index.ts', face],
    ]),
  )
  assert.deepEqual(found, [
    { at: 'domains/stock/hold.ts:1', what: 'lines of tooLong', size: 47 },
    { at: 'domains/stock/rows.ts', what: 'lines', size: 301 },
    { at: 'domains/orders/index.ts', what: 'names in its face', size: 16 },
  ])
  assert.match(sizesOf(house).join('\n'), /^kernel +\d+ +\d+ +\d+ +\d+/m)
})

const plantedCircles: [what: string, files: [string, string][], circle: string][] = [
  [
    'two files',
    [
      ['domains/stock/a.ts', `import { b } from './b.ts'`],
      ['domains/stock/b.ts', `import type { A } from './a.ts'`],
    ],
    'domains/stock/a.ts, domains/stock/b.ts',
  ],
  [
    'three files, one of them loaded lazily',
    [
      ['domains/stock/a.ts', `import { b } from './b.ts'`],
      ['domains/stock/b.ts', `export { c } from './c.ts'`],
      ['domains/stock/c.ts', `const a = () => import('./a.ts')`],
    ],
    'domains/stock/a.ts, domains/stock/b.ts, domains/stock/c.ts',
  ],
  [
    'two rooms whose files know no circle',
    [
      ['doors/http/a.ts', `import { ask } from '#doors/kit'`],
      ['doors/kit/b.ts', `import { serve } from '#doors/http'`],
    ],
    'doors/http, doors/kit',
  ],
]
for (const [what, files, circle] of plantedCircles)
  test(`a circle is named: ${what}`, () => {
    assert.deepEqual(checkHouse(new Map([...empty, ...files])), [
      { file: circle.split(',')[0], wall: 'circles', words: `goes round: ${circle}` },
    ])
  })
test('what is reached twice is no circle', () => {
  const files: [string, string][] = [
    ['domains/stock/a.ts', `import { b } from './b.ts'\nimport { c } from './c.ts'`],
    ['domains/stock/b.ts', `import { c } from './c.ts'`],
    ['domains/stock/c.ts', ''],
  ]
  assert.deepEqual(checkHouse(new Map([...empty, ...files])), [])
})
