import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { buildApps } from '#doors/apps'

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-apps-'))
after(() => fs.rmSync(home, { recursive: true, force: true }))
const write = (file: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(home, file)), { recursive: true })
  fs.writeFileSync(path.join(home, file), text)
}

test('an app is built on the first start, left alone on the second, and built again when a source changed', async () => {
  write('apps/shop/package.json', '{ "type": "module", "akinai": { "ssr": "server.ts" } }')
  write('apps/shop/vite.config.ts', 'export default {}')
  write('apps/shop/index.html', '<script type="module" src="./main.ts"></script>')
  write('apps/shop/main.ts', 'document.title = "mug"')
  write('apps/shop/server.ts', 'export const render = () => "mug"')
  write('apps/ui/button.ts', '1')
  const build = async () => (await buildApps(() => {}, home)).built
  assert.deepEqual(await build(), ['shop'])
  assert.ok(fs.existsSync(path.join(home, 'apps/shop/dist/index.html')))
  assert.equal((await import(path.join(home, 'apps/shop/dist/server/server.js'))).render(), 'mug')
  assert.deepEqual(await build(), [])
  write('apps/ui/button.ts', '2')
  assert.deepEqual(await build(), ['shop'])
  write('apps/shop/main.ts', 'document.title = (')
  await assert.rejects(build(), /could not be built/)
  await assert.rejects(build(), /could not be built/)
})
