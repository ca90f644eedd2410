import type { Answers } from '@akinai/client'
import { EmptyState, Table, useText, type Column } from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from './api.ts'
import { unread } from './failure.tsx'
import { labels } from './labels.ts'
import { permissionWords } from './permission-words.ts'
import { say } from './labels.ts'
import { staffWords } from './staff-words.ts'

type Row = Answers['staff.roles']['permissions'][number]

/** Roles × permissions, to be read. */
export function RoleMatrix() {
  const t = useText(staffWords)
  const label = useText(labels)
  const words = useText(permissionWords)
  const found = useQuery({ queryKey: ['roles'], queryFn: () => api.staffRoles(), staleTime: Infinity })
  const columns: Column<Row>[] = [
    { key: 'permission', head: t.permission, cell: (row) => say(words, row.permission) },
    ...(found.data?.roles ?? []).map((role, at) => ({
      key: role,
      head: label.role[role],
      narrow: true,
      cell: (row: Row) => {
        const reach = row.reach[at]
        return reach ? (
          t.reach[reach]
        ) : (
          <span className="quiet">
            <span aria-hidden="true">–</span>
            <span className="ui-unseen">{t.reachNone}</span>
          </span>
        )
      },
    })),
  ]
  return (
    <div className="stack">
      <p className="quiet">{t.matrixWhat}</p>
      <Table
        label={t.matrix}
        plain
        columns={columns}
        rows={found.data?.permissions}
        rowKey={(row) => row.permission}
        empty={<EmptyState title={t.empty} />}
        error={unread(found)}
      />
    </div>
  )
}
