import type { StockRow, Transfer } from '@akinai/client'
import {
  Button,
  DateTime,
  Dialog,
  EmptyState,
  Field,
  formatNumber,
  NumberInput,
  Select,
  Table,
  useListed,
  useText,
  useToast,
  type Column,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { unread } from './failure.tsx'
import { FormDialog } from './form-dialog.tsx'
import { labels, useName } from './labels.ts'
import { useMay } from './me.tsx'
import { usePlaces } from './places.ts'
import { SerialsField, serialsOf } from './serials.tsx'
import { stockWords } from './stock-words.ts'
import { Wrong } from './wrong.tsx'

export type Deed = 'receive' | 'count' | 'adjust' | 'send'
type Props = { row: StockRow; onClose: () => void }
const forms = { receive: Receive, count: Count, adjust: Adjust, send: Send }

export function StockAction({ deed, ...props }: Props & { deed: Deed }) {
  const Form = forms[deed]
  return <Form {...props} />
}

/** The numbers of units that bear them: as many as are moved, or the button waits. */
function useNumbers(row: StockRow, quantity: number | null) {
  const [typed, setTyped] = useState('')
  const serials = serialsOf(typed)
  const wanted = Math.abs(quantity ?? 0)
  return {
    input: row.serial_kept ? { serials } : {},
    isWhole: !row.serial_kept || serials.length === wanted,
    field: row.serial_kept ? <SerialsField wanted={wanted} value={typed} onChange={setTyped} /> : null,
  }
}

function useHead(row: StockRow, lead: string): string {
  const t = useText(stockWords)
  const name = useName()
  return t.of(name(row.name), row.sku, name(row.place_name)) + lead
}

function Receive({ row, onClose }: Props) {
  const t = useText(stockWords)
  const toast = useToast()
  const keep = useKeeper()
  const head = useHead(row, t.receiveLead)
  const [quantity, setQuantity] = useState<number | null>(null)
  const numbers = useNumbers(row, quantity)
  async function receive() {
    const line = { sku: row.sku, quantity: quantity ?? 0, ...numbers.input }
    const input = { place: row.place_code, lines: [line] }
    await keep(input, (key) => api.stockReceive(input, { key }))
    toast({ title: t.received })
    await refresh()
  }
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.receive}
      description={head}
      submit={t.receive}
      onSubmit={receive}
      disabled={!quantity || !numbers.isWhole}
    >
      <Field label={t.quantity}>
        <NumberInput min={0} value={quantity} onChange={setQuantity} />
      </Field>
      {numbers.field}
    </FormDialog>
  )
}

function Count({ row, onClose }: Props) {
  const t = useText(stockWords)
  const toast = useToast()
  const keep = useKeeper()
  const head = useHead(row, t.countLead)
  const [quantity, setQuantity] = useState<number | null>(null)
  async function count() {
    const input = { place: row.place_code, lines: [{ sku: row.sku, quantity: quantity ?? 0 }] }
    await keep(input, (key) => api.stockCount(input, { key }))
    toast({ title: t.counted })
    await refresh()
  }
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.count}
      description={head}
      submit={t.count}
      onSubmit={count}
      disabled={quantity === null}
    >
      <Field label={t.onShelf} hint={t.booked(formatNumber(row.on_hand))}>
        <NumberInput min={0} value={quantity} onChange={setQuantity} />
      </Field>
    </FormDialog>
  )
}

const reasons = ['found', 'broken', 'lost', 'sample', 'own_use', 'other'] as const
function Adjust({ row, onClose }: Props) {
  const t = useText(stockWords)
  const label = useText(labels)
  const toast = useToast()
  const keep = useKeeper()
  const head = useHead(row, t.adjustLead)
  const [by, setBy] = useState<number | null>(null)
  const [reason, setReason] = useState<(typeof reasons)[number]>('broken')
  const numbers = useNumbers(row, by)
  async function adjust() {
    const input = { place: row.place_code, sku: row.sku, by: by ?? 0, reason, ...numbers.input }
    await keep(input, (key) => api.stockAdjust(input, { key }))
    toast({ title: t.adjusted })
    await refresh()
  }
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.adjust}
      description={head}
      submit={t.adjust}
      onSubmit={adjust}
      disabled={!by || !numbers.isWhole}
    >
      <Field label={t.by} hint={t.byHint}>
        <NumberInput value={by} onChange={setBy} />
      </Field>
      <Field label={t.reason}>
        <Select
          options={reasons.map((value) => ({ value, label: label.adjust[value] }))}
          value={reason}
          onChange={setReason}
        />
      </Field>
      {numbers.field}
    </FormDialog>
  )
}

