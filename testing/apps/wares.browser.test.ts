/** The merchandiser's screens: each thing is done by hand on the screen and read from the tables. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import pg from 'pg'
import sharp from 'sharp'
import { buildApps } from '#doors/apps'
import { browser, openShop, type Client, type Shop } from '#testing'
import {
  assertNoViolation,
  desk,
  inLook,
  looks,
  openPage,
  refuse,
  shoot,
  signIn,
  twoLooks,
} from './screens.ts'

let shop: Shop, chrome: Browser, db: pg.Client, merchandiser: Client, page: Page
before(async () => {
  await buildApps(() => {})
  shop = await openShop()
  chrome = await browser()
  db = new pg.Client(shop.database.owner)
  await db.connect()
  merchandiser = await shop.staff('merchandiser')
  page = await openPage(chrome, desk)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await signIn(page, shop.url, 'merchandiser')
})
after(async () => {
  await chrome?.close()
  await db?.end()
  await shop?.close()
})
const one = async <R>(text: string, values: unknown[] = []) => (await db.query(text, values)).rows[0] as R
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
const dialog = () => page.locator('.ui-dialog')
const saved = () => page.getByText('保存しました').first().waitFor()
async function choose(label: string, option: string | RegExp) {
  await dialog().getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option }).click()
}
const productOf = async (sku: string) =>
  (await one<{ product: string }>('select product from catalog.sku where code = $1', [sku])).product

test('a grid is typed into, pasted into, filled, taken back and saved; a cell that is wrong is told in the cell', async () => {
  await page.goto(`${shop.url}/console/products`)
  await button('一括で編集する').click()
  await page.getByRole('heading', { level: 1, name: '商品の一括編集' }).waitFor()
  await page.goto(`${shop.url}/console/products/grid?q=TEE-WHITE`)
  const grid = page.getByRole('grid', { name: 'SKUの表' })
  await grid.waitFor()
  assert.ok((await grid.getByRole('columnheader').count()) >= 12)
  const cell = (sku: string, column: number) =>
    grid.getByRole('row').filter({ hasText: sku }).first().getByRole('gridcell').nth(column)
  const field = grid.getByRole('textbox')
  // The first row may have its code in a field: rows are found by place.
  const rowAt = (n: number) => grid.locator(`[aria-rowindex="${n + 2}"]`)
  const at = (n: number, column: number) => rowAt(n).getByRole('gridcell').nth(column)
  await at(0, 4).click()
  const before = await field.inputValue()
  await page.keyboard.type('3000')
  await page.keyboard.press('Escape')
  assert.equal(await field.inputValue(), before)
  await page.keyboard.type('3,100')
  await page.keyboard.press('Enter')
  // One below: fill down with the cell above it.
  await page.keyboard.press('Control+d')
  assert.equal(await field.inputValue(), '3,100')
  await page.keyboard.press('Control+z')
  assert.notEqual(await field.inputValue(), '3,100')
  await page.keyboard.press('Control+Shift+z')
  assert.equal(await field.inputValue(), '3,100')
  // An input method composes in the cell: its Enter is its own, and typing replaces what stood there.
  await at(0, 9).click()
  const composer = await page.context().newCDPSession(page)
  await composer.send('Input.imeSetComposition', { text: 'まいにち', selectionStart: 4, selectionEnd: 4 })
  await page.keyboard.press('Enter')
  assert.equal(await field.inputValue(), 'まいにち')
  await composer.send('Input.insertText', { text: 'マイニチ' })
  assert.equal(await field.inputValue(), 'マイニチ')
  await page.keyboard.press('Escape')
  assert.notEqual(await field.inputValue(), 'マイニチ')
  // A range from a spreadsheet: two rows, weight and units a case, one of them wrong.
  await at(0, 10).click()
  await page.evaluate(() => navigator.clipboard.writeText('210\t6\n220\tたくさん'))
  await page.keyboard.press('Control+v')
  await at(1, 11).click()
  await page.getByText('数字で入力してください。').first().waitFor()
  await shoot(page, 'grid-fault')
  assert.equal(await field.getAttribute('aria-invalid'), 'true')
  await page.keyboard.press('Control+s')
  await page.getByText('直すセルが1か所あります。').waitFor()
  await button('最初のセルへ移る').click()
  await page.keyboard.press('F2')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('8')
  await page.keyboard.press('Tab')
  // Copy as a spreadsheet would take it.
  await at(0, 10).click()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Control+c')
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '210\t6\n220\t8')
  await assertNoViolation(page, 'grid')
  await shoot(page, 'grid')
  await page.keyboard.press('Control+s')
  await saved()
  const codes = (await merchandiser('GET', '/admin/v1/skus?q=TEE-WHITE')).body as unknown as {
    items: { code: string; price: number; weight_grams: number; case_pack: number }[]
  }
  assert.deepEqual(
    codes.items.slice(0, 2).map((r) => [r.price, r.weight_grams, r.case_pack]),
    [
      [3100, 210, 6],
      [3100, 220, 8],
    ],
  )
  assert.equal(await page.getByRole('button', { name: '保存する' }).count(), 0)
  // Leaving with something typed asks.
  await cell('TEE-WHITE', 2).first().click()
  await page.keyboard.type('ためし')
  await page.keyboard.press('Enter')
  let asked = ''
  page.once('dialog', (d) => {
    asked = d.message()
    void d.dismiss()
  })
  await page.getByRole('link', { name: '商品', exact: true }).click()
  await page.waitForTimeout(200)
  assert.match(asked, /保存していない変更/)
  await button('破棄する')
    .or(page.getByRole('button', { name: /破棄|取り消/ }))
    .first()
    .click()
})

test('somebody else’s change of the same cell is named, and theirs or mine is kept', async () => {
  await page.goto(`${shop.url}/console/products/grid?q=GUINOMI`)
  const grid = page.getByRole('grid', { name: 'SKUの表' })
  const at = (column: number) => grid.locator('[aria-rowindex="2"]').getByRole('gridcell').nth(column)
  await at(2).click()
  await page.keyboard.type('自分のぐい呑み')
  await page.keyboard.press('Enter')
  const product = Number(await productOf('GUINOMI'))
  const { items } = (await merchandiser('GET', '/admin/v1/skus?q=GUINOMI')).body as unknown as {
    items: { sku: number; name: { ja: string } }[]
  }
  const edit = (was: string, to: string) =>
    merchandiser('POST', '/admin/v1/skus/edits', {
      products: [{ product, rows: [{ sku: items[0]!.sku, was: { name_ja: was }, to: { name_ja: to } }] }],
    })
  await edit(items[0]!.name.ja, '相手のぐい呑み')
  await page.keyboard.press('Control+s')
  await page.getByText(/相手「相手のぐい呑み」／自分「自分のぐい呑み」/).waitFor()
  await shoot(page, 'grid-conflict')
  await assertNoViolation(page, 'grid with a conflict')
  let send = () => {}
  const held = new Promise<void>((go) => (send = go))
  await page.route('**/admin/v1/skus/edits', async (route) => {
    await held
    await route.continue()
  })
  // Said over theirs is saved over theirs, and the keys go on where the cell is.
  await button('自分の値で上書きする').click()
  await page.getByText('保存しています（1件中0件）').waitFor()
  assert.ok(await at(2).evaluate((cell) => cell.contains(document.activeElement)))
  send()
  await page.getByText('1件の商品を保存しました。').waitFor()
  const now = await one<{ ja: string }>(`select name->>'ja' as ja from catalog.product where id = $1`, [
    product,
  ])
  assert.equal(now.ja, '自分のぐい呑み')
})

