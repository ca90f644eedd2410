import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { completed, missing } from './lockfile.ts'

const lock = JSON.parse(fs.readFileSync(path.resolve(import.meta.dirname, '../package-lock.json'), 'utf8'))

test('the lockfile holds every platform’s packages, so that npm ci installs from it on a fresh clone', () => {
  assert.ok(Object.keys(lock.packages).length > 100)
  assert.deepEqual(missing(lock), [], 'run `npm run lockfile` and commit package-lock.json')
})

test('a package of another platform that npm left out is found, and added with its exact version and platform', () => {
  const parent = {
    version: '1.0.0',
    optionalDependencies: { 'tool-linux-x64-musl': '1.0.0', 'tool-darwin-arm64': '1.0.0' },
  }
  const planted = {
    packages: { '': {}, 'node_modules/tool': parent, 'node_modules/tool-darwin-arm64': { version: '1.0.0' } },
  }
  assert.deepEqual(missing(planted), [{ name: 'tool-linux-x64-musl', version: '1.0.0' }])
  const whole = completed(planted)
  assert.deepEqual(missing(whole), [])
  assert.deepEqual(whole.packages['node_modules/tool-linux-x64-musl'], {
    version: '1.0.0',
    cpu: ['x64'],
    libc: ['musl'],
    os: ['linux'],
    optional: true,
  })
  const nested = { '': {}, 'node_modules/a': parent, 'node_modules/a/node_modules/tool-linux-x64-musl': {} }
  assert.deepEqual(
    missing({ packages: nested }).map(({ name }) => name),
    ['tool-darwin-arm64'],
  )
})
