import {
  Badge,
  chooseTheme,
  DateTime,
  Dialog,
  Icon,
  imeGuard,
  isComposing,
  Keys,
  Money,
  useLang,
  useShortcut,
  useText,
  useTheme,
} from '@akinai/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { sendErrand } from './errands.ts'
import { labels, say, toneOf, useName } from './labels.ts'
import { useMay, useMe } from './me.tsx'
import { foldTyped, useFound } from './palette-search.ts'
import { paletteWords, readings } from './palette-words.ts'
import { useViewDeeds } from './views.tsx'
import { recentOf, useRecents, type Recent } from './recent.ts'

export type Screen = {
  to:
    | '/orders'
    | '/customers'
    | '/products'
    | '/categories'
    | '/bulk'
    | '/imports'
    | '/stock'
    | '/shortages'
    | '/overview'
    | '/proof'
    | '/search-words'
    | '/followers'
    | '/connectors'
    | '/webhooks'
    | '/places'
    | '/settings'
    | '/staff'
    | '/releases'
    | '/audit'
    | '/account'
    | '/mail'
  name: string
  /** Which of the readings is its. */
  reads: string
  keys: string
}
/** Something that Enter does. */
type Deed = { id: string; label: string; keys?: string; run: () => void }

/** ⌘K or Ctrl-K: an order by number, telephone or name, customers, goods, any screen, and what there is to do. */
export function Palette({ screens, onSignOut }: { screens: readonly Screen[]; onSignOut: () => void }) {
  const t = useText(paletteWords)
  const [open, setOpen] = useState(false)
  useShortcut({ keys: 'mod+k', label: t.open, group: t.everywhere, run: () => setOpen(true) })
  useRecents()
  const close = () => setOpen(false)
  return (
    <Dialog open={open} onClose={close} title={t.title}>
      <Finder screens={screens} onSignOut={onSignOut} onDone={close} />
    </Dialog>
  )
}