test('hundreds of rows scroll with a few dozen in the document, by keys alone', async () => {
  const many = Array.from({ length: 450 }, (_, n) => ({
    code: `BEAD-${n}`,
    jan: null,
    options: { no: `n${n}` },
    unit: 'piece',
    decimals: 0,
    case_pack: null,
    weight_grams: null,
    lot_kept: false,
    components: null,
    archived: false,
    price: 100,
  }))
  const none = { brand: null, kana: null, summary: null, description: null, age: null, picture: null }
  const made = await merchandiser('POST', '/admin/v1/products', {
    ...none,
    code: 'beads',
    name: { ja: 'ビーズ', en: 'Beads' },
    tax_class: 'standard',
    categories: [],
    fields: {},
    options: [
      {
        code: 'no',
        name: { ja: '番号', en: 'Number' },
        values: many.map((s) => ({ code: s.options.no, name: { ja: s.options.no, en: '' } })),
      },
    ],
    skus: many,
  })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  await page.goto(`${shop.url}/console/products/grid?state=all`)
  const grid = page.getByRole('grid', { name: 'SKUの表' })
  await grid.locator('[aria-rowindex="2"]').getByRole('gridcell').first().click()
  for (let n = 0; n < 5 && Number(await grid.getAttribute('aria-rowcount')) < 600; n++) {
    await page.keyboard.press('Control+End')
    await page.waitForTimeout(600)
  }
  assert.ok(
    Number(await grid.getAttribute('aria-rowcount')) > 600,
    String(await grid.getAttribute('aria-rowcount')),
  )
  assert.ok((await grid.getByRole('row').count()) < 60)
  const began = Date.now()
  for (let n = 0; n < 30; n++) await page.keyboard.press('PageUp')
  console.log(
    `# 30 pages up through ${await grid.getAttribute('aria-rowcount')} rows: ${Date.now() - began} ms`,
  )
  // Esc, then Tab leaves it.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement?.closest('[role=grid]') === null), true)
})