function Send({ row, onClose }: Props) {
  const t = useText(stockWords)
  const name = useName()
  const toast = useToast()
  const keep = useKeeper()
  const head = useHead(row, t.sendLead)
  const others = usePlaces().filter((one) => one.code !== row.place_code)
  const [told, setTold] = useState<string | null>(null)
  const [quantity, setQuantity] = useState<number | null>(null)
  const to = told ?? others[0]?.code ?? ''
  const numbers = useNumbers(row, quantity)
  async function send() {
    const line = { sku: row.sku, quantity: quantity ?? 0, ...numbers.input }
    const input = { from: row.place_code, to, lines: [line] }
    const done = await keep(input, (key) => api.transferSend(input, { key }))
    toast({ title: t.sent, words: t.sentWords(String(done.transfer)) })
    await refresh()
  }
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.send}
      description={head}
      submit={t.send}
      onSubmit={send}
      disabled={!quantity || !numbers.isWhole}
    >
      <Field label={t.to}>
        <Select
          options={others.map((one) => ({ value: one.code, label: name(one.name) }))}
          value={to}
          onChange={setTold}
        />
      </Field>
      <Field label={t.quantity} hint={t.booked(formatNumber(row.on_hand))}>
        <NumberInput min={0} value={quantity} onChange={setQuantity} />
      </Field>
      {numbers.field}
    </FormDialog>
  )
}

/** What is between two of our places. */
export function Transfers({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText(stockWords)
  return (
    <Dialog open={open} onClose={onClose} title={t.transfers} description={t.transfersLead} wide>
      <TransferList />
    </Dialog>
  )
}

function TransferList() {
  const listed = useListed()
  const t = useText(stockWords)
  const name = useName()
  const may = useMay()
  const places = usePlaces()
  const toast = useToast()
  const keep = useKeeper()
  const [busy, setBusy] = useState<number | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const found = useQuery({
    queryKey: ['transfers'],
    queryFn: () => api.transfers({ state: 'under_way', limit: 200 }),
  })
  const placeName = (code: string) => name(places.find((one) => one.code === code)?.name) || code
  async function receive(transfer: number) {
    setBusy(transfer)
    setFailure(null)
    try {
      const done = await keep({ transfer }, (key) => api.transferReceive({ transfer }, { key }))
      toast({ title: t.arrived, words: t.arrivedWords(formatNumber(done.received)) })
      await refresh()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(null)
    }
  }
  const columns: Column<Transfer>[] = [
    { key: 'transfer', head: t.transfer, narrow: true, cell: (row) => row.transfer },
    { key: 'way', head: t.way, cell: (row) => `${placeName(row.origin)} → ${placeName(row.target)}` },
    {
      key: 'contents',
      head: t.contents,
      cell: (row) =>
        listed(row.lines.map((line) => `${name(line.name)} (${line.sku}) × ${formatNumber(line.quantity)}`)),
    },
    { key: 'sent', head: t.sentAt, narrow: true, cell: (row) => <DateTime at={row.sent_at} /> },
    ...(may('stock.write')
      ? [
          {
            key: 'act',
            head: '',
            narrow: true,
            cell: (row: Transfer) => (
              <Button busy={busy === row.transfer} onClick={() => void receive(row.transfer)}>
                {t.arrive}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <>
      <Wrong error={failure} />
      <Table
        label={t.transfers}
        columns={columns}
        rows={found.data?.items}
        rowKey={(row) => String(row.transfer)}
        empty={<EmptyState title={t.noTransfers} why={t.noTransfersWhy} />}
        error={unread(found)}
        maxHeight="60vh"
      />
    </>
  )
}
