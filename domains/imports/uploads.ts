import { sql } from '#kernel/db'

/** A file that is sent in parts, kept until it was taken in. */
export const beginUpload = (u: { id: string; shop: number; name: string }) => sql`
  insert into imports.upload (id, shop, name) values (${u.id}::uuid, ${u.shop}::int, ${u.name})`
export const uploadOf = (u: { id: string; shop: number }) => sql`
  select u.id, u.name, (select coalesce(max(p.begins + octet_length(p.data)), 0) from imports.part p where p.upload = u.id)::bigint as size
  from imports.upload u where u.id = ${u.id}::uuid and u.shop = ${u.shop}::int`
export type Upload = { id: string; name: string; size: number }
/** Kept if it begins where the parts before it end; sent twice, once. */
export const keepPart = (p: { upload: string; begins: number; data: Buffer }) => sql`
  insert into imports.part (upload, begins, data)
  select ${p.upload}::uuid, ${p.begins}::bigint, ${p.data}::bytea
  where ${p.begins}::bigint = (select coalesce(max(begins + octet_length(data)), 0) from imports.part where upload = ${p.upload}::uuid)
  on conflict do nothing`
export const partAfter = (upload: string, begins: number) => sql`
  select begins, data from imports.part where upload = ${upload}::uuid and begins >= ${begins}::bigint order by begins limit 1`
/** Of what nobody came back for, nothing stays. */
export const sweepUploads = sql`
  with old as (delete from imports.upload where at < now() - interval '1 day' returning id)
  delete from imports.part where upload in (select id from old) or upload not in (select id from imports.upload)`
