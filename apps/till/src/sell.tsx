import { Problem } from '@akinai/client'
import {
  ConfirmDialog,
  Dialog,
  EmptyState,
  formatMoney,
  OfflineBar,
  TextInput,
  useLang,
  useText,
  useToast,
} from '@akinai/ui'
import { useState } from 'react'
import { api } from './api.ts'
import { Basket } from './basket.tsx'
import { newSale, useCart, type Cart } from './cart.ts'
import { byCode, find, useCatalogue } from './catalogue.ts'
import { keep, kept } from './kept.ts'
import { Pay } from './pay.tsx'
import { enqueue, noticed, signedIn, useQueue } from './queue.ts'
import { Receipt, type Paper } from './receipt.tsx'
import { useScanner } from './scanner.ts'
import { SerialDialog } from './serial.tsx'
import type { Session } from './session.ts'
import { PinForm } from './sign-in.tsx'
import { amountOf, sumsOf, type Item } from './sums.ts'
import { Summary } from './summary.tsx'
import { Top } from './top.tsx'
import { words } from './words.ts'

/** Member cards of the sample and of most shops: EAN-13 of the in-store range 29. */
const isCard = (code: string) => /^29\d{11}$/.test(code)

export function Sell({ session, onClose }: { session: Session; onClose: () => void }) {
  const t = useText(words)
  const { lang } = useLang()
  const toast = useToast()
  const { cart, change } = useCart()
  const { items, refresh } = useCatalogue()
  const queue = useQueue()
  const [query, setQuery] = useState('')
  const [view, setView] = useState<'cart' | 'pay' | 'receipt'>('cart')
  const [paper, setPaper] = useState<Paper | null>(() => kept<Paper>('receipt'))
  const [asked, setAsked] = useState<Item | null>(null)
  const [numbered, setNumbered] = useState<Item | null>(null)
  const [isClearing, setClearing] = useState(false)
  const [isPin, setPin] = useState(false)
  const sums = sumsOf(cart.lines, cart.points, session.shop.rounding)

  function take(item: Item) {
    setQuery('')
    const isChecked = cart.lines.some((line) => line.item.age !== null && line.item.age >= (item.age ?? 0))
    if (item.age !== null && !isChecked) setAsked(item)
    else add(item)
    setView('cart')
  }
  function add(item: Item) {
    if (item.serial_kept) setNumbered(item)
    else change({ do: 'add', item })
  }
  async function scan(code: string) {
    // The first scan may come before the list of goods: it waits for it.
    const item = byCode(items.length > 0 ? items : await refresh(), code)
    if (item) return take(item)
    setQuery('')
    try {
      const member = await api.tillMember({ code })
      change({ do: 'member', member: { code, points: member.points } })
    } catch (error) {
      noticed(error)
      if (error instanceof Problem && (error.isPassing || error.status === 401) && isCard(code))
        change({ do: 'member', member: { code, points: null } })
      else if (/^\d+$/.test(code)) toast({ title: t.unknown(code), words: t.unknownWhy, tone: 'warn' })
      else setQuery(code)
    }
  }
  /** A code typed by hand, slower than any scanner, or a name that only one article has. */
  function enter(typed: string) {
    const code = typed.normalize('NFKC').trim()
    const fits = find(items, code, 2)
    const item = byCode(items, code) ?? (fits.length === 1 ? fits[0] : undefined)
    if (item) take(item)
    else if (/^\d{4,}$/.test(code)) void scan(code)
  }
  async function pay(tendered: number) {
    const told = paperOf(session, cart, tendered)
    await enqueue(told.sale)
    keep('receipt', told)
    setPaper(told)
    change({ do: 'clear', sale: newSale() })
    setView('receipt')
  }
  useScanner(view !== 'pay' && !asked && !numbered && !isPin && !isClearing, (code) => void scan(code))

  return (
    <div className="till">
      <Top
        session={session}
        queue={queue}
        {...(paper && view !== 'receipt' ? { onReceipt: () => setView('receipt') } : {})}
        onPin={() => setPin(true)}
        onClose={onClose}
      />
      <OfflineBar {...(queue.offline ? { offline: true } : {})} queued={queue.waiting.length} />
      {view === 'receipt' && paper ? (
        <Receipt paper={paper} onNext={() => setView('cart')} />
      ) : view === 'pay' && cart.lines.length > 0 ? (
        <Pay total={sums.total} onBack={() => setView('cart')} onPay={pay} />
      ) : (
        <main className="desk">
          <section className="goods" aria-label={t.lines}>
            <TextInput
              type="search"
              aria-label={t.search}
              placeholder={t.searchHint}
              value={query}
              onChange={setQuery}
              onEnter={enter}
              autoComplete="off"
            />
            {query.trim() ? (
              <Found items={find(items, query, 24)} onTake={take} />
            ) : cart.lines.length > 0 ? (
              <Basket lines={cart.lines} change={change} onMore={setNumbered} />
            ) : items.length === 0 ? (
              <EmptyState title={t.noCatalogue} why={t.noCatalogueWhy} />
            ) : (
              <EmptyState title={t.empty} why={t.emptyWhy} />
            )}
          </section>
          <Summary
            cart={cart}
            sums={sums}
            change={change}
            onPay={() => setView('pay')}
            onClear={() => setClearing(true)}
          />
        </main>
      )}
      {asked ? (
        <ConfirmDialog
          open
          danger={false}
          onClose={() => setAsked(null)}
          title={t.ageTitle(String(asked.age))}
          description={t.ageWords(asked.name[lang], String(asked.age))}
          confirm={t.ageYes}
          cancel={t.ageNo}
          onConfirm={() => add(asked)}
        />
      ) : null}
      {numbered ? (
        <SerialDialog
          item={numbered}
          known={cart.lines.find((line) => line.item.sku === numbered.sku)?.serials ?? []}
          onClose={() => setNumbered(null)}
          onTake={(serial) => {
            change({ do: 'add', item: numbered, ...(serial === undefined ? {} : { serial }) })
            setNumbered(null)
          }}
        />
      ) : null}
      <ConfirmDialog
        open={isClearing}
        danger={false}
        onClose={() => setClearing(false)}
        title={t.clear}
        description={t.clearWhy}
        amount={sums.total}
        confirm={t.clear}
        onConfirm={() => change({ do: 'clear', sale: newSale() })}
      />
      <Dialog open={isPin} onClose={() => setPin(false)} title={t.enterPin} description={t.pinAgain}>
        <PinForm
          onOpen={() => {
            setPin(false)
            signedIn()
            void refresh()
          }}
        />
      </Dialog>
    </div>
  )
}

