import {
  Badge,
  Button,
  Dialog,
  formatDateTime,
  formatMoney,
  formatNumber,
  LangSwitch,
  ThemeSwitch,
  useLang,
  useText,
} from '@akinai/ui'
import { useState } from 'react'
import { retry, type Queued, type useQueue } from './queue.ts'
import { signOut, type Session } from './session.ts'
import { words } from './words.ts'

type Props = {
  session: Session
  queue: ReturnType<typeof useQueue>
  onReceipt?: () => void
  onPin: () => void
  onClose: () => void
}

export function Top({ session, queue, onReceipt, onPin, onClose }: Props) {
  const t = useText(words)
  const { lang } = useLang()
  const [isQueue, setQueue] = useState(false)
  const [isMenu, setMenu] = useState(false)
  const count = queue.waiting.length
  return (
    <header className="top">
      <h1 className="brand">
        {session.shop.name?.[lang]}{' '}
        <span className="quiet">
          {session.place_name?.[lang]} {session.till}
        </span>
      </h1>
      <div className="top-acts">
        {queue.needsPin ? (
          <Button icon="warn" onClick={onPin}>
            {t.enterPin}
          </Button>
        ) : null}
        <Button icon={count > 0 ? 'offline' : 'ok'} onClick={() => setQueue(true)}>
          <span aria-live="polite">{count > 0 ? t.unsent(formatNumber(count)) : t.allSent}</span>
        </Button>
        {onReceipt ? <Button onClick={onReceipt}>{t.again}</Button> : null}
        <Button onClick={() => setMenu(true)}>{t.settings}</Button>
      </div>
      <Dialog open={isQueue} onClose={() => setQueue(false)} title={t.queue} description={t.queueLead}>
        {count === 0 ? <p>{t.queueEmpty}</p> : null}
        <ul className="lines">
          {queue.waiting.map((one) => (
            <Waiting key={one.sale} sale={one} />
          ))}
        </ul>
      </Dialog>
      <Dialog open={isMenu} onClose={() => setMenu(false)} title={t.menu}>
        <div className="fields">
          <LangSwitch />
          <ThemeSwitch />
          <Button
            disabled={count > 0}
            onClick={() => {
              void signOut()
              onClose()
            }}
          >
            {t.close}
          </Button>
          {count > 0 ? <p>{t.closeBlocked}</p> : null}
        </div>
      </Dialog>
    </header>
  )
}

function Waiting({ sale }: { sale: Queued }) {
  const t = useText(words)
  return (
    <li className="waiting">
      <span>
        {formatDateTime(sale.happened_at)}・{sale.sale.slice(0, 8)}
      </span>
      <strong>{formatMoney(sale.total)}</strong>
      {sale.refused ? (
        <div>
          <Badge tone="error">{t.refused}</Badge>
          <p>{sale.refused.title}</p>
          {sale.refused.todo ? <p>{sale.refused.todo}</p> : null}
          <Button onClick={() => void retry(sale.sale)}>{t.retry}</Button>
        </div>
      ) : null}
    </li>
  )
}
