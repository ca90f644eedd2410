import type { Cart, Detail, Line, OrderView, Problem, Quote, Shop, Tax } from './api.ts'
import { besides } from './browse.tsx'
import { Notice } from './layout.tsx'
import { dayOf, words, yen, type Lang } from './words.ts'

const picture = (l: Line) => `/pictures/${l.picture ?? 'none.webp'}`
function Steps({ lang, at }: { lang: Lang; at: 1 | 2 | 3 }) {
  const t = words[lang]
  return (
    <ol class="steps">
      {[t.step1, t.step2, t.step3].map((name, i) => (
        <li aria-current={i + 1 === at ? 'step' : undefined}>
          {i + 1}. {name}
        </li>
      ))}
    </ol>
  )
}
const Taxes = ({ taxes, lang }: { taxes: Tax[]; lang: Lang }) => (
  <>
    {taxes.map((x) => (
      <p class="tax">{words[lang].taxLine(x.rate, yen(x.due, lang), yen(x.tax, lang))}</p>
    ))}
  </>
)

export function CartPage({
  lang,
  cart,
  newKey,
  problem,
  products,
}: {
  lang: Lang
  cart: Cart | undefined
  newKey: string
  problem: Problem | undefined
  /** Those of the lines, by code; one that is sold no more is missing. */
  products?: Map<string, Detail>
}) {
  const t = words[lang]
  if (!cart || cart.lines.length === 0)
    return (
      <>
        <h1>{t.cartTitle}</h1>
        {problem && <Notice problem={problem} lang={lang} />}
        <p>{t.cartEmpty}</p>
        <p>
          <a class="button" href="/search">
            {t.seeAll}
          </a>
        </p>
      </>
    )
  const blocked = cart.lines.some((l) => l.problem)
  return (
    <>
      <Steps lang={lang} at={1} />
      <h1>{t.cartTitle}</h1>
      {problem && <Notice problem={problem} lang={lang} />}
      <div class="split">
        <form method="post" action="/cart" data-once>
          <input type="hidden" name="key" value={newKey} />
          <ul class="lines">
            {cart.lines.map((l) => (
              <li>
                <img src={picture(l)} alt="" width="88" height="88" />
                <div>
                  <a href={`/p/${l.product}`}>{l.name[lang]}</a>
                  <p class="muted flat">
                    {l.options_text[lang]}　{yen(l.unit_price, lang)}
                    {t.taxIn}
                  </p>
                  {l.problem && (
                    <p class="badge error" role="alert">
                      {l.problem === 'fewer'
                        ? t.fewer(l.available)
                        : l.problem === 'sold_out'
                          ? t.gone
                          : t.archived}
                    </p>
                  )}
                  {l.problem && (
                    <p class="flat">
                      <a href={besides(products?.get(l.product)?.categories[0])}>{t.alsoLike}</a>
                    </p>
                  )}
                  <div class="row">
                    <label>
                      {t.quantity}{' '}
                      <input
                        class="qty"
                        name={`q.${l.sku}`}
                        inputMode="numeric"
                        pattern="[0-9０-９]{1,3}"
                        value={l.quantity}
                      />
                    </label>
                    <button class="link" type="submit" name="remove" value={l.sku}>
                      {t.remove}
                      <span class="heard">: {l.name[lang]}</span>
                    </button>
                    <span class="price">{yen(l.amount, lang)}</span>
                  </div>
                </div>
              </li>
            ))}
          </ul>
          <button class="button second" type="submit">
            {t.update}
          </button>
        </form>
        <div class="box">
          <dl class="sum">
            <dt>
              {t.goods}
              {t.inBrackets(t.count(cart.total_quantity))}
            </dt>
            <dd>{yen(cart.goods, lang)}</dd>
          </dl>
          <p class="muted">{t.shippingLater}</p>
          {blocked ? (
            <button class="button" disabled>
              {t.toCheckout}
            </button>
          ) : (
            <a class="button" href="/checkout">
              {t.toCheckout}
            </a>
          )}
        </div>
      </div>
    </>
  )
}