test('categories are added, put in order by keys, given products in an order of their own, merged', async () => {
  await page.goto(`${shop.url}/console/categories`)
  await button('カテゴリを加える').click()
  await dialog().getByLabel('名前（日本語）').fill('春の器')
  await dialog().getByLabel('アドレス（英数字）').fill('spring-ware')
  await dialog().getByRole('button', { name: 'カテゴリを加える' }).click()
  await dialog().waitFor({ state: 'detached' })
  const made = await one<{ id: number; position: number }>(
    `select id, position from catalog.category where code = 'spring-ware'`,
  )
  await button('春の器を前へ').click()
  await page.getByText('移しました。', { exact: true }).first().waitFor()
  const { rows: tops } = await db.query(
    'select id from catalog.category where parent is null and archived_at is null order by position, id',
  )
  assert.equal(tops.at(-2)?.id, made.id)
  // What stands below another moves among its own neighbours: the one above it stays, by keys and by the mouse.
  const level = async (code: string) =>
    (
      await db.query(
        `select code from catalog.category where archived_at is null
         and parent is not distinct from (select parent from catalog.category where code = $1)
         order by position, id`,
        [code],
      )
    ).rows.map((row: { code: string }) => row.code)
  const [above, below] = [await level('tableware'), await level('plates')]
  await page.getByRole('button', { name: 'お皿', exact: true }).focus()
  await page.keyboard.press('Alt+ArrowDown')
  for (let n = 0; n < 50 && (await level('plates')).join() === below.join(); n++)
    await page.waitForTimeout(50)
  assert.notDeepEqual(await level('plates'), below)
  assert.deepEqual(await level('tableware'), above)
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'お皿')
  await page.waitForTimeout(300)
  await page
    .getByRole('button', { name: 'お皿', exact: true })
    .dragTo(page.getByRole('button', { name: 'タオル', exact: true }))
  await page.waitForTimeout(500)
  assert.deepEqual(await level('tableware'), above)
  await button('春の器').click()
  await button('商品を入れる').click()
  for (const q of ['MUG-WHITE', 'GUINOMI']) {
    await dialog().getByLabel('商品を探す').fill(q)
    await dialog()
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: '入れる' }) })
      .first()
      .waitFor()
    await dialog().getByRole('listitem').first().waitFor()
    await page.waitForTimeout(400)
    await dialog().getByRole('button', { name: '入れる' }).first().click()
    await dialog().getByText('入っています').first().waitFor()
  }
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
  for (const left of [1, 0]) {
    await button('先頭に並べる').first().click()
    await page.waitForFunction(
      (n) =>
        [...document.querySelectorAll('button')].filter((b) => b.textContent === '先頭に並べる').length === n,
      left,
    )
  }
  const first = async () =>
    (await one<{ first: number[] }>('select first from catalog.category where id = $1', [made.id])).first
  for (let n = 0; n < 50 && (await first()).length < 2; n++) await page.waitForTimeout(50)
  const order = await first()
  assert.equal(order.length, 2)
  const list = page.getByRole('list', { name: '先頭に並べる商品' })
  await list
    .getByRole('listitem')
    .nth(1)
    .getByRole('button', { name: /を前へ/ })
    .focus()
  await page.keyboard.press('Alt+ArrowUp')
  for (let n = 0; n < 50 && (await first())[0] === order[0]; n++) await page.waitForTimeout(50)
  assert.deepEqual(await first(), order.toReversed())
  // What the server refuses is set back, in the tree and among its products, with the reason.
  const setBack = async (
    why: string,
    route: string,
    act: () => Promise<void>,
    read: () => Promise<string[]>,
  ) => {
    const was = await read()
    const refused = await refuse(page, route, why)
    await act()
    for (let n = 0; n < 50 && (await read()).join() === was.join(); n++) await page.waitForTimeout(50)
    assert.notDeepEqual(await read(), was, 'seen before it is answered')
    refused.answer()
    await page.locator('.ui-toast', { hasText: why }).waitFor()
    for (let n = 0; n < 50 && (await read()).join() !== was.join(); n++) await page.waitForTimeout(50)
    assert.deepEqual(await read(), was, 'set back')
    await refused.end()
  }
  await setBack(
    '木の理由',
    '**/admin/v1/categories/*/move',
    () => button('春の器を前へ').click(),
    () =>
      page
        .locator('.branch')
        .first()
        .locator(':scope > li > .leaf > .leaf-line > .leaf-name')
        .allTextContents(),
  )
  await setBack(
    '棚の理由',
    '**/admin/v1/categories/*/first',
    () =>
      list
        .getByRole('button', { name: /を前へ/ })
        .nth(1)
        .click(),
    () => list.getByRole('link').allTextContents(),
  )
  await shoot(page, 'categories')
  await assertNoViolation(page, 'categories')
  await button('春の器の操作').click()
  await page.getByRole('menuitem', { name: '統合・終了する' }).click()
  await choose('商品の移し先', '贈りもの')
  await dialog().getByRole('button', { name: '統合・終了する' }).click()
  await dialog().waitFor({ state: 'detached' })
  // What opened it has gone with the category: the keys go on from the page.
  for (let n = 0; n < 40 && (await page.evaluate(() => document.activeElement?.tagName)) === 'BODY'; n++)
    await page.waitForTimeout(50)
  assert.notEqual(await page.evaluate(() => document.activeElement?.tagName), 'BODY')
  const gone = await one<{ n: number; at: Date | null }>(
    `select (select count(*)::int from catalog.product where categories @> jsonb_build_array(c.id)) as n, archived_at as at from catalog.category c where id = $1`,
    [made.id],
  )
  assert.deepEqual([gone.n, gone.at !== null], [0, true])
})