function Finder({
  screens,
  onSignOut,
  onDone,
}: {
  screens: readonly Screen[]
  onSignOut: () => void
  onDone: () => void
}) {
  const t = useText(paletteWords)
  const [typed, setTyped] = useState('')
  const plain = typed.normalize('NFKC').trim()
  const found = useFound(plain, true)
  const navigate = useNavigate()
  const box = useRef<HTMLDivElement>(null)
  /** Enter came before the answer: it is meant for what will stand first. */
  const eager = useRef(false)
  const [chosen, setChosen] = useState('')
  const go = (way: () => unknown) => {
    onDone()
    void way()
  }
  const { doings, ofOrder } = useDeeds(onSignOut)
  const folded = foldTyped(plain)
  const fits = (name: string, reads: string) =>
    folded !== '' && foldTyped(`${name} ${readings[reads] ?? ''}`).includes(folded)
  const screensShown = screens.filter((screen) => plain === '' || fits(screen.name, screen.reads))
  const doingsShown = doings.filter((deed) => plain === '' || fits(deed.label, deed.id))
  const count = found.orders.length + found.customers.length + found.products.length
  const isBare = plain !== '' && !found.isWaiting && count + screensShown.length + doingsShown.length === 0
  const only = found.orders.length === 1 ? found.orders[0] : undefined
  // What stands first is chosen, whenever there is something else to choose from.
  useEffect(() => {
    setChosen(box.current?.querySelector('[cmdk-item]')?.getAttribute('data-value') ?? '')
  }, [plain, found.isWaiting])
  useEffect(() => {
    if (!eager.current || found.isWaiting) return
    eager.current = false
    box.current?.querySelector<HTMLElement>('[cmdk-item]')?.click()
  }, [found.isWaiting])
  const row = (id: string, way: () => unknown, content: ReactNode) => (
    <Command.Item key={id} value={id} className="ui-item" onSelect={() => go(way)}>
      {content}
    </Command.Item>
  )
  const deeds = (of: readonly Deed[]) =>
    of.map((deed) =>
      row(
        deed.id,
        deed.run,
        <>
          <span className="ui-grow">{deed.label}</span>
          {deed.keys ? <Keys keys={deed.keys} /> : null}
        </>,
      ),
    )
  return (
    <Command
      label={t.title}
      className="palette"
      shouldFilter={false}
      value={chosen}
      onValueChange={setChosen}
      loop
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || isComposing(event) || !found.isWaiting) return
        if (screensShown.length + doingsShown.length > 0) return
        event.preventDefault()
        eager.current = true
      }}
    >
      <Command.Input
        className="ui-input"
        aria-label={t.hint}
        placeholder={t.hint}
        value={typed}
        maxLength={100}
        onValueChange={(next) => {
          setTyped(next)
          eager.current = false
        }}
        // The input method's Enter, Esc and arrows are its own.
        onKeyDown={imeGuard()}
        // Whoever opens it is about to type.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
      <output className="palette-said">
        {found.failed ? (
          t.failed
        ) : found.isWaiting ? (
          t.searching
        ) : isBare ? (
          <>
            {t.none} <span className="quiet">{t.noneHint}</span>
          </>
        ) : count > 0 ? (
          <span className="ui-unseen">{t.count(count)}</span>
        ) : null}
      </output>
      <Command.List ref={box} label={t.title}>
        {plain === '' ? <Recents go={go} /> : null}
        {plain !== '' && screensShown.length > 0 ? (
          <Command.Group heading={t.screens}>
            {screensShown.map((screen) =>
              row(screen.to, () => navigate({ to: screen.to }), <ScreenName of={screen} />),
            )}
          </Command.Group>
        ) : null}
        {plain !== '' && doingsShown.length > 0 ? (
          <Command.Group heading={t.doings}>{deeds(doingsShown)}</Command.Group>
        ) : null}
        {found.orders.length > 0 ? (
          <Command.Group heading={t.orders}>
            {found.orders.map((one) =>
              row(
                `order ${one.order}`,
                () => navigate({ to: '/orders/$order', params: { order: String(one.order) } }),
                <OrderFound of={one} />,
              ),
            )}
            {only ? deeds(ofOrder(only)) : null}
          </Command.Group>
        ) : null}
        {found.customers.length > 0 ? (
          <Command.Group heading={t.customers}>
            {found.customers.map((one) =>
              row(
                `customer ${one.identity}`,
                () => navigate({ to: '/customers/$identity', params: { identity: String(one.identity) } }),
                <>
                  <span className="ui-grow">{one.name ?? t.customer(String(one.identity))}</span>
                  <small>{one.code ?? (one.name ? one.identity : '')}</small>
                </>,
              ),
            )}
          </Command.Group>
        ) : null}
        {found.products.length > 0 ? (
          <Command.Group heading={t.products}>
            {found.products.map((one) =>
              row(
                `product ${one.product}`,
                () => navigate({ to: '/products/$product', params: { product: String(one.product) } }),
                <ProductFound of={one} />,
              ),
            )}
          </Command.Group>
        ) : null}
        {plain === '' ? (
          <>
            <Command.Group heading={t.doings}>{deeds(doingsShown)}</Command.Group>
            <Command.Group heading={t.screens}>
              {screensShown.map((screen) =>
                row(screen.to, () => navigate({ to: screen.to }), <ScreenName of={screen} />),
              )}
            </Command.Group>
          </>
        ) : found.isWaiting ? null : (
          <InLists of={plain} screens={screens} row={row} />
        )}
      </Command.List>
    </Command>
  )
}

function ScreenName({ of }: { of: Screen }) {
  return (
    <>
      <span className="ui-grow">{of.name}</span>
      <Keys keys={of.keys} />
    </>
  )
}

type Row = (id: string, way: () => unknown, content: ReactNode) => ReactNode
/** The whole answer stands in a list. */
function InLists({ of: q, screens, row }: { of: string; screens: readonly Screen[]; row: Row }) {
  const t = useText(paletteWords)
  const navigate = useNavigate()
  const has = (to: Screen['to']) => screens.some((screen) => screen.to === to)
  return (
    <>
      {has('/orders')
        ? row('in orders', () => navigate({ to: '/orders', search: { q } }), t.allOrders(q))
        : null}
      {has('/customers')
        ? row('in customers', () => navigate({ to: '/customers', search: { q } }), t.allCustomers(q))
        : null}
      {has('/products')
        ? row('in products', () => navigate({ to: '/products', search: { q } }), t.allProducts(q))
        : null}
      {has('/stock') ? row('in stock', () => navigate({ to: '/stock', search: { q } }), t.stock(q)) : null}
    </>
  )
}

type OrderRow = ReturnType<typeof useFound>['orders'][number]
function OrderFound({ of }: { of: OrderRow }) {
  const t = useText(paletteWords)
  const label = useText(labels)
  return (
    <>
      <strong>{t.order(String(of.order))}</strong>
      {of.external_id && of.channel !== 'till' ? <small>{of.external_id}</small> : null}
      <span className="ui-grow" />
      <small>
        <DateTime at={of.placed_at} form="date" />
      </small>
      <Money yen={of.total} currency={of.currency} />
      <Badge tone={toneOf(of.status)}>{say(label.status, of.status)}</Badge>
    </>
  )
}

