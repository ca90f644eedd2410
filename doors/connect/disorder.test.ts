import { test } from 'node:test'
import { inDisorder } from './disorder.campaign.ts'

test('P8 daily: whatever comes in three times, shuffled and 72 hours late leaves behind what it leaves behind in order', async () => {
  const first = Number(process.env.SEED ?? 1)
  console.log(`# P8: ${await inDisorder(undefined, { seeds: process.env.SEED ? 1 : 8, first })}`)
})
