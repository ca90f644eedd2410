import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browser } from '#testing'

test('a browser opens a page, runs its script and has a Japanese font', async () => {
  const window = await browser()
  try {
    const page = await window.newPage()
    await page.setContent(
      '<p id="ja" style="display:inline-block">漢字</p><script>document.title = "mug"</script>',
    )
    assert.equal(await page.title(), 'mug')
    // Without a font every character is the same empty box; with one, two different characters look different.
    const draw = async (letter: string) => {
      await page.setContent(`<p style="font: 32px sans-serif">${letter}</p>`)
      return (await page.screenshot()).toString('base64')
    }
    assert.notEqual(await draw('漢'), await draw('字'))
  } finally {
    await window.close()
  }
})