type FieldAsk = {
  name: string
  label: string
  value: string | undefined
  wrong?: string | undefined
  hint?: string
  type?: string
  complete?: string
  mode?: 'numeric' | 'tel' | 'email'
  required?: boolean
  pattern?: string
  max?: number
  lang: Lang
}
function Field(f: FieldAsk) {
  const id = `f-${f.name}`
  return (
    <div class="field">
      <label for={id}>
        {f.label}
        {f.required === false && (
          <span class="muted">{words[f.lang].inBrackets(words[f.lang].optional)}</span>
        )}
      </label>
      <input
        id={id}
        name={f.name}
        value={f.value ?? ''}
        type={(f.type ?? 'text') as 'text'}
        autoComplete={f.complete}
        inputMode={f.mode}
        required={f.required !== false}
        pattern={f.pattern}
        maxLength={f.max ?? 100}
        aria-invalid={f.wrong ? 'true' : undefined}
        aria-describedby={f.hint || f.wrong ? `${id}-note` : undefined}
      />
      {f.wrong ? (
        <p class="wrong" id={`${id}-note`}>
          {f.wrong}
        </p>
      ) : (
        f.hint && (
          <p class="hint" id={`${id}-note`}>
            {f.hint}
          </p>
        )
      )}
    </div>
  )
}
export function CheckoutPage({
  lang,
  shop,
  cart,
  newKey,
  values,
  note,
  problem,
  age,
}: {
  lang: Lang
  shop: Shop
  cart: Cart
  newKey: string
  values: Record<string, string>
  /** What came of looking a postal code up. */
  note?: string | undefined
  problem: Problem | undefined
  age: boolean
}) {
  const t = words[lang]
  const fieldOf = (name: string) => problem?.errors?.find((e) => e.path.endsWith(`/${name}`))
  const field = (name: string, label: string, more: Partial<FieldAsk> = {}) => (
    <Field
      name={name}
      label={label}
      value={values[name]}
      wrong={fieldOf(name) ? t.pleaseCheck(label) : undefined}
      lang={lang}
      {...more}
    />
  )
  return (
    <>
      <Steps lang={lang} at={2} />
      <h1>{t.step2}</h1>
      {problem && <Notice problem={problem} lang={lang} />}
      <form class="split" method="post" action="/checkout" data-once>
        <input type="hidden" name="key" value={newKey} />
        <div class="stack">
          <fieldset class="fields">
            <legend>{t.contact}</legend>
            <div class="two">
              {field('family', t.family, { complete: 'family-name', max: 50 })}
              {field('given', t.given, { complete: 'given-name', max: 50 })}
            </div>
            {field('email', t.email, { type: 'email', complete: 'email', mode: 'email', max: 254 })}
            {field('phone', t.phone, {
              type: 'tel',
              complete: 'tel',
              mode: 'tel',
              max: 20,
              hint: '090-1234-5678',
            })}
          </fieldset>
          <fieldset class="fields">
            <legend>{t.address}</legend>
            <div class="two">
              {field('postal', t.postal, {
                complete: 'postal-code',
                mode: 'numeric',
                max: 8,
                pattern: '[0-9０-９]{3}[\\-－ー]?[0-9０-９]{4}',
                hint: '150-0001',
              })}
              <div class="field">
                <label for="f-prefecture">{t.prefecture}</label>
                <select
                  id="f-prefecture"
                  name="prefecture"
                  autoComplete="address-level1"
                  required
                  aria-invalid={fieldOf('prefecture') ? 'true' : undefined}
                >
                  <option value="">{t.pleaseChoose}</option>
                  {shop.prefectures.map((p) => (
                    <option value={p.code} selected={values.prefecture === String(p.code)}>
                      {p.name[lang]}
                    </option>
                  ))}
                </select>
              </div>
            </div>
            <p class="fill">
              <button
                class="link"
                type="submit"
                name="fill"
                value="1"
                formNoValidate
                data-unknown={t.postalUnknown}
              >
                {t.fillAddress}
              </button>{' '}
              <output htmlFor="f-postal">{note}</output>
            </p>
            {field('city', t.city, { complete: 'address-level2', max: 60 })}
            {field('line1', t.line1, { complete: 'address-line1' })}
            {field('line2', t.line2, { complete: 'address-line2', required: false })}
          </fieldset>
          <fieldset>
            <legend>{t.payment}</legend>
            <div class="choices">
              {shop.payments.map((p, i) => (
                <label class="choice">
                  <input
                    type="radio"
                    name="payment"
                    value={p.code}
                    required
                    checked={values.payment ? values.payment === p.code : i === 0}
                  />
                  {p.name[lang]}
                </label>
              ))}
            </div>
          </fieldset>
          {age && (
            <fieldset class="fields">
              <legend class="age">{t.ageLine}</legend>
              {field('birth_date', t.birth, { type: 'date', complete: 'bday' })}
            </fieldset>
          )}
          {field('member', t.cardNumber, { required: false, mode: 'numeric', max: 20, hint: t.cardHint })}
        </div>
        <div class="box">
          <ul class="lines">
            {cart.lines.map((l) => (
              <li>
                <img src={picture(l)} alt="" width="88" height="88" />
                <div>
                  {l.name[lang]}
                  <br />
                  <span class="muted">
                    {l.options_text[lang]} × {l.quantity}
                  </span>
                  <div class="price">{yen(l.amount, lang)}</div>
                </div>
              </li>
            ))}
          </ul>
          <dl class="sum">
            <dt>{t.goods}</dt>
            <dd>{yen(cart.goods, lang)}</dd>
          </dl>
          <button class="button" type="submit">
            {t.toConfirm}
          </button>
        </div>
      </form>
    </>
  )
}

