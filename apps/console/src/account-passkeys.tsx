import {
  Button,
  ConfirmDialog,
  DateTime,
  EmptyState,
  Field,
  Panel,
  Table,
  TextInput,
  useText,
  useToast,
  type Column,
} from '@akinai/ui'
import { useState } from 'react'
import type { Answers } from '@akinai/client'
import { accountWords } from './account-words.ts'
import { api, refresh } from './api.ts'
import { Refused } from './failure.tsx'
import { FormDialog } from './form-dialog.tsx'
import { hasPasskeys, makePasskey } from './passkey.ts'

type Passkey = Answers['me.factors']['passkeys'][number]

export function Passkeys({ of }: { of: readonly Passkey[] }) {
  const t = useText(accountWords)
  const toast = useToast()
  const [adding, setAdding] = useState(false)
  const [renaming, setRenaming] = useState<Passkey>()
  const [removing, setRemoving] = useState<Passkey>()
  const canAdd = hasPasskeys()
  const columns: Column<Passkey>[] = [
    { key: 'name', head: t.keyName, cell: (row) => row.name },
    { key: 'made', head: t.keyMade, narrow: true, cell: (row) => <DateTime at={row.created_at} /> },
    {
      key: 'used',
      head: t.keyUsed,
      narrow: true,
      cell: (row) => (row.used_at ? <DateTime at={row.used_at} /> : t.never),
    },
    {
      key: 'acts',
      head: t.acts,
      narrow: true,
      cell: (row) => (
        <span className="pair">
          <Button aria-label={t.about(t.keyRename, row.name)} onClick={() => setRenaming(row)}>
            {t.keyRename}
          </Button>
          <Button aria-label={t.about(t.keyRemove, row.name)} onClick={() => setRemoving(row)}>
            {t.keyRemove}
          </Button>
        </span>
      ),
    },
  ]
  return (
    <Panel
      title={t.keys}
      actions={canAdd ? <Button onClick={() => setAdding(true)}>{t.keyAdd}</Button> : undefined}
    >
      <p className="quiet">{canAdd ? t.keysWhat : t.keysHost}</p>
      {of.length > 0 ? (
        <Table
          label={t.keys}
          plain
          columns={columns}
          rows={of}
          rowKey={(row) => row.passkey}
          rowLabel={(row) => row.name}
          empty={<EmptyState title={t.keysNone} />}
        />
      ) : null}
      {adding ? <Add onClose={() => setAdding(false)} /> : null}
      {renaming ? <Rename passkey={renaming} onClose={() => setRenaming(undefined)} /> : null}
      <ConfirmDialog
        open={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={t.keyRemoveTitle(removing?.name ?? '')}
        description={t.keyRemoveWhat}
        confirm={t.keyRemove}
        explain={(error) => <Refused error={error} />}
        onConfirm={async () => {
          if (removing) await api.passkeyRemove({ passkey: removing.passkey })
          toast({ title: t.keyRemoved })
          await refresh()
        }}
      />
    </Panel>
  )
}

function Add({ onClose }: { onClose: () => void }) {
  const t = useText(accountWords)
  const toast = useToast()
  const [name, setName] = useState('')
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.keyAdd}
      submit={t.keyAdd}
      disabled={name.trim() === ''}
      onSubmit={async () => {
        const response = await makePasskey(await api.passkeyCreation({}))
        await api.passkeyAdd({ name: name.trim(), response })
        toast({ title: t.keyAdded })
        await refresh()
      }}
    >
      <Field label={t.keyName} hint={t.keyNameHint}>
        <TextInput value={name} maxLength={60} autoComplete="off" onChange={setName} />
      </Field>
    </FormDialog>
  )
}

function Rename({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const t = useText(accountWords)
  const [name, setName] = useState(passkey.name)
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.keyRename}
      submit={t.save}
      disabled={name.trim() === ''}
      onSubmit={async () => {
        await api.passkeyRename({ passkey: passkey.passkey, name: name.trim() })
        await refresh()
      }}
    >
      <Field label={t.keyName}>
        <TextInput value={name} maxLength={60} autoComplete="off" onChange={setName} />
      </Field>
    </FormDialog>
  )
}
