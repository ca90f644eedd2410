import type { Answers } from '@akinai/client'
import { EmptyState, Table, useText } from '@akinai/ui'
import { importWords } from './import-words.ts'

export type Run = Answers['imports.list']['items'][number]
type Fault = Answers['imports.run']['faults'][number]
/** What an import says of itself, in the order in which it is read. */
export const sums = ['created', 'changed', 'unchanged', 'discontinued', 'prices', 'faulty'] as const

/** Lines that could not be taken, each with its column and the reason. */
export function Faults({ faults }: { faults: readonly Fault[] }) {
  const t = useText(importWords)
  return (
    <Table
      plain
      maxHeight="50vh"
      label={t.faults}
      rows={faults}
      rowKey={(row) => `${row.line} ${row.column} ${row.words}`}
      columns={[
        { key: 'line', head: t.line, numeric: true, cell: (row) => row.line },
        {
          key: 'column',
          head: t.column,
          narrow: true,
          cell: (row) => (row.column ? `${row.column} ${row.head}` : '–'),
        },
        { key: 'words', head: t.what, cell: (row) => row.words },
      ]}
      empty={<EmptyState title={t.noRows} />}
    />
  )
}
