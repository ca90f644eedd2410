import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { notices, noticesFile } from './notices.ts'

test('the third-party notices are those of the packages that the lockfile installs', () => {
  const fresh = notices()
  assert.ok(fresh.split('\n').filter((line) => line.startsWith('- ')).length > 100)
  assert.ok(
    fs.readFileSync(noticesFile, 'utf8') === fresh,
    'out of step: run `npm run notices` and commit it',
  )
})

test('the licence is Apache-2.0, in full, and package.json says so', () => {
  const root = path.resolve(import.meta.dirname, '..')
  const text = fs.readFileSync(path.join(root, 'LICENSE'), 'utf8')
  assert.match(text, /Apache License\s+Version 2\.0/)
  assert.match(text, /END OF TERMS AND CONDITIONS/)
  assert.match(text, /The Akinai authors/)
  assert.equal(JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).license, 'Apache-2.0')
})
