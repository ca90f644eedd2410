import { createText, Dialog, useShortcut, useText } from '@akinai/ui'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { useState } from 'react'

const words = createText({
  ja: {
    title: '移動と検索',
    hint: '注文番号・商品名・画面の名前',
    open: '移動と検索を開く',
    everywhere: 'どの画面でも',
    none: '当てはまるものはありません。',
    order: (number: string) => `注文 ${number} を開く`,
    stock: (goods: string) => `在庫で「${goods}」を探す`,
  },
  en: {
    title: 'Go and find',
    hint: 'Order number, goods or screen',
    open: 'Open go and find',
    everywhere: 'Everywhere',
    none: 'Nothing fits.',
    order: (number) => `Open order ${number}`,
    stock: (goods) => `Find “${goods}” in stock`,
  },
})

type Screen = {
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
    | '/staff'
    | '/audit'
    | '/account'
    | '/mail'
  name: string
}

/** ⌘K or Ctrl-K: an order by its number, goods by name, any screen. */
export function Palette({ screens }: { screens: readonly Screen[] }) {
  const t = useText(words)
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  useShortcut({ keys: 'mod+k', label: t.open, group: t.everywhere, run: () => setOpen(true) })
  const plain = typed.normalize('NFKC').trim()
  function go(way: () => Promise<void>) {
    setOpen(false)
    setTyped('')
    void way()
  }
  return (
    <Dialog open={open} onClose={() => setOpen(false)} title={t.title}>
      <Command label={t.title} className="palette">
        <Command.Input
          className="ui-input"
          aria-label={t.hint}
          placeholder={t.hint}
          value={typed}
          onValueChange={setTyped}
          // Whoever opens it is about to type.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
        />
        <Command.List>
          <Command.Empty>{t.none}</Command.Empty>
          {/^\d{1,15}$/.test(plain) ? (
            <Command.Item
              className="ui-item"
              value={`order ${typed}`}
              onSelect={() => go(() => navigate({ to: '/orders/$order', params: { order: plain } }))}
            >
              {t.order(plain)}
            </Command.Item>
          ) : null}
          {screens.map((screen) => (
            <Command.Item
              key={screen.to}
              className="ui-item"
              value={screen.name}
              keywords={[screen.to]}
              onSelect={() => go(() => navigate({ to: screen.to }))}
            >
              {screen.name}
            </Command.Item>
          ))}
          {plain ? (
            <Command.Item
              className="ui-item"
              value={`stock ${typed}`}
              onSelect={() => go(() => navigate({ to: '/stock', search: { q: plain } }))}
            >
              {t.stock(plain)}
            </Command.Item>
          ) : null}
        </Command.List>
      </Command>
    </Dialog>
  )
}
