import assert from 'node:assert/strict'
import fs from 'node:fs'
import { after, before, test } from 'node:test'
import type { Browser, CDPSession, Locator, Page } from 'playwright-core'
import pg from 'pg'
import { codeOf, stepAt } from '#domains/access'
import { buildApps } from '#doors/apps'
import { browser, openShop, unbase32, type Shop } from '#testing'
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

/** Staff are invited, come in by password, passkey and app, prove themselves, go; and the audit log knows. All of it in the console. */
let shop: Shop, chrome: Browser, db: pg.Client, page: Page
let url = ''
before(async () => {
  await buildApps(() => {})
  shop = await openShop()
  // A passkey belongs to a name, and this machine's is localhost.
  url = `http://localhost:${new URL(shop.url).port}`
  chrome = await browser()
  db = new pg.Client(shop.database.owner)
  await db.connect()
  page = await openPage(chrome, desk)
})
after(async () => {
  await chrome?.close()
  await db?.end()
  await shop?.close()
})
const button = (name: string | RegExp, within: Page | Locator = page) =>
  within.getByRole('button', { name, exact: typeof name === 'string' })
const dialog = (within = page) => within.locator('.ui-dialog').last()
/** An authenticator in the browser, whose owner is always there and always themselves. */
async function authenticator(who: Page): Promise<{ cdp: CDPSession; id: string }> {
  const cdp = await who.context().newCDPSession(who)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { cdp, id: authenticatorId }
}
async function stale(email = 'owner') {
  await db.query(
    `update access.session set proven_at = now() - interval '11 minutes' where staff = (select id from access.staff where role = $1 order by id limit 1)`,
    [email],
  )
  await new Promise((r) => setTimeout(r, 2100)) // as long as a server may remember a session
}
const fieldOf = (within: Locator | Page, name: string) => within.getByLabel(name, { exact: true })
let secret = ''

test('somebody is invited; the link opens once, sets a password, and they are in', async () => {
  await signIn(page, url)
  await page.goto(`${url}/console/staff`)
  await button('招待する').click()
  await fieldOf(dialog(), '姓').fill('高瀬')
  await fieldOf(dialog(), '名').fill('灯')
  await fieldOf(dialog(), 'メールアドレス').fill('takase@example.jp')
  await dialog().getByRole('combobox', { name: '役割' }).click()
  await page.getByRole('option', { name: 'お客様窓口' }).click()
  await shoot(page, 'staff-invite')
  await button('招待する', dialog()).click()
  const field = dialog().getByLabel('招待のリンク')
  await field.waitFor()
  await shoot(page, 'staff-link')
  const link = (await field.inputValue()).replace('127.0.0.1', 'localhost')
  await button('閉じる', dialog()).last().click()
  await page.getByText('招待中').waitFor()

  const hers = await openPage(chrome, { lang: 'ja', theme: 'light', width: 390 })
  await hers.goto(link)
  await hers.getByText('高瀬 灯 様（takase@example.jp）').waitFor()
  await assertNoViolation(hers, 'invitation')
  await shoot(hers, 'invitation')
  await hers.getByLabel('新しいパスワード').fill('long-enough-to-be-one')
  await button('パスワードを決めて始める', hers).click()
  await hers.locator('nav').first().waitFor()
  await hers.goto(link)
  await hers.getByText('この招待は使えません。', { exact: false }).waitFor()
  await hers.context().close()
  await page.reload()
  const row = page.getByRole('row', { name: /高瀬 灯/ })
  await row.getByText('有効').waitFor()
  const { rows } = await db.query(`select role, password from access.staff order by created_at desc limit 1`)
  assert.equal(rows[0].role, 'call')
})

