import { Button, formatMoney, formatNumber, useText } from '@akinai/ui'
import type { Cart, useCart } from './cart.ts'
import type { sumsOf } from './sums.ts'
import { words } from './words.ts'

type Props = {
  cart: Cart
  sums: ReturnType<typeof sumsOf>
  change: ReturnType<typeof useCart>['change']
  onPay: () => void
  onClear: () => void
}

/** The total, to be read from two metres, and what comes next. */
export function Summary({ cart, sums, change, onPay, onClear }: Props) {
  const t = useText(words)
  const usable = Math.min(cart.member?.points ?? 0, sums.goods)
  return (
    <aside className="summary" aria-label={t.total}>
      {cart.member ? (
        <div className="member">
          <p>
            {t.member} <strong>{cart.member.code}</strong>
            <br />
            {cart.member.points === null ? t.memberLater : t.memberPoints(formatNumber(cart.member.points))}
          </p>
          {usable > 0 && cart.points === 0 ? (
            <Button onClick={() => change({ do: 'points', points: usable })}>{t.usePoints}</Button>
          ) : null}
          {cart.points > 0 ? (
            <Button onClick={() => change({ do: 'points', points: 0 })}>{t.notUsePoints}</Button>
          ) : null}
          <Button variant="quiet" onClick={() => change({ do: 'member', member: null })}>
            {t.dropMember}
          </Button>
        </div>
      ) : null}
      <dl className="sums">
        {sums.points > 0 ? (
          <div>
            <dt>{t.points}</dt>
            <dd>−{formatMoney(sums.points)}</dd>
          </div>
        ) : null}
        {sums.taxes.map((tax) => (
          <div key={tax.rate} className="quiet">
            <dt>
              {t.rate(String(tax.rate / 100))} {formatMoney(tax.due)}
            </dt>
            <dd>
              {t.tax} {formatMoney(tax.tax)}
            </dd>
          </div>
        ))}
      </dl>
      <p className="total" aria-live="polite">
        <span>
          {t.total} <small>{t.count(formatNumber(sums.count))}</small>
        </span>
        <strong>{formatMoney(sums.total)}</strong>
      </p>
      <Button variant="primary" wide disabled={cart.lines.length === 0} onClick={onPay}>
        {t.pay}
      </Button>
      <Button wide disabled={cart.lines.length === 0} onClick={onClear}>
        {t.clear}
      </Button>
    </aside>
  )
}
