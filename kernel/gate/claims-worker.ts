/** One claim in a process of its own, on whatever kernel lies beside it: so that a mutated copy can be shown to break it. */
import { claims } from './claims.ts'
import { inArena } from './lab.ts'

const [name = ''] = process.argv.slice(2)
const claim = claims[name]
if (!claim) throw new Error(`no claim is called ${name}`)
try {
  console.log(await inArena(JSON.parse(process.env.AKINAI_LAB!), claim))
  process.exit(0)
} catch (e) {
  console.log(`broken: ${(e as Error).message.slice(0, 300)}`)
  process.exit(9)
}