test('role and shops change, they are disabled and let in again; the last owner is told why not', async () => {
  const acts = async (name: string, act: string) => {
    await button(`${name}の操作`).click()
    await page.getByRole('menuitem', { name: act }).click()
  }
  await acts('高瀬 灯', '役割・ショップを変える')
  await dialog().getByRole('combobox', { name: '役割' }).click()
  await page.getByRole('option', { name: '経理' }).click()
  await dialog().getByText('選んだショップだけ').first().click()
  await dialog().getByRole('checkbox').first().click()
  await shoot(page, 'staff-edit')
  await button('保存する', dialog()).click()
  const row = page.getByRole('row', { name: /高瀬 灯/ })
  await row.getByText('経理').waitFor()
  await acts('高瀬 灯', '無効にする')
  await button('無効にする', dialog()).click()
  await row.getByText('無効').waitFor()
  // What is done without a form says in a notice why it was not.
  const refused = await refuse(page, '**/admin/v1/staff/*/enable', '断った理由')
  await acts('高瀬 灯', '有効に戻す')
  refused.answer()
  await page.locator('.ui-toast', { hasText: '断った理由' }).getByLabel('閉じる').click()
  await refused.end()
  await acts('高瀬 灯', '有効に戻す')
  await row.getByText('有効').waitFor()
  const me = (await db.query(`select id, role from access.staff where role = 'owner' order by id limit 1`))
    .rows[0]
  const name = (await page.locator('header.top .who a').textContent())!
  await acts(name, '役割・ショップを変える')
  await dialog().getByRole('combobox', { name: '役割' }).click()
  await page.getByRole('option', { name: '経理' }).click()
  await button('保存する', dialog()).click()
  await dialog().getByText('すべてのショップを担当するオーナーがいなくなるため').waitFor()
  await shoot(page, 'staff-last-owner')
  await page.keyboard.press('Escape')
  assert.equal((await db.query('select role from access.staff where id = $1', [me.id])).rows[0].role, 'owner')
  await page.getByRole('tab', { name: '役割と権限' }).click()
  await page.getByText('担当者を招待・変更する').waitFor()
  await shoot(page, 'staff-matrix')
})

test('what is dangerous asks for a proof, inside the dialog that is open, and then goes on by itself', async () => {
  await page.goto(`${url}/console/staff`)
  await button('招待する').waitFor()
  await stale()
  await button('招待する').click()
  await fieldOf(dialog(), '姓').fill('岸')
  await fieldOf(dialog(), '名').fill('洋')
  await fieldOf(dialog(), 'メールアドレス').fill('kishi@example.jp')
  await button('招待する', dialog()).click()
  const proof = page.getByRole('dialog', { name: 'ご本人の確認' })
  await proof.waitFor()
  await shoot(page, 'step-up')
  await proof.getByLabel('パスワード').fill('not the one')
  await page.keyboard.press('Enter')
  await proof.getByText('パスワードまたは暗証番号（PIN）が正しくありません。', { exact: false }).waitFor()
  await proof.getByLabel('パスワード').fill('sample-owner')
  await button('確かめる', proof).click()
  await dialog().getByLabel('招待のリンク').waitFor()
  await proof.waitFor({ state: 'hidden' })
  await button('閉じる', dialog()).last().click()
  assert.equal(
    (await db.query(`select count(*)::int as n from access.staff where invitation is not null`)).rows[0].n,
    1,
  )
  // Who gives none is told that nothing was done.
  await stale()
  await button('招待する').click()
  await fieldOf(dialog(), '姓').fill('岸')
  await fieldOf(dialog(), '名').fill('海')
  await fieldOf(dialog(), 'メールアドレス').fill('kishi2@example.jp')
  await button('招待する', dialog()).click()
  await proof.waitFor()
  await page.keyboard.press('Escape')
  await proof.waitFor({ state: 'hidden' })
  await dialog()
    .getByText('ご本人であることをもう一度確かめます。何も変更していません。', { exact: false })
    .waitFor()
  await button('やめる', dialog()).click()
})

