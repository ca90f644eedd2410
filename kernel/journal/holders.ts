import type pg from 'pg'

/** Who keeps the journal's horizon from moving: the oldest transactions still under way, and how long they have been. Of another user's connection the server tells neither state nor time. */
export async function holders(
  client: pg.ClientBase,
  olderThanSeconds = 10,
): Promise<
  { pid: number; application: string; state: string | null; seconds: number | null; query: string }[]
> {
  const { rows } = await client.query(
    `select pid, application_name as application, state, extract(epoch from now() - xact_start)::int as seconds, left(regexp_replace(query, '''[^'']*''', '''…''', 'g'), 80) as query
     from pg_stat_activity where backend_xid is not null and coalesce(xact_start, '-infinity') < now() - make_interval(secs => $1) and pid <> pg_backend_pid() order by age(backend_xid) desc limit 10`,
    [olderThanSeconds],
  )
  return rows
}
