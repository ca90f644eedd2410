import { useState } from 'react'
import {
  Actions,
  Badge,
  Button,
  Checkbox,
  ConfirmDialog,
  createText,
  DateTime,
  Dialog,
  EmptyState,
  ErrorState,
  Field,
  IconButton,
  Keys,
  LangSwitch,
  Menu,
  Money,
  NumberInput,
  OfflineBar,
  PageHeader,
  Pager,
  Panel,
  RadioGroup,
  SaveBar,
  Select,
  Skeleton,
  Table,
  Tabs,
  Textarea,
  TextInput,
  ThemeSwitch,
  Tooltip,
  useShortcut,
  useText,
  useToast,
  type Column,
} from '../index.ts'
import './gallery.css'

const words = createText({
  ja: {
    title: '注文',
    lead: '発送を待っている注文が3件あります。',
    back: 'ホーム',
    open: '未完了',
    export: '書き出す',
    create: '注文を作る',
    orders: '注文一覧',
    number: '注文番号',
    at: '受付日時',
    buyer: 'お客様',
    state: '状態',
    items: '点数',
    total: '合計',
    waiting: '発送待ち',
    shipped: '発送済み',
    short: '在庫不足',
    cancelled: 'キャンセル',
    empty: '条件に合う注文はありません。',
    emptyWhy: '期間や状態の条件を広げると、見つかることがあります。',
    clear: '条件をはずす',
    failed: '注文を読み込めませんでした。',
    failedSafe: '注文と在庫の記録は変わっていません。',
    failedTodo: '少し待ってから再試行してください。続くときは、問い合わせ番号をお知らせください。',
    buttons: 'ボタン',
    ship: '発送する',
    saveDraft: '下書きに保存する',
    refund: '返金する',
    details: '詳しく見る',
    busy: '処理中',
    off: '押せません',
    more: 'その他の操作',
    copyNumber: '注文番号をコピーする',
    print: '納品書を印刷する',
    cancelOrder: '注文をキャンセルする',
    tip: '発送通知も送られます',
    inputs: '入力',
    name: 'お名前',
    nameHint: '送り状にそのまま印字されます。',
    price: '販売価格（税込）',
    quantity: '数量',
    quantityError: '在庫が足りないため、2点までご注文いただけます。',
    place: '出荷元',
    east: '東倉庫（市川）',
    west: '西倉庫（大阪）',
    store: '吉祥寺店',
    note: '社内メモ',
    notify: '発送通知メールを送る',
    notifyHint: '送信先：購入時のメールアドレス',
    wrap: 'ギフト包装',
    payment: 'お支払い方法',
    cod: '代金引換',
    codHint: '手数料330円',
    bank: '銀行振込',
    card: 'クレジットカード',
    pieces: '点',
    status: '状態の印',
    messages: 'お知らせ',
    shippedToast: '注文 A-1024 を発送済みにしました。',
    failToast: '送り状を印刷できませんでした。',
    failToastWords: '注文は発送済みのままです。プリンターの電源を確認してください。',
    showToast: 'お知らせを出す',
    showError: '失敗を知らせる',
    openDialog: 'ダイアログを開く',
    openConfirm: '3件に返金する',
    dialogTitle: 'お届け先を変更する',
    dialogWords: '発送前の荷物だけが変わります。',
    address: '住所',
    change: '変更する',
    confirmTitle: '3件の注文に返金しますか',
    confirmWords: '選択した注文の代金を、お支払い時の方法で返金します。',
    ordersCount: '注文の件数',
    tabs: '表示の切り替え',
    all: 'すべて',
    history: '履歴',
    tabWords: '選んだ状態の注文が表示されます。',
    noHistory: '履歴はまだありません。',
    dates: '金額と日時',
    loadingTable: '読み込みの途中',
    edit: '編集する',
  },
  en: {
    title: 'Orders',
    lead: 'Three orders are waiting to be shipped.',
    back: 'Home',
    open: 'Open',
    export: 'Export',
    create: 'Create order',
    orders: 'List of orders',
    number: 'Number',
    at: 'Received',
    buyer: 'Customer',
    state: 'Status',
    items: 'Items',
    total: 'Total',
    waiting: 'To ship',
    shipped: 'Shipped',
    short: 'Short',
    cancelled: 'Cancelled',
    empty: 'No orders match.',
    emptyWhy: 'A longer period or another status may find some.',
    clear: 'Clear the filter',
    failed: 'The orders could not be loaded.',
    failedSafe: 'Orders and stock are unchanged.',
    failedTodo: 'Wait a moment and try again. If it persists, tell us the reference.',
    buttons: 'Buttons',
    ship: 'Ship',
    saveDraft: 'Save as draft',
    refund: 'Refund',
    details: 'See details',
    busy: 'Working',
    off: 'Unavailable',
    more: 'More actions',
    copyNumber: 'Copy the number',
    print: 'Print the packing slip',
    cancelOrder: 'Cancel the order',
    tip: 'A shipping notice is sent too',
    inputs: 'Inputs',
    name: 'Name',
    nameHint: 'Printed on the label as it is.',
    price: 'Price (tax incl.)',
    quantity: 'Quantity',
    quantityError: 'Stock is short: up to 2 can be ordered.',
    place: 'Ship from',
    east: 'East warehouse (Ichikawa)',
    west: 'West warehouse (Osaka)',
    store: 'Kichijoji store',
    note: 'Internal note',
    notify: 'Send a shipping notice',
    notifyHint: 'To the address given with the order',
    wrap: 'Gift wrapping',
    payment: 'Payment',
    cod: 'Cash on delivery',
    codHint: 'Fee ¥330',
    bank: 'Bank transfer',
    card: 'Card',
    pieces: 'pcs',
    status: 'Status marks',
    messages: 'Messages',
    shippedToast: 'Order A-1024 is marked as shipped.',
    failToast: 'The label could not be printed.',
    failToastWords: 'The order is still shipped. Check that the printer is on.',
    showToast: 'Show a toast',
    showError: 'Show a failure',
    openDialog: 'Open a dialog',
    openConfirm: 'Refund 3 orders',
    dialogTitle: 'Change the address',
    dialogWords: 'Only parcels that have not left are changed.',
    address: 'Address',
    change: 'Change',
    confirmTitle: 'Refund 3 orders?',
    confirmWords: 'The selected orders are refunded the way they were paid.',
    ordersCount: 'Orders',
    tabs: 'Views',
    all: 'All',
    history: 'History',
    tabWords: 'Orders of the chosen status are listed.',
    noHistory: 'There is no history yet.',
    dates: 'Money and time',
    loadingTable: 'Loading',
    edit: 'Edit',
  },
})

