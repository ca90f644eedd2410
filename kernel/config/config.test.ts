import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { describeConfig, loadConfig, secretKey } from '#kernel/config'
import { SetupProblem } from '#kernel/embedded'

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-config-'))
after(() => fs.rmSync(home, { recursive: true, force: true }))
const write = (text: string) => {
  const cwd = fs.mkdtempSync(path.join(home, 'cwd-'))
  fs.writeFileSync(path.join(cwd, 'akinai.config.json'), text)
  return cwd
}
const refused = (run: () => unknown, ...places: string[]) =>
  assert.throws(run, (error) => {
    assert.ok(error instanceof SetupProblem, String(error))
    for (const place of places) {
      assert.ok(error.en.includes(place), `${error.en} should name ${place}`)
      assert.ok(error.ja.includes(place), `${error.ja} should name ${place}`)
    }
    return true
  })

test('with nothing said every setting has its default, and paths stand on the working directory', () => {
  const config = loadConfig({}, home)
  assert.equal(config.dataDirectory, path.join(home, 'data'))
  assert.equal(config.secretKeyFile, path.join(home, 'data', 'secret.key'))
  assert.deepEqual([config.host, config.port, config.baseUrl], ['127.0.0.1', 3000, 'http://localhost:3000'])
  assert.deepEqual([config.sampleShop, config.workers, config.databaseUrl], [true, true, undefined])
  assert.deepEqual([config.timeZone, config.requestRetentionDays], ['Asia/Tokyo', 30])
  assert.throws(() => Object.assign(config, { port: 1 }), TypeError)
})

test('the environment goes before the file, the file before the default', () => {
  const cwd = write('{ "port": 4000, "logLevel": "warn", "workers": false }')
  const config = loadConfig({ AKINAI_PORT: '5000', AKINAI_WORKERS: '1' }, cwd)
  assert.deepEqual([config.port, config.logLevel, config.workers], [5000, 'warn', true])
  const elsewhere = loadConfig({ AKINAI_CONFIG: path.join(cwd, 'akinai.config.json') }, home)
  assert.equal(elsewhere.port, 4000)
})

test('the public address is told, never taken from a request, and stands alone', () => {
  assert.equal(loadConfig({ AKINAI_BASE_URL: 'https://shop.example' }, home).baseUrl, 'https://shop.example')
  refused(() => loadConfig({ AKINAI_BASE_URL: 'https://shop.example/path' }, home), 'AKINAI_BASE_URL')
  refused(() => loadConfig({ AKINAI_BASE_URL: 'shop.example' }, home), 'AKINAI_BASE_URL')
})

test('an unknown setting in the file is refused by name', () => {
  const cwd = write('{ "prot": 4000 }')
  refused(() => loadConfig({}, cwd), 'prot', 'akinai.config.json')
})

test('a malformed value is refused, naming its place', () => {
  for (const value of ['http', '70000', '-1', '3000.5', ' '])
    refused(() => loadConfig({ AKINAI_PORT: value }, home), 'AKINAI_PORT', value)
  refused(() => loadConfig({ AKINAI_WORKERS: 'perhaps' }, home), 'AKINAI_WORKERS', 'perhaps')
  refused(() => loadConfig({ AKINAI_LOG_LEVEL: 'loud' }, home), 'AKINAI_LOG_LEVEL', 'loud')
  refused(() => loadConfig({ AKINAI_TIME_ZONE: 'Asia/Edo' }, home), 'Asia/Edo')
  refused(() => loadConfig({}, write('{ "port": "3000" }')), 'akinai.config.json: port')
  refused(() => loadConfig({}, write('{ "gateBatch": 0 }')), 'akinai.config.json: gateBatch')
  refused(() => loadConfig({}, write('{ port: 1 }')), 'akinai.config.json')
  refused(() => loadConfig({}, write('[1]')), 'akinai.config.json')
  refused(() => loadConfig({ AKINAI_CONFIG: 'nowhere.json' }, home), 'nowhere.json')
})

