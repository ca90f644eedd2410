import type { Delivery, Detail, List, Shop } from './api.ts'
import { Narrow } from './facets.tsx'
import { trailOf } from './trail.ts'
import { dayOf, words, yen, type Lang } from './words.ts'

const Grid = ({ cards }: { cards: string }) => <ul class="grid" dangerouslySetInnerHTML={{ __html: cards }} />

/** What is there instead of something that is not: beside it, or anywhere. */
export const besides = (category: string | undefined): string =>
  category === undefined ? '/search?in_stock=1' : `/c/${category}?in_stock=1`

function Row({ title, cards }: { title: string; cards: string }) {
  return cards ? (
    <section class="row-of-cards">
      <h2>{title}</h2>
      <Grid cards={cards} />
    </section>
  ) : null
}

/** Where somebody may go who found nothing. */
function Elsewhere({ lang, shop }: { lang: Lang; shop: Shop }) {
  return (
    <ul class="row">
      {shop.categories
        .filter((c) => c.parent === null)
        .map((c) => (
          <li>
            <a href={`/c/${c.code}`}>{c.name[lang]}</a>
          </li>
        ))}
      <li>
        <a href="/search">{words[lang].seeAll}</a>
      </li>
    </ul>
  )
}

export function MissingPage({
  lang,
  shop,
  path,
  cards,
}: {
  lang: Lang
  shop: Shop
  path: string
  cards: string
}) {
  const t = words[lang]
  // What was asked for may be told by its address.
  const guess = path
    .split('/')
    .at(-1)!
    .replace(/[-_.]+/g, ' ')
    .slice(0, 60)
  return (
    <>
      <h1>{t.notFound}</h1>
      <p>{t.notFoundTodo}</p>
      <form class="search" action="/search">
        <input type="search" name="q" aria-label={t.search} value={guess} maxLength={100} />
        <button class="button" type="submit">
          {t.searchButton}
        </button>
      </form>
      <Elsewhere lang={lang} shop={shop} />
      <Row title={t.newest} cards={cards} />
    </>
  )
}

export function HomePage({
  lang,
  cards,
  shop,
  seen,
}: {
  lang: Lang
  shop: Shop
  cards: string
  seen: string
}) {
  const t = words[lang]
  return (
    <>
      <section class="hero">
        <div>
          <h1>{t.heroTitle}</h1>
          <p>{t.heroText}</p>
          <a class="button" href="/search">
            {t.heroLink}
          </a>
        </div>
        <img src="/pictures/asanagi-mug-large.webp" alt="" width="640" height="640" fetchpriority="high" />
      </section>
      <h2>{t.newest}</h2>
      <Grid cards={cards} />
      <p class="pager">
        <a class="button second" href="/search">
          {t.seeAll}
        </a>
      </p>
      <Row title={t.seen} cards={seen} />
      {shop.code === 'migiwato' && <p class="muted">{t.sampleNote}</p>}
    </>
  )
}