test('an authenticator app: its code is scanned or typed, ten recovery codes are shown once, and signing in asks for it', async () => {
  await page.goto(`${url}/console/account`)
  await button('認証アプリを設定する').click()
  const proof = page.getByRole('dialog', { name: 'ご本人の確認' })
  await proof.getByLabel('パスワード').fill('sample-owner')
  await page.keyboard.press('Enter')
  await dialog().getByRole('img', { name: '認証アプリ用の二次元コード' }).waitFor()
  await assertNoViolation(page, 'totp')
  await shoot(page, 'account-totp')
  secret = await dialog().getByLabel('読み取れないときに入力する鍵').inputValue()
  // What is asked has the focus, not the way out.
  assert.ok(
    await dialog().evaluate(
      (d) => document.activeElement?.matches('input') && d.contains(document.activeElement),
    ),
  )
  await dialog().getByLabel('確認コード（6桁）').fill('000000')
  await button('確かめて使い始める', dialog()).click()
  await dialog().getByText('確認コードが正しくないか', { exact: false }).waitFor()
  await dialog()
    .getByLabel('確認コード（6桁）')
    .fill(codeOf(unbase32(secret), stepAt(new Date())))
  await button('確かめて使い始める', dialog()).click()
  await dialog().getByRole('listitem').nth(9).waitFor()
  assert.equal(await dialog().getByRole('listitem').count(), 10)
  const codes = await dialog().getByRole('listitem').allTextContents()
  await shoot(page, 'account-codes')
  await button('控えました', dialog()).click()
  await page.getByText('残りの回復コード：10個').waitFor()
  await page.reload()
  await page.getByText('残りの回復コード：10個').waitFor()
  assert.ok(!(await page.content()).includes(codes[0]!))

  await db.query('update access.totp set step = 0')
  await button('サインアウトする').click()
  await page.getByLabel('メールアドレス').fill('owner@example.jp')
  await page.getByLabel('パスワード').fill('sample-owner')
  await page.keyboard.press('Enter')
  await page.getByLabel('確認コード').waitFor()
  await assertNoViolation(page, 'second factor')
  await shoot(page, 'sign-in-code')
  await page.getByLabel('確認コード').fill(codes[0]!)
  await page.keyboard.press('Enter')
  await page.locator('nav').first().waitFor()
  await page.goto(`${url}/console/account`)
  await page.getByText('残りの回復コード：9個').waitFor()
})

test('a passkey is made, named, signs in without an address, proves, is removed', async () => {
  const { cdp, id } = await authenticator(page)
  await button('パスキーを加える').click()
  await dialog().getByLabel('名前').fill('机の上のパソコン')
  await button('パスキーを加える', dialog()).click()
  await page.getByRole('gridcell', { name: '机の上のパソコン', exact: true }).waitFor()
  assert.equal((await cdp.send('WebAuthn.getCredentials', { authenticatorId: id })).credentials.length, 1)
  await button('机の上のパソコン：名前を変える').click()
  await dialog().getByLabel('名前').fill('持ち歩くパソコン')
  await button('保存する', dialog()).click()
  await page.getByRole('gridcell', { name: '持ち歩くパソコン', exact: true }).waitFor()
  await shoot(page, 'account-passkey')

  await button('サインアウトする').click()
  await button('パスキーでサインインする').click()
  await page.locator('nav').first().waitFor()
  const { rows } = await db.query('select counter::int as counter, used_at from access.passkey')
  assert.ok(rows[0].counter > 0 && rows[0].used_at)
  // It stands in for the app's code, too.
  await button('サインアウトする').click()
  await page.getByLabel('メールアドレス').fill('owner@example.jp')
  await page.getByLabel('パスワード').fill('sample-owner')
  await page.keyboard.press('Enter')
  await page.getByLabel('確認コード').waitFor()
  await button('パスキーでサインインする').click()
  await page.locator('nav').first().waitFor()
  await page.goto(`${url}/console/account`)
  await button('使うのをやめる').waitFor()
  await stale()
  await button('使うのをやめる').click()
  await button('使うのをやめる', dialog()).click()
  const proof = page.getByRole('dialog', { name: 'ご本人の確認' })
  await button('パスキーで確かめる', proof).click()
  await page.getByText('使っていません。', { exact: false }).waitFor()
  await button('持ち歩くパソコン：削除する').click()
  await button('削除する', dialog()).click()
  await page.getByRole('gridcell', { name: '持ち歩くパソコン', exact: true }).waitFor({ state: 'hidden' })
  // One whose owner was not verified makes no passkey.
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: false })
  await button('パスキーを加える').click()
  await dialog().getByLabel('名前').fill('x')
  await button('パスキーを加える', dialog()).click()
  await dialog().getByText('パスキーを確かめられませんでした。').waitFor()
  await button('やめる', dialog()).click()
  assert.equal((await db.query('select count(*)::int as n from access.passkey')).rows[0].n, 0)
})