type Order = {
  number: string
  at: string
  buyer: string
  state: 'waiting' | 'shipped' | 'short' | 'cancelled'
  items: number
  total: number
}
const orders: Order[] = [
  {
    number: 'A-1024',
    at: '2026-11-23T05:05:00Z',
    buyer: '水沢 葉子',
    state: 'waiting',
    items: 2,
    total: 4840,
  },
  {
    number: 'A-1023',
    at: '2026-11-23T02:41:00Z',
    buyer: '木戸 悠',
    state: 'short',
    items: 12,
    total: 128700,
  },
  {
    number: 'A-1022',
    at: '2026-11-22T23:17:00Z',
    buyer: '三好 里穂',
    state: 'shipped',
    items: 1,
    total: 1980,
  },
  {
    number: 'A-1021',
    at: '2026-11-22T11:30:00Z',
    buyer: '古賀 真',
    state: 'shipped',
    items: 3,
    total: 15840,
  },
  {
    number: 'A-1020',
    at: '2026-11-21T08:02:00Z',
    buyer: '岸田 望',
    state: 'cancelled',
    items: 1,
    total: -2420,
  },
]
const tones = { waiting: 'accent', shipped: 'ok', short: 'warn', cancelled: 'neutral' } as const

export function Gallery() {
  const t = useText(words)
  const [dirty, setDirty] = useState(false)
  useShortcut({ keys: 'g o', label: t.title, run: () => window.scrollTo(0, 0) })
  return (
    <>
      <OfflineBar offline={new URLSearchParams(location.search).has('offline')} queued={3} />
      <main className="gallery">
        <PageHeader
          title={t.title}
          badges={<Badge tone="accent">{t.open}</Badge>}
          words={t.lead}
          back={{ href: '#home', label: t.back }}
          actions={
            <>
              <LangSwitch />
              <ThemeSwitch />
              <Button>{t.export}</Button>
              <Button variant="primary" icon="plus">
                {t.create}
              </Button>
            </>
          }
        />
        <Orders />
        <div className="gallery-columns">
          <Buttons />
          <Messages />
          <Inputs onEdit={() => setDirty(true)} />
          <States />
        </div>
        <SaveBar dirty={dirty} onSave={() => setDirty(false)} onDiscard={() => setDirty(false)} />
      </main>
    </>
  )
}

