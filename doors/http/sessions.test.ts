import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Sessions } from './sessions.ts'

test('a session that is ended while it is looked up is not remembered as it was', async () => {
  for (const end of [(s: Sessions) => s.forget('held'), (s: Sessions) => s.forgetStaff(7)]) {
    const sessions = new Sessions()
    const asked = Promise.withResolvers<undefined>()
    const looking = sessions.find('held', () => asked.promise)
    end(sessions)
    asked.resolve(undefined)
    await looking
    let again = 0
    const find = () =>
      sessions.find('held', async () => {
        again++
        return undefined
      })
    await find()
    await find()
    assert.equal(again, 1, 'looked up anew once, and then known')
  }
})
