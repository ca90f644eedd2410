import type pg from 'pg'

/**
 * Forgets answers older than `days`, a few thousand at a time. An answer that a follower may still ask for is kept:
 * nothing younger than the slowest follower's last move goes. Returns how many were forgotten.
 */
export async function forgetRequests(client: pg.ClientBase, days: number, most = 50_000): Promise<number> {
  let forgotten = 0
  while (forgotten < most) {
    const { rowCount } = await client.query(
      `delete from kernel.request where key in (
         select key from kernel.request
         where at < least(now() - make_interval(days => $1), coalesce((select min(moved_at) - interval '1 day' from kernel.follower where state <> 'retired'), 'infinity'))
         limit 5000)`,
      [days],
    )
    forgotten += rowCount ?? 0
    if ((rowCount ?? 0) < 5000) break
  }
  return forgotten
}