function Orders() {
  const t = useText(words)
  const [selected, select] = useState<ReadonlySet<string>>(new Set(['A-1023']))
  const [opened, open] = useState<string | null>(null)
  const columns: Column<Order>[] = [
    {
      key: 'number',
      head: t.number,
      cell: (order) => <a href={`#${order.number}`}>{order.number}</a>,
      narrow: true,
    },
    { key: 'at', head: t.at, cell: (order) => <DateTime at={order.at} />, narrow: true },
    { key: 'buyer', head: t.buyer, cell: (order) => order.buyer, narrow: true },
    {
      key: 'state',
      head: t.state,
      cell: (order) => <Badge tone={tones[order.state]}>{t[order.state]}</Badge>,
    },
    { key: 'items', head: t.items, cell: (order) => order.items, numeric: true },
    {
      key: 'total',
      head: t.total,
      cell: (order) => <Money yen={order.total} />,
      numeric: true,
    },
  ]
  return (
    <>
      <Table
        label={t.orders}
        columns={columns}
        rows={orders}
        rowKey={(order) => order.number}
        onOpen={(order) => open(order.number)}
        selected={selected}
        onSelect={select}
        empty={null}
        maxHeight="320px"
      />
      <Pager onNext={() => undefined} />
      <Dialog open={opened !== null} onClose={() => open(null)} title={opened} />
    </>
  )
}

function Buttons() {
  const t = useText(words)
  return (
    <Panel title={t.buttons} actions={<Keys keys="g o" />}>
      <Actions>
        <Button variant="primary">{t.ship}</Button>
        <Button>{t.saveDraft}</Button>
        <Button variant="danger">{t.refund}</Button>
        <Button variant="quiet">{t.details}</Button>
      </Actions>
      <Actions>
        <Button variant="primary" busy>
          {t.busy}
        </Button>
        <Button disabled>{t.off}</Button>
        <IconButton icon="copy" label={t.copyNumber} />
        <Tooltip text={t.tip}>
          <Button icon="info">{t.ship}</Button>
        </Tooltip>
        <Menu
          trigger={<Button icon="more">{t.more}</Button>}
          items={[
            { label: t.copyNumber, icon: 'copy', onSelect: () => undefined },
            { label: t.print, keys: 'mod+p', onSelect: () => undefined },
            'rule',
            { label: t.cancelOrder, icon: 'close', danger: true, onSelect: () => undefined },
          ]}
        />
      </Actions>
      <h3>{t.status}</h3>
      <Actions>
        <Badge>{t.cancelled}</Badge>
        <Badge tone="accent">{t.waiting}</Badge>
        <Badge tone="ok">{t.shipped}</Badge>
        <Badge tone="warn">{t.short}</Badge>
        <Badge tone="error">{t.failed}</Badge>
      </Actions>
      <h3>{t.dates}</h3>
      <p>
        <Money yen={128700} /> / <Money yen={-2420} />
      </p>
      <p>
        <DateTime at="2026-11-23T05:05:00Z" /> / <DateTime at="2026-11-23T05:05:00Z" form="long" />
      </p>
    </Panel>
  )
}

