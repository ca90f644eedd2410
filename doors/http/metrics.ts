import { counters } from '#kernel/db'
import type { Services } from './route.ts'

/** Prometheus text. Counts only: no name, address or number of anybody. */
export function metrics(s: Services): string {
  const m = process.memoryUsage()
  const cpu = process.cpuUsage()
  const values: [string, number, string][] = [
    ...Object.entries(s.gate.stats).map(
      ([k, v]) => [`akinai_gate_${k}_total`, v, 'counter'] as [string, number, string],
    ),
    ['akinai_gate_in_flight', s.gate.inFlight, 'gauge'],
    ['akinai_database_away', s.gate.trouble === 'away' ? 1 : 0, 'gauge'],
    ['akinai_database_full', s.gate.trouble === 'full' ? 1 : 0, 'gauge'],
    ['akinai_sql_statements_total', counters.statements, 'counter'],
    ['akinai_shopfront_age_seconds', (Date.now() - s.shopfront.freshAt.getTime()) / 1000, 'gauge'],
    ['process_resident_memory_bytes', m.rss, 'gauge'],
    ['nodejs_heap_used_bytes', m.heapUsed, 'gauge'],
    ['process_cpu_user_seconds_total', cpu.user / 1e6, 'counter'],
    ['process_cpu_system_seconds_total', cpu.system / 1e6, 'counter'],
  ]
  return values.map(([name, value, type]) => `# TYPE ${name} ${type}\n${name} ${value}\n`).join('')
}