test('pictures are dropped and chosen, described, put in order, and the shop shows them', async () => {
  const product = await productOf('TEE-WHITE-M')
  await page.goto(`${shop.url}/console/products/${product}`)
  const made = async (colour: string, kind: 'jpeg' | 'png') =>
    sharp({ create: { width: 1000, height: 800, channels: 3, background: colour } })
      .toFormat(kind)
      .toBuffer()
  await page.locator('input[type=file]').setInputFiles([
    { name: 'front.jpg', mimeType: 'image/jpeg', buffer: await made('#a33', 'jpeg') },
    { name: 'back.png', mimeType: 'image/png', buffer: await made('#3a3', 'png') },
    { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture at all') },
  ])
  await page.getByText('この写真の形式は使えません。').waitFor()
  // One more is dropped on the panel.
  const dropped = (await made('#33a', 'jpeg')).toString('base64')
  await page.evaluate((data) => {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0))
    const transfer = new DataTransfer()
    transfer.items.add(new File([bytes], 'side.jpg', { type: 'image/jpeg' }))
    const zone = document.querySelector('.drop')!
    zone.dispatchEvent(new DragEvent('dragover', { dataTransfer: transfer, bubbles: true }))
    zone.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }))
  }, dropped)
  const list = page.getByRole('list', { name: '写真' })
  await list.getByRole('listitem').nth(3).waitFor()
  await list.getByLabel('写真 4 の説明（日本語）').fill('青い横顔')
  await button('写真 4を前へ').click()
  await button('写真 3を前へ').click()
  await page.keyboard.press('Enter')
  assert.equal(await list.getByLabel('写真 1 の説明（日本語）').inputValue(), '青い横顔')
  await list.getByRole('listitem').nth(3).getByRole('button', { name: '外す' }).click()
  await button('元に戻す').click()
  await list.getByRole('listitem').nth(3).waitFor()
  // One that misses the field is taken, too: it would open in the page's place.
  await page.evaluate(
    (data) => {
      const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0))
      const transfer = new DataTransfer()
      transfer.items.add(new File([bytes], 'far.jpg', { type: 'image/jpeg' }))
      const title = document.querySelector('h1')!
      const fire = (kind: string) =>
        title.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }))
      if (fire('dragover') || fire('drop')) throw new Error('nobody took it')
    },
    (await made('#aa3', 'jpeg')).toString('base64'),
  )
  await list.getByRole('listitem').nth(4).waitFor()
  await list.getByRole('listitem').nth(4).getByRole('button', { name: '外す' }).click()
  await list.getByRole('listitem').nth(4).waitFor({ state: 'detached' })
  // By dragging: the first behind the second, and back.
  const files = () =>
    list
      .locator('img')
      .evaluateAll((all) => all.map((img) => (img as HTMLImageElement).src.split('/').at(-1)!.slice(0, 20)))
  const inOrder = await files()
  await list.locator('img').nth(0).dragTo(list.locator('img').nth(1))
  assert.deepEqual(await files(), [inOrder[1], inOrder[0], ...inOrder.slice(2)])
  await list.locator('img').nth(1).dragTo(list.locator('img').nth(0))
  assert.deepEqual(await files(), inOrder)
  await shoot(page, 'product-pictures')
  await page.keyboard.press('Control+s')
  await page.getByText('商品を保存しました。').waitFor()
  const { pictures, code, picture } = await one<{
    pictures: { file: string; alt: { ja: string } }[]
    code: string
    picture: string
  }>('select pictures, code, picture from catalog.product where id = $1', [product])
  assert.equal(pictures.length, 4)
  assert.equal(pictures[0]!.alt.ja, '青い横顔')
  assert.equal(picture, pictures[0]!.file)
  // What it was before is shown, too, where that was the sample's, of which nothing is known but its name.
  const told = page.locator('.changes tr', { hasText: '写真' }).first()
  await told.waitFor()
  assert.deepEqual(
    await Promise.all([0, 1].map((n) => told.locator('td').nth(n).locator('img').count())),
    [1, 4],
  )
  const buyer = await openPage(chrome, desk)
  for (let n = 0; n < 40; n++) {
    await buyer.goto(`${shop.url}/p/${code}`)
    if (await buyer.getByRole('img', { name: '青い横顔' }).count()) break
    await buyer.waitForTimeout(100)
  }
  const shown = buyer.getByRole('img', { name: '青い横顔' })
  assert.ok(await shown.evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth > 0)))
  await shoot(buyer, 'shop-pictures')
  await assertNoViolation(buyer, 'product with pictures')
  await buyer.context().close()
})