function ProductFound({ of }: { of: ReturnType<typeof useFound>['products'][number] }) {
  const name = useName()
  return (
    <>
      <span className="ui-grow">{name(of.name)}</span>
      <small>{of.code}</small>
    </>
  )
}

function Recents({ go }: { go: (way: () => unknown) => void }) {
  const t = useText(paletteWords)
  const name = useName()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [recents] = useState(recentOf(useMe().id))
  if (recents.length === 0) return null
  const ways = {
    order: (number: string) => navigate({ to: '/orders/$order', params: { order: number } }),
    customer: (number: string) => navigate({ to: '/customers/$identity', params: { identity: number } }),
    product: (number: string) => navigate({ to: '/products/$product', params: { product: number } }),
  }
  /** Goods by name while their page is remembered; persons by number alone. */
  const called = (one: Recent) => {
    const known =
      one.kind === 'product'
        ? queries.getQueryData<{ name?: { ja: string; en: string } }>(['product', Number(one.number)])?.name
        : undefined
    return known ? name(known) : t[one.kind](one.number)
  }
  return (
    <Command.Group heading={t.recent}>
      {recents.map((one) => (
        <Command.Item
          key={one.kind + one.number}
          value={`recent ${one.kind} ${one.number}`}
          className="ui-item"
          onSelect={() => go(() => ways[one.kind](one.number))}
        >
          <Icon name="clock" />
          {called(one)}
        </Command.Item>
      ))}
    </Command.Group>
  )
}

/** What there is to do anywhere, and with one order, as far as one may. */
function useDeeds(onSignOut: () => void): { doings: Deed[]; ofOrder: (order: OrderRow) => Deed[] } {
  const t = useText(paletteWords)
  const may = useMay()
  const navigate = useNavigate()
  const { lang, setLang } = useLang()
  const theme = useTheme()
  const isDark = theme === 'dark' || (theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  const some = (when: boolean, deed: Deed): Deed[] => (when ? [deed] : [])
  const views = useViewDeeds()
  const doings = [
    ...views,
    ...some(may('products.write'), {
      id: 'newProduct',
      label: t.newProduct,
      run: () => void navigate({ to: '/products/$product', params: { product: 'new' } }),
    }),
    ...some(may('products.write'), {
      id: 'grid',
      label: t.grid,
      run: () => void navigate({ to: '/products/grid' }),
    }),
    ...some(may('stock.write'), {
      id: 'receive',
      label: t.receive,
      run: () => void navigate({ to: '/stock' }),
    }),
    ...some(may('members.write'), {
      id: 'addCustomer',
      label: t.addCustomer,
      run: () => {
        sendErrand('customers/add')
        void navigate({ to: '/customers' })
      },
    }),
    ...some(may('products.write'), {
      id: 'importFile',
      label: t.importFile,
      run: () => void navigate({ to: '/imports' }),
    }),
    { id: 'language', label: t.language, run: () => setLang(lang === 'ja' ? 'en' : 'ja') },
    isDark
      ? { id: 'light', label: t.light, run: () => chooseTheme('light') }
      : { id: 'dark', label: t.dark, run: () => chooseTheme('dark') },
    {
      id: 'shortcuts',
      label: t.shortcuts,
      keys: '?',
      // Once this dialog is gone: an open one keeps its keys.
      run: () => setTimeout(() => window.dispatchEvent(new KeyboardEvent('keydown', { key: '?' })), 200),
    },
    { id: 'signOut', label: t.signOut, run: onSignOut },
  ]
  const ofOrder = (order: OrderRow) => {
    const number = String(order.order)
    const begin = (act: string, label: string): Deed => ({
      id: `${act} ${number}`,
      label,
      run: () => {
        sendErrand(`orders/${number}/${act}`)
        void navigate({ to: '/orders/$order', params: { order: number } })
      },
    })
    const isOpen = ['to_ship', 'part_shipped', 'waiting_payment', 'short'].includes(order.status)
    return [
      ...some(may('orders.ship') && isOpen && order.status !== 'short', begin('ship', t.ship(number))),
      ...some(may('orders.capture') && order.owed > 0, begin('capture', t.capture(number))),
      ...some(may('orders.cancel') && isOpen, begin('cancel', t.cancel(number))),
    ]
  }
  return { doings, ofOrder }
}
