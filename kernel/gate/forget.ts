import type pg from 'pg'

/**
 * Forgets answers older than `days`, a few thousand at a time. An answer that a follower may still ask for is kept:
 * nothing younger than the slowest follower's last move goes. Up to which transfer and event a request may be missing is
 * noted, so that the proof can tell what was forgotten from what was taken away. Returns how many were forgotten.
 */
export async function forgetRequests(client: pg.ClientBase, days: number, most = 50_000): Promise<number> {
  let forgotten = 0
  while (forgotten < most) {
    const { rows } = await client.query(
      `with gone as (
         delete from kernel.request where key in (
           select key from kernel.request
           where at < least(now() - make_interval(days => $1), coalesce((select min(moved_at) - interval '1 day' from kernel.follower where state <> 'retired'), 'infinity'))
           limit $2)
         returning key, epoch, xid),
       noted as (
         update kernel.forgotten f set
           seq = greatest(f.seq, (select max(t.seq) from ledger.transfer t join gone using (key))),
           event = greatest(f.event, (select max(e.seq) from kernel.event e join gone on e.epoch = gone.epoch and e.xid = gone.xid))
         where exists (select from gone))
       select count(*)::int as count from gone`,
      [days, Math.min(5000, most - forgotten)],
    )
    forgotten += rows[0].count
    if (rows[0].count < 5000) break
  }
  return forgotten
}