test('a picture is pasted, and one takes the place of another with its words and its place', async () => {
  const product = await productOf('MUG-WHITE')
  await page.goto(`${shop.url}/console/products/${product}`)
  const list = page.getByRole('list', { name: '写真' })
  const picture = async (colour: string) =>
    (
      await sharp({ create: { width: 900, height: 900, channels: 3, background: colour } })
        .png()
        .toBuffer()
    ).toString('base64')
  // By the keys and the clipboard themselves, from where the focus is.
  const paste = async (data: string, within: string) => {
    await page.evaluate(async (told) => {
      const bytes = Uint8Array.from(atob(told), (c) => c.charCodeAt(0))
      await navigator.clipboard.write([
        new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) }),
      ])
    }, data)
    await page.locator(within).focus()
    await page.keyboard.press('Control+v')
  }
  const count = async () => list.getByRole('listitem').count()
  await page.locator('.drop').waitFor()
  const before = await count()
  await paste(await picture('#a36'), '.drop')
  await list.getByRole('listitem').nth(before).waitFor()
  const mine = list.getByRole('listitem').nth(before)
  await mine.getByLabel(`写真 ${before + 1} の説明（日本語）`).fill('貼り付けた写真')
  const files = () =>
    list
      .locator('img')
      .evaluateAll((all) => all.map((img) => (img as HTMLImageElement).src.split('/').at(-1)!.slice(0, 20)))
  const was = await files()
  // Words are pasted as words.
  await page.evaluate(() => navigator.clipboard.writeText('と言葉'))
  await page.keyboard.press('End')
  await page.keyboard.press('Control+v')
  assert.equal(await mine.getByRole('textbox').first().inputValue(), '貼り付けた写真と言葉')
  assert.equal(await count(), before + 1)
  const replace = async (colours: string[]) => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      mine.getByRole('button', { name: '差し替える' }).click(),
    ])
    assert.equal(chooser.isMultiple(), false, 'one is replaced by one')
    await chooser.setFiles(
      await Promise.all(
        colours.map(async (c) => ({
          name: `${c}.png`,
          mimeType: 'image/png',
          buffer: Buffer.from(await picture(c), 'base64'),
        })),
      ),
    )
  }
  await replace(['#36a'])
  for (let n = 0; n < 100 && (await files())[before] === was[before]; n++) await page.waitForTimeout(50)
  const now = await files()
  assert.deepEqual([now.slice(0, before), now.length], [was.slice(0, before), was.length])
  assert.notEqual(now[before], was[before])
  assert.equal(await mine.getByRole('textbox').first().inputValue(), '貼り付けた写真と言葉')
  // Asked for and given up: what is pasted next is one more, and takes nobody's place.
  const [given] = await Promise.all([
    page.waitForEvent('filechooser'),
    mine.getByRole('button', { name: '差し替える' }).click(),
  ])
  await given.setFiles([])
  // From wherever the focus is: the page has nothing else to do with a picture.
  await paste(await picture('#6a3'), 'main')
  await list
    .getByRole('listitem')
    .nth(before + 1)
    .waitFor()
  assert.deepEqual((await files()).slice(0, before + 1), now)
  await page.keyboard.press('Control+s')
  await page.getByText('商品を保存しました。').waitFor()
  const kept = await one<{ pictures: { alt: { ja: string } }[] }>(
    'select pictures from catalog.product where id = $1',
    [product],
  )
  assert.deepEqual(
    kept.pictures.slice(before).map((p) => p.alt.ja),
    ['貼り付けた写真と言葉', ''],
  )
})