test('one’s own password changes, and the other sign-ins end', async () => {
  const other = await openPage(chrome, desk)
  await signIn(other, url)
  await page.reload()
  await page
    .getByRole('gridcell', { name: /Chrome · Linux/ })
    .first()
    .waitFor()
  await button('パスワードを変える').click()
  await fieldOf(dialog(), '今のパスワード').fill('sample-owner')
  await fieldOf(dialog(), '新しいパスワード').fill('another-password-now')
  await button('パスワードを変える', dialog()).click()
  await page.getByText(/ほかの\d+件のサインインを終えました。/).waitFor()
  await other.reload()
  await other.getByLabel('パスワード').waitFor()
  await other.context().close()
})

test('the audit log lists it all, filters, verifies, and names what was changed', async () => {
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await page.getByRole('gridcell', { name: 'パスワードの変更' }).first().waitFor()
  await shoot(page, 'audit')
  await page.getByRole('combobox', { name: '操作' }).click()
  await page.getByRole('option', { name: '担当者の招待' }).click()
  await page.waitForURL(/what=staff\.invite/)
  await page.getByRole('gridcell', { name: '本人の確認が必要' }).first().waitFor()
  await page.reload()
  await page.getByRole('gridcell', { name: '担当者の招待' }).first().waitFor()
  await button('記録を検証する').click()
  await button('検証する', dialog()).click()
  await dialog().getByText('記録はそろっています。').waitFor()
  const head = await dialog()
    .getByLabel(/^先頭のハッシュ/)
    .inputValue()
  assert.match(head, /^[0-9a-f]{64}$/)
  await shoot(page, 'audit-whole')
  await db.query(
    'update access.deed set actor = actor + 1 where id = (select deed from access.link where no = 3)',
  )
  await button('検証する', dialog()).click()
  await dialog().getByText('記録が変えられています。').waitFor()
  await dialog().getByText('3番').waitFor()
  await assertNoViolation(page, 'audit, changed')
  await shoot(page, 'audit-changed')
  await db.query(
    'update access.deed set actor = actor - 1 where id = (select deed from access.link where no = 3)',
  )
  await page.keyboard.press('Escape')
  await stale()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'CSVで書き出す' }).click()
  const proof = page.getByRole('dialog', { name: 'ご本人の確認' })
  await proof.getByLabel('パスワード').fill('another-password-now')
  await page.keyboard.press('Enter')
  const file = await download
  assert.equal(file.suggestedFilename(), 'audit.csv')
  assert.match(fs.readFileSync(await file.path(), 'utf8'), /,staff\.invite,/)
  await page.getByText('audit.csv を保存しました。').waitFor()
})

test('each screen in two looks, and the roles in all four, without a violation', async () => {
  for (const look of looks) {
    const who = await inLook(page, look)
    for (const [n, [screen, head]] of (
      [
        ['staff', /担当者|Staff/],
        ['account', /アカウント|Account/],
        ['audit', /操作の記録|Audit log/],
      ] as const
    ).entries()) {
      if (!twoLooks(n).includes(look)) continue
      await who.goto(`${url}/console/${screen}`)
      await who.getByRole('heading', { name: head, level: 1 }).waitFor()
      await who.locator('tr[data-row]').first().waitFor()
      await assertNoViolation(who, `${screen} ${JSON.stringify(look)}`)
      await shoot(who, `${screen}-${look.lang}-${look.theme}-${look.width}`)
    }
    await who.goto(`${url}/console/staff`)
    await who.getByRole('tab').nth(1).click()
    await who.locator('tr[data-row]').nth(20).waitFor()
    await assertNoViolation(who, `matrix ${JSON.stringify(look)}`)
    await who.context().close()
  }
})
