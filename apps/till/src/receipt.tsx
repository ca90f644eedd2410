import {
  Badge,
  Button,
  formatDateTime,
  formatMoney,
  formatNumber,
  useLang,
  useListed,
  useText,
} from '@akinai/ui'
import { useEffect, useState } from 'react'
import { keep } from './kept.ts'
import { onRecorded, useQueue, type Answer, type Sale } from './queue.ts'
import type { Session } from './session.ts'
import type { Due } from './sums.ts'
import { words } from './words.ts'

type PaperLine = {
  name: { ja: string; en: string }
  /** A receipt that was kept before has the codes only. */
  options: { ja: string; en: string } | string
  price: number
  quantity: number
  amount: number
  rate: number
  sku: string
}
/** A sale as it is printed; `answer` once the server has recorded it. */
export type Paper = {
  sale: Sale
  session: Session
  lines: PaperLine[]
  goods: number
  points: number
  taxes: Due[]
  answer?: Answer
}

export function Receipt({ paper: given, onNext }: { paper: Paper; onNext: () => void }) {
  const t = useText(words)
  const { lang } = useLang()
  const listed = useListed()
  const queue = useQueue()
  const [answer, setAnswer] = useState(given.answer)
  const { sale } = given.sale
  useEffect(
    () =>
      onRecorded((recorded, told) => {
        if (recorded !== sale) return
        setAnswer(told)
        keep('receipt', { ...given, answer: told })
      }),
    [given, sale],
  )
  const waits = queue.waiting.find((one) => one.sale === sale)
  const nameOf = (sku: string) => given.lines.find((line) => line.sku === sku)?.name[lang] ?? sku
  return (
    <main className="desk">
      <section className="goods paper-frame" aria-label={t.receipt}>
        <Printed paper={given} answer={answer} />
      </section>
      <aside className="summary" aria-label={t.change}>
        <p className="total">
          <span>{t.change}</span>
          <strong>{formatMoney(given.sale.tendered - given.sale.total)}</strong>
        </p>
        <output>
          {waits?.refused ? (
            <Badge tone="error">{t.refused}</Badge>
          ) : answer ? (
            <Badge tone="ok">{t.recorded}</Badge>
          ) : (
            t.waitingSend
          )}
        </output>
        {answer && answer.short.length > 0 ? (
          <div className="notice">
            <p>
              <strong>{t.shortTitle}</strong>
            </p>
            <p>
              {t.shortWords(
                listed(answer.short.map((one) => `${nameOf(one.sku)} × ${formatNumber(one.quantity)}`)),
              )}
            </p>
          </div>
        ) : null}
        <Button variant="primary" wide onClick={onNext}>
          {t.next}
        </Button>
        <Button wide onClick={() => window.print()}>
          {t.print}
        </Button>
      </aside>
    </main>
  )
}

function Printed({ paper, answer }: { paper: Paper; answer: Answer | undefined }) {
  const t = useText(words)
  const { lang } = useLang()
  const { shop, till } = paper.session
  return (
    <article className="paper">
      <header>
        <h2>{shop.name?.[lang]}</h2>
        <p>{shop.seller}</p>
        {shop.registration_number ? (
          <p>
            {t.registration} {shop.registration_number}
          </p>
        ) : null}
        {/* Who is not registered issues no qualified invoice. */}
        <h3>{shop.registration_number ? t.receiptTitle : t.receiptOnly}</h3>
        <p>{formatDateTime(paper.sale.happened_at)}</p>
        <p>
          {paper.session.place_name?.[lang]} {t.till} {till}・
          {answer ? `${t.number} ${answer.order}` : `${t.saleNumber} ${paper.sale.sale.slice(0, 8)}`}
        </p>
      </header>
      <dl className="sums">
        {paper.lines.map((line) => (
          <div key={line.sku}>
            <dt>
              {line.name[lang]}
              {line.rate === 800 ? ' ※' : ''}{' '}
              <small>{typeof line.options === 'string' ? line.options : line.options[lang]}</small>
              <br />
              <small>
                {formatMoney(line.price)} × {formatNumber(line.quantity)}
              </small>
            </dt>
            <dd>{formatMoney(line.amount)}</dd>
          </div>
        ))}
      </dl>
      <dl className="sums ruled">
        {paper.points > 0 ? (
          <>
            <Row word={t.subtotal} yen={paper.goods} />
            <Row word={t.points} yen={-paper.points} />
          </>
        ) : null}
        <div className="grand">
          <dt>{t.total}</dt>
          <dd>{formatMoney(paper.sale.total)}</dd>
        </div>
        {(answer?.taxes ?? paper.taxes).map((tax) => (
          <div key={tax.rate}>
            <dt>
              {t.rate(String(tax.rate / 100))}
              {tax.rate === 800 ? ' ※' : ''} {formatMoney(tax.due)}
            </dt>
            <dd>
              {t.tax} {formatMoney(tax.tax)}
            </dd>
          </div>
        ))}
      </dl>
      <dl className="sums ruled">
        <Row word={t.tendered} yen={paper.sale.tendered} />
        <Row word={t.change} yen={paper.sale.tendered - paper.sale.total} />
        {answer && answer.points_earned > 0 ? (
          <div>
            <dt>{t.earned}</dt>
            <dd>{formatNumber(answer.points_earned)}</dd>
          </div>
        ) : null}
      </dl>
      {paper.taxes.some((tax) => tax.rate === 800) ? <p>{t.mark}</p> : null}
    </article>
  )
}

const Row = ({ word, yen }: { word: string; yen: number }) => (
  <div>
    <dt>{word}</dt>
    <dd>{formatMoney(yen)}</dd>
  </div>
)
