/** A process that orders through a gate of its own until it is done or killed, and tells its parent what was acknowledged. */
import { uuid } from '#kernel/ids'
import { Gate } from './index.ts'
import { holdAll } from './lab.ts'

const [mode = 'load', first = '0'] = process.argv.slice(2)
const gate = await Gate.open(JSON.parse(process.env.AKINAI_LAB!).app)
const skus = Array.from({ length: 20 }, (_, i) => i + 1)
let order = Number(first)

if (mode === 'load') {
  for (let writer = 0; writer < 16; writer++)
    void (async () => {
      for (;;) {
        const key = uuid()
        await gate.run(holdAll, { order: order++, skus: [1 + (order % 20)] }, { key })
        process.send!(key)
      }
    })()
} else {
  const lines = mode === 'down' ? skus.toReversed() : skus
  await Promise.all(Array.from({ length: 1500 }, () => gate.run(holdAll, { order: order++, skus: lines })))
  process.send!(gate.stats)
  await gate.close()
  process.disconnect?.()
}