function Messages() {
  const t = useText(words)
  const toast = useToast()
  const [dialog, setDialog] = useState(false)
  const [confirm, setConfirm] = useState(false)
  const [address, setAddress] = useState('')
  const [place, setPlace] = useState<'east' | 'west' | null>(null)
  const [tab, setTab] = useState<'all' | 'waiting' | 'history'>('all')
  return (
    <Panel title={t.messages}>
      <Actions>
        <Button onClick={() => toast({ title: t.shippedToast, undo: () => undefined })}>{t.showToast}</Button>
        <Button onClick={() => toast({ title: t.failToast, words: t.failToastWords, tone: 'error' })}>
          {t.showError}
        </Button>
        <Button onClick={() => setDialog(true)}>{t.openDialog}</Button>
        <Button variant="danger" onClick={() => setConfirm(true)}>
          {t.openConfirm}
        </Button>
      </Actions>
      <Tabs
        label={t.tabs}
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'all', label: t.all, count: 1204, content: t.tabWords },
          { value: 'waiting', label: t.waiting, count: 3, content: t.tabWords },
          { value: 'history', label: t.history, content: <EmptyState title={t.noHistory} /> },
        ]}
      />
      <Dialog
        open={dialog}
        onClose={() => setDialog(false)}
        title={t.dialogTitle}
        description={t.dialogWords}
        actions={
          <Button variant="primary" onClick={() => setDialog(false)}>
            {t.change}
          </Button>
        }
      >
        <Field label={t.address} mark="required">
          <TextInput value={address} onChange={setAddress} onEnter={() => setDialog(false)} />
        </Field>
        <Field label={t.place}>
          <Select
            value={place}
            onChange={setPlace}
            options={[
              { value: 'east', label: t.east },
              { value: 'west', label: t.west },
            ]}
          />
        </Field>
      </Dialog>
      <ConfirmDialog
        open={confirm}
        onClose={() => setConfirm(false)}
        title={t.confirmTitle}
        description={t.confirmWords}
        count={{ value: 3, noun: t.ordersCount }}
        amount={128700}
        confirm={t.refund}
        onConfirm={() => new Promise((done) => setTimeout(done, 600))}
      />
    </Panel>
  )
}

function Inputs({ onEdit }: { onEdit: () => void }) {
  const t = useText(words)
  const [name, setName] = useState('')
  const [price, setPrice] = useState<number | null>(2420)
  const [quantity, setQuantity] = useState<number | null>(3)
  const [place, setPlace] = useState<'east' | 'west' | 'store' | null>('east')
  const [notify, setNotify] = useState(true)
  const [wrap, setWrap] = useState(false)
  const [payment, setPayment] = useState<'cod' | 'bank' | 'card' | null>('cod')
  return (
    <Panel title={t.inputs} actions={<Button onClick={onEdit}>{t.edit}</Button>}>
      <Field label={t.name} hint={t.nameHint} mark="required" name="name">
        <TextInput value={name} onChange={setName} autoComplete="off" />
      </Field>
      <Field label={t.price} name="price">
        <NumberInput value={price} onChange={setPrice} min={0} before="¥" />
      </Field>
      <Field label={t.quantity} error={(quantity ?? 0) > 2 ? t.quantityError : undefined} name="quantity">
        <NumberInput value={quantity} onChange={setQuantity} min={0} max={99} after={t.pieces} />
      </Field>
      <Field label={t.place}>
        <Select
          value={place}
          onChange={setPlace}
          options={[
            { value: 'east', label: t.east },
            { value: 'west', label: t.west },
            { value: 'store', label: t.store, disabled: true },
          ]}
        />
      </Field>
      <Field label={t.note} mark="optional" name="note">
        <Textarea rows={3} />
      </Field>
      <div>
        <Checkbox label={t.notify} hint={t.notifyHint} checked={notify} onChange={setNotify} />
        <Checkbox label={t.wrap} checked={wrap} onChange={setWrap} />
      </div>
      <RadioGroup
        label={t.payment}
        value={payment}
        onChange={setPayment}
        options={[
          { value: 'cod', label: t.cod, hint: t.codHint },
          { value: 'bank', label: t.bank },
          { value: 'card', label: t.card, disabled: true },
        ]}
      />
    </Panel>
  )
}

function States() {
  const t = useText(words)
  return (
    <Panel title={t.state}>
      <ErrorState
        title={t.failed}
        safe={t.failedSafe}
        todo={t.failedTodo}
        id="01K9-7F3Q"
        onRetry={() => undefined}
      />
      <Table
        label={t.orders}
        columns={[{ key: 'number', head: t.number, cell: () => null }]}
        rows={[]}
        rowKey={() => ''}
        empty={<EmptyState title={t.empty} why={t.emptyWhy} action={<Button>{t.clear}</Button>} />}
      />
      <h3>{t.loadingTable}</h3>
      <Table
        label={t.loadingTable}
        columns={[
          { key: 'number', head: t.number, cell: () => null },
          { key: 'total', head: t.total, cell: () => null, numeric: true },
        ]}
        rows={undefined}
        rowKey={() => ''}
        empty={null}
        expected={3}
      />
      <Skeleton wide="60%" />
    </Panel>
  )
}