export function ListPage({
  lang,
  shop,
  title,
  path,
  query,
  list,
  cards,
  category,
  instead,
}: {
  lang: Lang
  shop: Shop
  title: string
  path: string
  query: Record<string, string>
  list: List
  cards: string
  category: string | undefined
  /** What a page that found nothing offers. */
  instead: string
}) {
  const t = words[lang]
  const trail = category === undefined ? [] : trailOf(shop, category)
  // Below it what it is parted into; where it is not, its neighbours.
  const below = shop.categories.filter((c) => c.parent === category && c.parent !== null)
  const parent = trail.at(-2)?.code
  const children = below.length
    ? [...trail.slice(-1), ...below]
    : shop.categories.filter((c) => c.parent === parent && c.parent !== null)
  const isNarrowed = Object.keys(query).some((k) => k.startsWith('o.') || /^(in_stock|price_m)/.test(k))
  const more = new URLSearchParams(Object.entries(query).filter(([k]) => k !== 'cursor'))
  more.set('cursor', list.next ?? '')
  return (
    <>
      <nav class="crumbs" aria-label={t.crumbs}>
        <a href="/">{t.home}</a>
        {trail.slice(0, -1).map((c) => (
          <>
            {' '}
            › <a href={`/c/${c.code}`}>{c.name[lang]}</a>
          </>
        ))}{' '}
        › {title}
      </nav>
      <h1>{title}</h1>
      {children.length > 0 && (
        <ul class="row">
          {children.map((c) => (
            <li>
              <a href={`/c/${c.code}`} aria-current={c.code === category ? 'page' : undefined}>
                {c.name[lang]}
              </a>
            </li>
          ))}
        </ul>
      )}
      {list.how && list.how !== 'all' && list.total > 0 && (
        <p class="notice none" role="status">
          {t.nearly}
        </p>
      )}
      <form class="listing" method="get" action={path} data-auto>
        {query.q && <input type="hidden" name="q" value={query.q} />}
        <details class="narrowing" open={isNarrowed}>
          <summary>{t.narrow}</summary>
          {list.facets && (
            <Narrow
              lang={lang}
              shop={shop}
              facets={list.facets}
              query={query}
              path={path}
              category={category}
            />
          )}
        </details>
        <div>
          <p class="tools">
            <span role="status">{t.found(list.total)}</span>
            <label>
              {t.sort}
              <select name="sort">
                {(
                  [
                    ...(query.q ? [['', t.sort_fit]] : [['', list.ordered ? t.sort_own : t.sort_new]]),
                    ['price', t.sort_price],
                    ['-price', t.sort_price_desc],
                    ['name', t.sort_name],
                    ...(query.q || list.ordered || query.sort === 'new' ? [['new', t.sort_new]] : []),
                  ] as [string, string][]
                ).map(([value, text]) => (
                  <option value={value} selected={(query.sort ?? '') === value}>
                    {text}
                  </option>
                ))}
              </select>
            </label>
            <noscript>
              <button class="button second" type="submit">
                {t.apply}
              </button>
            </noscript>
          </p>
          {list.total === 0 ? (
            <>
              <div class="notice none">
                <strong>{query.q ? t.nothingFor(query.q) : t.nothing}</strong>
                <ul>
                  {t.nothingTips.map((tip) => (
                    <li>{tip}</li>
                  ))}
                </ul>
              </div>
              <Elsewhere lang={lang} shop={shop} />
              <Row title={t.newest} cards={instead} />
            </>
          ) : (
            <Grid cards={cards} />
          )}
          {list.next && (
            <p class="pager">
              <a class="button second" rel="next" href={`${path}?${more}`}>
                {t.next}
              </a>
            </p>
          )}
        </div>
      </form>
    </>
  )
}

