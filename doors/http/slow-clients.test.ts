/** P15, daily and small: the others are served and memory stays flat. With figures: `npm run campaign slow-clients`. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slowClients } from './slow-clients.campaign.ts'

test(
  'slow, huge and silly clients: everybody else is served, and memory stays flat',
  { timeout: 120_000 },
  async () => {
    const { states, memory, told } = await slowClients(undefined, {
      rounds: 1,
      window_ms: 2000,
      count: 50,
      megabytes: 50,
    })
    for (const s of states) assert.ok(s.requests > 5, `${s.kind}: ${s.requests} requests of the others`)
    const of = (kind: string) => states.find((s) => s.kind === kind)!
    assert.ok((of('huge bodies').answers['413'] ?? 0) > 0, told)
    assert.ok((of('deep bodies').answers['400'] ?? 0) > 0, told)
    assert.ok((of('many headers').answers['431'] ?? 0) > 0, told)
    assert.equal(of('slow headers').answers['opened 50'], 1)
    assert.ok(memory.most - memory.before < 150, told)
    console.log(`# ${told}`)
  },
)