test('what was changed is told with who did it, and an earlier version comes back after a look at what changes', async () => {
  const product = await productOf('TEE-WHITE-M')
  await page.goto(`${shop.url}/console/products/${product}`)
  await page.getByLabel('ブランド').fill('あたらしい名前')
  await page.getByLabel('商品名（英語）').fill('')
  await page.getByText('英語が未入力: 商品名').waitFor()
  await page.keyboard.press('Control+s')
  await page.getByText('商品を保存しました。').waitFor()
  const history = page.locator('.ui-panel', { has: page.getByRole('heading', { name: '変更の履歴' }) })
  await history.getByText('あたらしい名前').waitFor()
  await shoot(page, 'product-history')
  await assertNoViolation(page, 'product with history')
  await history
    .getByRole('button', { name: /この版に戻す/ })
    .first()
    .click()
  await dialog()
    .getByRole('row', { name: /ブランド/ })
    .waitFor()
  await shoot(page, 'product-restore')
  await dialog().getByRole('button', { name: 'この版に戻す' }).click()
  await page.getByText(/の内容に戻しました。/).waitFor()
  const now = await one<{ brand: string; en: string }>(
    `select brand, name->>'en' as en from catalog.product where id = $1`,
    [product],
  )
  assert.notEqual(now.brand, 'あたらしい名前')
  assert.notEqual(now.en, '')
  // That, too, is taken back with its notice.
  const notice = page.locator('.ui-toast', { hasText: 'の内容に戻しました。' })
  await notice.getByRole('button', { name: '元に戻す' }).click()
  await page.getByText('元に戻しました。').waitFor()
  assert.equal(
    (await one<{ brand: string }>('select brand from catalog.product where id = $1', [product])).brand,
    'あたらしい名前',
  )
})