/** The first large, the others beside each other below it: those of the SKU that is chosen before those of others. */
function Pictures({ lang, product: p, chosen }: { lang: Lang; product: Detail; chosen: string | undefined }) {
  const fits = (one: Detail['pictures'][number]) => chosen !== undefined && one.skus.includes(chosen)
  const [first, ...others] = p.pictures.toSorted((a, b) => Number(fits(b)) - Number(fits(a)))
  if (!first) return <img src="/pictures/none.webp" alt={p.name[lang]} width="640" height="640" />
  return (
    <div class="pictures">
      <Picture lang={lang} picture={first} isFirst />
      {others.length > 0 && (
        <ul>
          {others.map((one) => (
            <li>
              <a href={`/pictures/${one.file}`}>
                <Picture lang={lang} picture={one} />
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
function Picture({
  lang,
  picture: p,
  isFirst,
}: {
  lang: Lang
  picture: Detail['pictures'][number]
  isFirst?: true
}) {
  const smaller = (width: number) => `/pictures/${p.file.slice(0, p.file.lastIndexOf('.'))}-${width}.webp`
  const all = [...p.sizes.map((w) => `${smaller(w)} ${w}w`), `/pictures/${p.file} ${p.width}w`]
  return (
    <img
      src={p.sizes.includes(960) ? smaller(960) : `/pictures/${p.file}`}
      {...(p.sizes.length > 0 && {
        srcset: all.join(', '),
        sizes: isFirst ? '(min-width: 800px) 560px, 100vw' : '140px',
      })}
      alt={p.alt[lang]}
      width={String(p.width)}
      height={String(p.height)}
      {...(isFirst ? { fetchpriority: 'high' as const } : { loading: 'lazy' as const })}
    />
  )
}

export function ProductPage({
  lang,
  product: p,
  shop,
  newKey,
  chosen,
  related,
  seen,
  delivery,
}: {
  lang: Lang
  shop: Shop
  product: Detail
  newKey: string
  chosen: string | undefined
  related: string
  seen: string
  delivery: Delivery | undefined
}) {
  const t = words[lang]
  const label = (options: Record<string, string>) =>
    p.options
      .map((o) => o.values.find((v) => v.code === options[o.code])?.name[lang])
      .filter(Boolean)
      .join(' / ') || p.name[lang]
  const first =
    p.variants.find((v) => v.sku === chosen) ?? p.variants.find((v) => v.available > 0) ?? p.variants[0]
  const trail = trailOf(shop, p.categories[0] ?? '')
  const category = trail.at(-1)
  return (
    <>
      <nav class="crumbs" aria-label={t.crumbs}>
        <a href="/">{t.home}</a>
        {trail.map((c) => (
          <>
            {' '}
            › <a href={`/c/${c.code}`}>{c.name[lang]}</a>
          </>
        ))}{' '}
        › {p.name[lang]}
      </nav>
      <div class="product">
        <Pictures lang={lang} product={p} chosen={first?.sku} />
        <div>
          <p class="muted">{p.brand}</p>
          <h1>{p.name[lang]}</h1>
          {p.summary && <p>{p.summary[lang]}</p>}
          <p class="price">
            {yen(p.price_min, lang)}
            {p.price_max > p.price_min && ` ${t.from} ${yen(p.price_max, lang)}`}
            <small>{t.taxIn}</small> {p.tax_rate === 800 && <span class="badge none">{t.reduced}</span>}
          </p>
          {p.age && <p class="age">{t.ageLine}</p>}
          <form method="post" action="/cart/add" data-once data-variants>
            <input type="hidden" name="key" value={newKey} />
            <fieldset>
              <legend>{t.choose}</legend>
              <div class="choices">
                {p.variants.map((v) => (
                  <label class="choice">
                    <input
                      type="radio"
                      name="sku"
                      value={v.sku}
                      checked={v.sku === first?.sku}
                      required
                      data-left={v.available}
                      disabled={v.available <= 0 && p.variants.some((x) => x.available > 0)}
                    />
                    <span>{label(v.options)}</span>
                    <span class="end">
                      <span>
                        <Offer lang={lang} variant={v} />
                        {yen(v.price, lang)}
                      </span>
                      {v.available <= 0 ? (
                        <span class="badge none">{t.soldOut}</span>
                      ) : v.available <= 3 ? (
                        <span class="badge warn">{t.left(v.available)}</span>
                      ) : (
                        <span class="badge ok">{t.available}</span>
                      )}
                    </span>
                  </label>
                ))}
              </div>
            </fieldset>
            <p class="tools">
              <label>
                {t.quantity}
                <input
                  class="qty"
                  name="quantity"
                  inputMode="numeric"
                  pattern="[0-9０-９]{1,3}"
                  value="1"
                  required
                />
              </label>
              <button class="button" type="submit" disabled={p.available <= 0}>
                {p.available > 0 ? t.add : t.soldOut}
              </button>
            </p>
            {p.available <= 0 && (
              <p>
                <a href={besides(category?.code)}>{t.alsoLike}</a>
              </p>
            )}
          </form>
          {delivery?.promise && p.available > 0 && (
            <Arrives lang={lang} shop={shop} delivery={delivery} code={p.code} />
          )}
          {p.description && (
            <section>
              <h2>{t.details}</h2>
              <p>{p.description[lang]}</p>
            </section>
          )}
          <section>
            <h2>{t.stores}</h2>
            {p.variants.map((v) => (
              <div class="scroll" data-for={v.sku}>
                <table>
                  <caption class="muted">{label(v.options)}</caption>
                  <thead>
                    <tr>
                      <th scope="col">{t.store}</th>
                      <th scope="col" class="n">
                        {t.stock}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {v.stores.map((s) => (
                      <tr>
                        <td>{s.name[lang]}</td>
                        <td class="n">{t.some(s.quantity)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            ))}
          </section>
        </div>
      </div>
      <Row title={p.available > 0 ? t.related : t.insteadOf} cards={related} />
      <Row title={t.seen} cards={seen} />
    </>
  )
}

const isPast = (at: unknown) => Date.parse(String(at)) <= Date.now()
/** A price for a while, with the usual one beside it as long as that may be said. */
function Offer({ lang, variant: { offer } }: { lang: Lang; variant: Detail['variants'][number] }) {
  if (!offer || isPast(offer.until)) return null
  const t = words[lang]
  return (
    <small class="offer">
      {t.offerUntil(dayOf(String(offer.until), lang, true))}
      {offer.usual !== null && !isPast(offer.usual_until) && (
        <>
          {' '}
          {t.usual} <s>{yen(offer.usual, lang)}</s>
        </>
      )}{' '}
    </small>
  )
}

function Arrives({
  lang,
  shop,
  delivery: { promise, prefecture },
  code,
}: {
  lang: Lang
  shop: Shop
  delivery: Delivery
  code: string
}) {
  const t = words[lang]
  if (!promise) return null
  const where = shop.prefectures.find((one) => one.code === prefecture)?.name[lang] ?? ''
  const day = (date: string) => dayOf(`${date}T12:00:00+09:00`, lang)
  return (
    <section id="delivery">
      <h2>{t.arrivesTitle}</h2>
      <p>
        <strong>{t.arrives(day(promise.from), day(promise.to), where)}</strong>
        <br />
        <span class="muted">{t.orderBy(dayOf(promise.order_by, lang, true))}</span>
      </p>
      <form class="tools" method="get" action={`/p/${encodeURIComponent(code)}#delivery`}>
        <label>
          {t.arrivesTo}
          <input
            name="postal"
            inputMode="numeric"
            autoComplete="shipping postal-code"
            placeholder="100-0005"
            size={9}
            maxLength={10}
            pattern="[0-9０-９]{3}[-－ー]?[0-9０-９]{0,4}"
            required
          />
        </label>
        <button class="button second" type="submit">
          {t.arrivesShow}
        </button>
      </form>
    </section>
  )
}

export function AboutPage({ lang, shop }: { lang: Lang; shop: Shop }) {
  return (
    <>
      <h1>{words[lang].about}</h1>
      <div class="story">
        {shop.about?.[lang].split('\n\n').map((paragraph) => (
          <p>{paragraph}</p>
        ))}
      </div>
    </>
  )
}

export function LawPage({ lang, shop }: { lang: Lang; shop: Shop }) {
  const t = words[lang]
  const names = {
    seller: t.law_seller,
    manager: t.law_manager,
    address: t.law_address,
    phone: t.law_phone,
    email: t.law_email,
    price: t.law_price,
    fees: t.law_fees,
    payment: t.law_payment,
    delivery: t.law_delivery,
    returns: t.law_returns,
  } as const
  return (
    <>
      <h1>{t.law}</h1>
      <div class="scroll">
        <table>
          <tbody>
            {Object.entries(names).map(
              ([code, name]) =>
                shop.law[code] && (
                  <tr>
                    <th scope="row">{name}</th>
                    <td>{shop.law[code][lang]}</td>
                  </tr>
                ),
            )}
            {shop.registration_number && (
              <tr>
                <th scope="row">{t.registration}</th>
                <td>{shop.registration_number}</td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </>
  )
}