const Sum = ({
  q,
  lang,
}: {
  q: { goods: number; shipping: number; fee: number; total: number }
  lang: Lang
}) => {
  const t = words[lang]
  return (
    <dl class="sum">
      <dt>{t.goods}</dt>
      <dd>{yen(q.goods, lang)}</dd>
      <dt>{t.shipping}</dt>
      <dd>{q.shipping === 0 ? t.free : yen(q.shipping, lang)}</dd>
      {q.fee > 0 && (
        <>
          <dt>{t.fee}</dt>
          <dd>{yen(q.fee, lang)}</dd>
        </>
      )}
      <dt class="total">{t.total}</dt>
      <dd class="total">{yen(q.total, lang)}</dd>
    </dl>
  )
}
export function ConfirmPage({
  lang,
  quote: q,
  newKey,
  problem,
}: {
  lang: Lang
  quote: Quote
  newKey: string
  problem: Problem | undefined
}) {
  const t = words[lang]
  return (
    <>
      <Steps lang={lang} at={3} />
      <h1>{t.confirmTitle}</h1>
      {problem && <Notice problem={problem} lang={lang} />}
      <p>{t.confirmLead}</p>
      <div class="split">
        <section>
          <h2>
            {t.items}
            {t.inBrackets(t.count(q.terms.quantity))}
          </h2>
          <Bought lines={q.lines} lang={lang} />
          <dl class="facts">
            <dt>{t.whenToPay}</dt>
            <dd>{q.terms.when_to_pay[lang]}</dd>
            <dt>{t.delivery}</dt>
            <dd>{q.terms.delivery[lang]}</dd>
            <dt>{t.cancellation}</dt>
            <dd>{q.terms.cancellation[lang]}</dd>
            <dt>{t.offer}</dt>
            <dd>{q.terms.offer_until ? dayOf(q.terms.offer_until, lang) : t.offerNone}</dd>
          </dl>
        </section>
        <form class="box" method="post" action="/checkout/confirm" data-once>
          <Sum q={q} lang={lang} />
          <Taxes taxes={q.taxes} lang={lang} />
          <input type="hidden" name="key" value={newKey} />
          <input type="hidden" name="expects" value={q.total} />
          <p>
            <button class="button" type="submit">
              {t.place}
            </button>
          </p>
          <p>
            <a href="/checkout">{t.back}</a>
          </p>
        </form>
      </div>
      {q.goes_to && <GoesTo to={q.goes_to} lang={lang} />}
    </>
  )
}
/** As it was told a page ago: a wrong house number is found here, or by the carrier. */
function GoesTo({ to, lang }: { to: NonNullable<Quote['goes_to']>; lang: Lang }) {
  const t = words[lang]
  return (
    <section>
      <h2>{t.address}</h2>
      <p>
        {t.dear(to.name)}
        <br />〒{to.postal} {to.address}
        <br />
        {to.phone}
        <br />
        {to.email}
      </p>
      <p>
        <a href="/checkout">{t.changeIt}</a>
      </p>
    </section>
  )
}
function Bought({ lines, lang }: { lines: readonly Line[]; lang: Lang }) {
  return (
    <ul class="lines">
      {lines.map((l) => (
        <li>
          <img src={picture(l)} alt="" width="88" height="88" />
          <div>
            {l.name[lang]}
            <br />
            <span class="muted">
              {l.options_text[lang]}　{yen(l.unit_price, lang)} × {l.quantity}
            </span>
            <div class="price">{yen(l.amount, lang)}</div>
          </div>
        </li>
      ))}
    </ul>
  )
}
export function DonePage({
  lang,
  shop,
  order,
  total,
  payment,
  payBy,
}: {
  lang: Lang
  shop: Shop
  order: string
  total: number
  payment: string
  payBy: string
}) {
  const t = words[lang]
  return (
    <>
      <h1>{t.doneTitle}</h1>
      <div class="box stack">
        <p>
          {t.doneNumber}
          <br />
          <strong class="big">{order}</strong>
        </p>
        <p>
          {t.total} <strong>{yen(total, lang)}</strong>
        </p>
        {payment === 'bank_transfer' ? (
          <p>
            {t.doneBank}
            <br />
            {shop.bank_account[lang]}
            <br />
            {t.payBy} {payBy && dayOf(payBy, lang)}
          </p>
        ) : (
          <p>{t.doneCod}</p>
        )}
        <p class="muted">{t.doneNote}</p>
        <p>
          <a class="button" href="/orders">
            {t.lookUp}
          </a>{' '}
          <a class="button second" href="/">
            {t.home}
          </a>
        </p>
      </div>
    </>
  )
}
export function LookUpPage({
  lang,
  problem,
  order,
}: {
  lang: Lang
  problem: Problem | undefined
  order: string
}) {
  const t = words[lang]
  return (
    <>
      <h1>{t.lookUp}</h1>
      {problem && (
        <Notice
          problem={problem.code === 'orders.missing' ? { ...problem, todo: t.lookUpCheck } : problem}
          lang={lang}
        />
      )}
      <p>{t.lookUpLead}</p>
      <form class="fields narrow-form" method="post" action="/orders">
        <input type="hidden" name="key" value="look-up-only" />
        <Field name="order" label={t.orderNumber} value={order} mode="numeric" max={16} lang={lang} />
        <Field name="email" label={t.email} value="" type="email" complete="email" max={254} lang={lang} />
        <p>
          <button class="button" type="submit">
            {t.show}
          </button>
        </p>
      </form>
    </>
  )
}
export function OrderPage({ lang, view: v }: { lang: Lang; view: OrderView }) {
  const t = words[lang]
  const status = t[`st_${v.status}` as 'st_shipped'] ?? v.status
  return (
    <>
      <h1>
        {t.orderNumber} {v.order}
      </h1>
      <p>
        <span class={`badge ${v.status === 'shipped' ? 'ok' : v.status === 'cancelled' ? 'none' : 'warn'}`}>
          {status}
        </span>
        {'　'}
        {t.placedAt}{' '}
        {new Date(v.placed_at).toLocaleString(lang === 'ja' ? 'ja-JP' : 'en-GB', {
          timeZone: 'Asia/Tokyo',
          dateStyle: 'medium',
          timeStyle: 'short',
        })}
      </p>
      <div class="split">
        <Bought lines={v.lines} lang={lang} />
        <div class="box">
          <Sum q={v} lang={lang} />
          <Taxes taxes={v.taxes} lang={lang} />
          {v.owed > 0 && v.status !== 'cancelled' && (
            <p>
              {t.owed} {yen(v.owed, lang)}
              {v.pay_by && t.inBrackets(`${t.payBy} ${dayOf(v.pay_by, lang)}`)}
            </p>
          )}
          {v.shipments.map(
            (s) =>
              s.tracking && (
                <p>
                  {t.tracking} {s.tracking}
                </p>
              ),
          )}
        </div>
      </div>
    </>
  )
}
