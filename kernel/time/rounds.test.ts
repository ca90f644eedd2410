import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Rounds } from './rounds.ts'

const later = () => new Promise((resolve) => setTimeout(resolve, 20))

test('rounds follow at once while there is work, then when woken; a failure is told and stops nothing', async () => {
  let left = 3
  let done = 0
  const told: unknown[] = []
  const rounds = new Rounds({
    round: async () => {
      done++
      if (left === 0) return false
      if (--left === 1) throw new Error('no')
      return true
    },
    pause_ms: 60_000,
    alarm: (e) => told.push((e as Error).message),
  })
  rounds.start()
  rounds.start() // twice is once
  await later()
  assert.deepEqual([done, left, told], [2, 1, ['no']], 'it rests after a failure')
  rounds.wake()
  await later()
  assert.deepEqual([done, left], [4, 0], 'the last of the work, and a look that finds none')
  await rounds.stop()
  rounds.wake()
  await later()
  assert.equal(done, 4)
})
test('woken during a round, another follows; the round under way is waited for at the end', async () => {
  const gate = Promise.withResolvers<void>()
  let begun = 0
  let ended = 0
  const rounds: Rounds = new Rounds({
    round: async () => {
      begun++
      if (begun === 1) rounds.wake()
      if (begun === 2) await gate.promise
      ended++
      return false
    },
    pause_ms: 60_000,
  })
  rounds.start()
  await later()
  assert.deepEqual([begun, ended], [2, 1])
  const stopped = rounds.stop()
  gate.resolve()
  await stopped
  assert.deepEqual([begun, ended], [2, 2])
})