test('a price is planned for a while, changed, and withdrawn; one for the past is refused in words', async () => {
  const product = await productOf('MUG-INDIGO')
  await page.goto(`${shop.url}/console/products/${product}`)
  // What is being typed is not thrown away when the product cannot be read again.
  await page.getByLabel('ブランド').fill('書きかけ')
  const asked = `**/admin/v1/products/${product}`
  await page.route(asked, (route) => route.abort())
  const prices = page.getByRole('grid', { name: '記録の一覧' })
  const local = (days: number) =>
    new Date(Date.now() + days * 86_400_000 + 9 * 3_600_000).toISOString().slice(0, 16)
  await button('価格を計画する').click()
  await dialog().getByLabel('価格（税込）').fill('1980')
  await dialog().getByLabel('開始').fill(local(-2))
  await dialog().getByRole('button', { name: '記録する' }).click()
  await dialog()
    .getByText(/過去の価格.*変えられません/)
    .waitFor()
  await dialog().getByLabel('開始').fill(local(7))
  await dialog().getByLabel('終了').fill(local(14))
  await dialog().getByRole('button', { name: '記録する' }).click()
  await dialog().waitFor({ state: 'detached' })
  await prices.getByRole('row', { name: /1,980/ }).first().waitFor()
  assert.equal(await page.getByLabel('ブランド').inputValue(), '書きかけ')
  await page.unroute(asked)
  // Nor when somebody else has changed it meanwhile, and all lists are read again.
  type Row = { sku: number; weight_grams: number | null }
  const [mug] = (
    (await merchandiser('GET', '/admin/v1/skus?q=MUG-INDIGO')).body as unknown as { items: Row[] }
  ).items
  const { sku, weight_grams } = mug!
  const rows = [{ sku, was: { weight_grams }, to: { weight_grams: 333 } }]
  const edited = await merchandiser('POST', '/admin/v1/skus/edits', {
    products: [{ product: Number(product), rows }],
  })
  assert.equal((edited.body as unknown as { results: { result: string }[] }).results[0]?.result, 'saved')
  await shoot(page, 'product-prices')
  await assertNoViolation(page, 'product with prices')
  await prices
    .getByRole('row', { name: /1,980/ })
    .first()
    .getByRole('button', { name: '予定を変える' })
    .click()
  await dialog().getByLabel('価格（税込）').fill('2080')
  await dialog().getByRole('button', { name: '記録する' }).click()
  await dialog().waitFor({ state: 'detached' })
  assert.equal(await page.getByLabel('ブランド').inputValue(), '書きかけ')
  await button('変更を破棄する').click()
  await prices
    .getByRole('row', { name: /2,080/ })
    .first()
    .getByRole('button', { name: '予定を取り下げる' })
    .click()
  await dialog().getByRole('button', { name: '予定を取り下げる' }).click()
  await dialog().waitFor({ state: 'detached' })
  const rules = await db.query(
    `select rule, count(*)::int as n from pricing.price p join catalog.sku s on s.id = p.sku where s.product = $1 and p.actor is not null group by rule`,
    [product],
  )
  assert.ok(rules.rows.some((r) => r.rule === 'withdrawn'))
})

