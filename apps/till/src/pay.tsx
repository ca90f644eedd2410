import { Button, formatMoney, useText } from '@akinai/ui'
import { useEffect, useRef, useState } from 'react'
import { Keypad } from './keypad.tsx'
import { Said } from './sign-in.tsx'
import { quickAmounts } from './sums.ts'
import { words } from './words.ts'

/** One tap on what the customer hands over ends the sale; other amounts by the keypad. */
export function Pay({
  total,
  onBack,
  onPay,
}: {
  total: number
  onBack: () => void
  onPay: (tendered: number) => Promise<void>
}) {
  const t = useText(words)
  const [typed, setTyped] = useState('')
  const [failure, setFailure] = useState<unknown>(null)
  const isPaying = useRef(false)
  const tendered = Number(typed || '0')
  const add = (key: string) => setTyped((before) => (before + key).replace(/^0+/, '').slice(0, 9))
  async function pay(amount: number) {
    // The second tap of a double tap is no second sale.
    if (isPaying.current || amount < total) return
    isPaying.current = true
    try {
      await onPay(amount)
    } catch (error) {
      isPaying.current = false
      setFailure(error)
    }
  }
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (/^\d$/.test(event.key)) add(event.key)
      else if (event.key === 'Backspace') setTyped((before) => before.slice(0, -1))
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return (
    <main className="desk">
      <section className="goods" aria-label={t.cash}>
        <p className="total">
          <span>{t.due}</span>
          <strong>{formatMoney(total)}</strong>
        </p>
        <div className="quick">
          {quickAmounts(total).map((amount) => (
            <button key={amount} type="button" className="tile" onClick={() => void pay(amount)}>
              <span>{amount === total ? t.exact : t.tendered}</span>
              <strong>{formatMoney(amount)}</strong>
              <small className="quiet">
                {t.change} {formatMoney(amount - total)}
              </small>
            </button>
          ))}
        </div>
        <div>
          <Button icon="left" onClick={onBack}>
            {t.back}
          </Button>
        </div>
      </section>
      <aside className="summary" aria-label={t.keypad}>
        <p className="total small">
          <span>{t.tendered}</span>
          <strong>{formatMoney(tendered)}</strong>
        </p>
        <p className="total small">
          <span>{tendered < total ? '' : t.change}</span>
          <strong>
            {tendered < total ? (
              <small>{t.missing(formatMoney(total - tendered))}</small>
            ) : (
              formatMoney(tendered - total)
            )}
          </strong>
        </p>
        <Keypad label={t.keypad} erase={t.erase} onKey={add} onErase={() => setTyped(typed.slice(0, -1))} />
        {failure ? <Said error={failure} /> : null}
        <Button variant="primary" wide disabled={tendered < total} onClick={() => void pay(tendered)}>
          {t.finish}
        </Button>
      </aside>
    </main>
  )
}
