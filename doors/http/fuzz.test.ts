import { test } from 'node:test'
import { fuzz } from './fuzz.campaign.ts'

test(
  'P18: ten thousand requests made from our own description: no fault, no answer that is not as described',
  { timeout: 300_000 },
  async () => {
    console.log(`# ${await fuzz(10_000, 20_261_122)}`)
  },
)
