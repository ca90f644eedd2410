/**
 * Writes down every statement that the application's role sends, with what its values are: what a version says to the
 * database, for the versions after it. Loaded before a program of that version (`node --import`).
 */
import fs from 'node:fs'
import pg from 'pg'

const file = process.env.AKINAI_STATEMENTS
const seen = new Set()
const was = pg.Client.prototype.query
pg.Client.prototype.query = function (said, ...more) {
  const text = typeof said === 'string' ? said : said?.text
  if (typeof text === 'string' && this.user === 'akinai_app') seen.add(text)
  return was.call(this, said, ...more)
}
process.on('exit', () => {
  if (seen.size > 0) fs.appendFileSync(file, [...seen].map((text) => `${JSON.stringify(text)}\n`).join(''))
})
