import { formatMoney, formatNumber, IconButton, useLang, useText } from '@akinai/ui'
import type { useCart } from './cart.ts'
import { amountOf, type Item, type Line } from './sums.ts'
import { words } from './words.ts'

export function Basket({
  lines,
  change,
  onMore,
}: {
  lines: readonly Line[]
  /** One more of goods that bear numbers: it is asked which. */
  onMore: (item: Item) => void
  change: ReturnType<typeof useCart>['change']
}) {
  const t = useText(words)
  const { lang } = useLang()
  return (
    <ul className="lines">
      {lines.map((line) => {
        const { sku } = line.item
        const name = line.item.name[lang]
        return (
          <li key={sku} className="line">
            <div className="line-name">
              <strong>
                {name}
                {line.item.rate === 800 ? <abbr title={t.reduced}> ※</abbr> : null}
              </strong>
              <small className="quiet">
                {[line.item.variant?.[lang], sku, formatMoney(line.item.price)].filter(Boolean).join('・')}
              </small>
              {line.serials?.length ? (
                <small className="quiet">{line.serials.map((serial) => `#${serial}`).join('・')}</small>
              ) : null}
            </div>
            <div className="line-by">
              <IconButton
                icon="minus"
                label={t.less(name)}
                tooltip={false}
                onClick={() => change({ do: 'by', sku, by: -1 })}
              />
              <output>{formatNumber(line.quantity)}</output>
              <IconButton
                icon="plus"
                label={t.more(name)}
                tooltip={false}
                onClick={() => (line.item.serial_kept ? onMore(line.item) : change({ do: 'by', sku, by: 1 }))}
              />
            </div>
            <strong className="line-amount">{formatMoney(amountOf(line))}</strong>
            <IconButton
              icon="close"
              label={t.remove(name)}
              tooltip={false}
              onClick={() => change({ do: 'remove', sku })}
            />
          </li>
        )
      })}
    </ul>
  )
}