test('a secret is shown neither in a refusal nor in the list of settings', () => {
  const url = 'postgres://shopkeeper:hunter2@db.example:5432/shop?sslpassword=hunter2'
  const shown = JSON.stringify(describeConfig({ DATABASE_URL: url }, home))
  assert.ok(shown.includes('db.example') && !shown.includes('hunter2') && !shown.includes('shopkeeper'))
  assert.throws(
    () => loadConfig({ DATABASE_URL: 'mysql://shopkeeper:hunter2@db.example/shop' }, home),
    (error) =>
      error instanceof SetupProblem && error.en.includes('DATABASE_URL') && !`${error}`.includes('hunter2'),
  )
})

test('every setting is listed with its default, its value, its source and words in both languages', () => {
  const list = describeConfig({ AKINAI_PORT: '5000' }, home)
  assert.deepEqual(list.map(({ name }) => name).toSorted(), Object.keys(loadConfig({}, home)).toSorted())
  const port = list.find(({ name }) => name === 'port')
  assert.deepEqual([port?.value, port?.fallback, port?.source], ['5000', '3000', 'AKINAI_PORT'])
  for (const { name, ja, en, fallback, value } of list) {
    assert.ok(/[ぁ-んァ-ン一-龠]/.test(ja) && en.length > 8, name)
    assert.ok(fallback !== '' && value !== '', `${name} is shown as nothing`)
  }
})

test('a mail server’s login is shown nowhere, and a server without a sender is refused at the start', () => {
  const url = 'smtps://shopkeeper:hunter2@mail.example:465'
  const mail = { AKINAI_SMTP_URL: url, AKINAI_MAIL_FROM: 'shop@example.jp' }
  assert.equal(loadConfig(mail, home).smtpUrl, url)
  const shown = JSON.stringify(describeConfig(mail, home))
  assert.ok(shown.includes('mail.example') && !/hunter2|shopkeeper/.test(shown))
  refused(() => loadConfig({ AKINAI_SMTP_URL: url }, home), 'AKINAI_MAIL_FROM')
  for (const wrong of [
    'smtp://a:hun/ter2@mail.example',
    'smtp://a:hunt@er2@mail.example',
    'http://hunter2@mail.example',
    'smtp://mail.example?hunter2',
    'smtp://mail.example\r\nhunter2',
  ])
    assert.throws(
      () => loadConfig({ ...mail, AKINAI_SMTP_URL: wrong }, home),
      (error) => error instanceof SetupProblem && !/ter2/.test(`${error} ${error.en} ${error.ja}`),
    )
  for (const wrong of ['shop', 'a@b@c', 'a b@c.jp', 'a@c.jp\r\nBcc: x@y.z', 'Shop <a@c.jp>', 'a,b@c.jp'])
    refused(() => loadConfig({ ...mail, AKINAI_MAIL_FROM: wrong }, home), 'AKINAI_MAIL_FROM')
})

test('the key is made once, readable by its owner alone, and never replaced under a database that needs it', () => {
  const cwd = fs.mkdtempSync(path.join(home, 'cwd-'))
  const config = loadConfig({}, cwd)
  const key = secretKey(config)
  assert.equal(key.length, 32)
  assert.deepEqual(secretKey(config), key)
  assert.equal(fs.statSync(config.secretKeyFile).mode & 0o777, 0o600)
  assert.deepEqual(fs.readdirSync(config.dataDirectory), ['secret.key'])
  fs.mkdirSync(path.join(config.dataDirectory, 'postgres'))
  fs.writeFileSync(path.join(config.dataDirectory, 'postgres', 'PG_VERSION'), '18')
  fs.writeFileSync(config.secretKeyFile, 'short')
  refused(() => secretKey(config), 'secret.key')
  fs.rmSync(config.secretKeyFile)
  refused(() => secretKey(config), 'secret.key')
  assert.equal(fs.existsSync(config.secretKeyFile), false)
})