test('options make the SKUs that are missing, each with a code of its own', async () => {
  await page.goto(`${shop.url}/console/products/new`)
  await page.getByLabel('商品コード').fill('socks')
  await page.getByLabel('商品名（日本語）').fill('くつした')
  await button('選択肢を加える').click()
  await page.getByLabel('選択肢 1 のコード').fill('size')
  await page.getByLabel('選択肢 1 の名前（日本語）').fill('サイズ')
  await button('値を加える').click()
  for (const [n, code, name] of [
    ['1', 's', '小'],
    ['2', 'm', '中'],
  ] as const) {
    await page.getByLabel(`選択肢 size の値 ${n} のコード`).fill(code)
    await page.getByLabel(`選択肢 size の値 ${n}（日本語）`).fill(name)
  }
  const table = page.getByRole('grid', { name: /SKU/ })
  await table.getByRole('row').nth(1).click()
  await dialog().getByLabel('SKUコード').fill('SOCKS')
  await dialog().getByRole('button', { name: '反映する' }).click()
  await button('足りない組み合わせを作る（2件）').click()
  await shoot(page, 'product-variants')
  await page.keyboard.press('Control+s')
  await page.getByText('商品を登録しました。').waitFor()
  const { rows } = await db.query(
    `select s.code, s.options->>'size' as size from catalog.sku s join catalog.product p on p.id = s.product where p.code = 'socks' order by s.position`,
  )
  assert.deepEqual(rows, [
    { code: 'SOCKS', size: 's' },
    { code: 'SOCKS-M', size: 'm' },
  ])
  const gone = async () =>
    (
      await one<{ gone: boolean }>(
        `select archived_at is not null as gone from catalog.sku where code = 'SOCKS-M'`,
      )
    ).gone
  for (const [what, is] of [
    ['SKUを終了 SOCKS-M', true],
    ['SKUを再開 SOCKS-M', false],
  ] as const) {
    await button(what).click()
    await page.keyboard.press('Control+s')
    await page.getByRole('region', { name: '保存していない変更があります。' }).waitFor({ state: 'detached' })
    assert.equal(await gone(), is)
  }
})

test('grid, categories and product in two looks each, and all four among them', async () => {
  const screens: [at: string, seen: (who: Page) => Promise<void>][] = [
    [
      'products/grid?q=mug',
      async (who) => {
        await who.getByRole('grid').waitFor()
        await who.getByRole('gridcell').first().click()
      },
    ],
    [
      'categories',
      async (who) => {
        await who.getByRole('listitem').first().waitFor()
        await who.locator('.leaf-name').nth(1).click()
        await who.getByRole('heading', { name: /の商品$|^Products of/ }).waitFor()
      },
    ],
    [
      `products/${await productOf('MUG-INDIGO')}`,
      async (who) => {
        await who.locator('.timeline').waitFor()
        await who.locator('.change').first().waitFor()
      },
    ],
  ]
  for (const look of looks) {
    const who = await inLook(page, look)
    for (const [n, [at, seen]] of screens.entries()) {
      if (!twoLooks(n).includes(look)) continue
      const name = `${at.replace(/\W+/g, '-')}-${look.lang}-${look.theme}-${look.width}`
      await who.goto(`${shop.url}/console/${at}`)
      await seen(who)
      await assertNoViolation(who, name)
      await shoot(who, name)
    }
    await who.context().close()
  }
})
