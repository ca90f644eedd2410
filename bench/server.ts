/** The server under load: the product's own, in a process of its own. */
import { loadConfig } from '#kernel/config'
import { startServer } from '#doors/http'

const [directory, , app] = process.argv.slice(2)
const config = loadConfig(
  {
    AKINAI_DATA: directory!,
    AKINAI_PORT: '0',
    AKINAI_LOG_LEVEL: 'info',
    AKINAI_COMMANDS_PER_SECOND: '1000000',
  },
  directory,
)
const server = await startServer({ config, app: JSON.parse(app!), work: true })
process.send!({ url: server.local })
process.on('message', (m) => {
  if (m === 'memory') {
    globalThis.gc?.()
    process.send!({
      rss: process.memoryUsage().rss,
      heap: process.memoryUsage().heapUsed,
      external: process.memoryUsage().external,
      total: process.memoryUsage().heapTotal,
    })
  }
  if (m === 'stop') void server.stop().then(() => process.exit(0))
})
