import assert from 'node:assert/strict'
import fs from 'node:fs'
import { all, heading, type Check } from './frame.ts'

/** 16: a file is tried, its faults stand by line, the rows that failed come back as a file. */
export const files: Check = {
  name: 'files',
  async run({ shop, page, lang, db }) {
    const count = async () => Number((await db.query('select count(*) as n from catalog.product')).rows[0].n)
    const before = await count()
    await page.goto(`${shop.url}/console/imports`)
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'quality.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(`code,name,price\nQUALITY-${lang},皿,12.5\nQUALITY-X,,x\n`),
      })
    const tryIt = page.getByRole('button', { name: /^(試してみる|Try it out)$/ })
    // Its first rows are shown once it has been read.
    await page.getByText('皿').first().waitFor()
    await tryIt.click({ trial: true })
    await tryIt.focus()
    await page.keyboard.press('Enter')
    await page
      .getByText(/試した結果|What would happen/)
      .first()
      .waitFor()
    await page.getByText('3 price').waitFor()
    assert.equal(await count(), before, 'a trial changes nothing')
    const take = page.getByRole('button', { name: /^(取り込む|Take it in)$/ })
    await take.focus()
    await page.keyboard.press('Enter')
    const failed = page.getByRole('link', { name: /取り込めなかった行|rows that failed/ })
    await failed.first().waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), failed.first().press('Enter')])
    const text = fs.readFileSync(await download.path(), 'utf8')
    assert.ok(text.includes('QUALITY-X') && !text.includes(`QUALITY-${lang}`), text)
    assert.equal(await count(), before + 1)
    return [all(16, 'dry run changes nothing, faults by line and column, the failed row alone as a file', 3)]
  },
}
/** 18: a connection's page says when it last worked, how far behind it is, what failed, and does it again. */
export const connection: Check = {
  name: 'connection',
  async run({ shop, page, owner }) {
    await owner('PUT', '/admin/v1/connectors/amazon', {
      connector: 'amazon',
      active: false,
      settings: {},
      secrets: {},
    })
    await page.goto(`${shop.url}/console/connectors/amazon`)
    await heading(page).waitFor()
    const wanted = [/最後に成功|Last success/, /遅れ|Behind/, /保留|Set aside/, /最近の呼び出し|Last calls/]
    const text = (await page.locator('main').textContent()) ?? ''
    for (const one of wanted) assert.match(text, one)
    return [all(18, 'a connection says last success, lag, what was set aside, last calls', wanted.length)]
  },
}