function Found({ items, onTake }: { items: readonly Item[]; onTake: (item: Item) => void }) {
  const t = useText(words)
  const { lang } = useLang()
  if (items.length === 0) return <EmptyState title={t.none} />
  return (
    <ul className="found" aria-label={t.found}>
      {items.map((item) => (
        <li key={item.sku}>
          <button type="button" className="tile" onClick={() => onTake(item)}>
            <span>
              {item.name[lang]}
              {item.rate === 800 ? ' ※' : ''}
            </span>
            <small className="quiet">{[item.variant?.[lang], item.sku].filter(Boolean).join('・')}</small>
            <strong>{formatMoney(item.price)}</strong>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** What was sold, as it will be sent and as it is printed. */
function paperOf(session: Session, cart: Cart, tendered: number): Paper {
  const { goods, points, total, taxes } = sumsOf(cart.lines, cart.points, session.shop.rounding)
  return {
    sale: {
      sale: cart.sale,
      happened_at: new Date().toISOString(),
      lines: cart.lines.map((line) => ({
        sku: line.item.sku,
        quantity: line.quantity,
        unit_price: line.item.price,
        ...(line.serials?.length ? { serials: [...line.serials] } : {}),
      })),
      ...(cart.member && { member: cart.member.code }),
      ...(cart.member && points > 0 && { points }),
      tendered,
      total,
    },
    session,
    lines: cart.lines.map((line) => ({
      name: line.item.name,
      options: line.item.variant ?? {
        ja: Object.values(line.item.options).join('・'),
        en: Object.values(line.item.options).join('・'),
      },
      price: line.item.price,
      quantity: line.quantity,
      amount: amountOf(line),
      rate: line.item.rate,
      sku: line.item.sku,
    })),
    goods,
    points,
    taxes,
  }
}
