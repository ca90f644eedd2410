import type pg from 'pg'

/**
 * Transaction numbers order the journal, and they belong to one cluster: after a restore elsewhere old events bear higher
 * numbers than new ones. A changed system identifier therefore opens a new epoch; rows of older epochs are always visible.
 */
export async function openEpoch(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query(
    `insert into kernel.epoch (epoch, system_identifier)
     select e.epoch + 1, s.system_identifier::text from pg_control_system() s, (select epoch, system_identifier from kernel.epoch order by epoch desc limit 1) e
     where e.system_identifier <> s.system_identifier::text
     on conflict (epoch) do nothing returning epoch`,
  )
  if (rows[0]) return rows[0].epoch
  return (await client.query('select max(epoch) as epoch from kernel.epoch')).rows[0].epoch
}

/** A restore into the same cluster opens an epoch by hand. */
export async function newEpoch(client: pg.ClientBase): Promise<number> {
  return (
    await client.query(
      `insert into kernel.epoch (epoch, system_identifier) select max(epoch) + 1, (select system_identifier::text from pg_control_system()) from kernel.epoch returning epoch`,
    )
  ).rows[0].epoch
}
