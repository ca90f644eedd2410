import type { List, Shop } from './api.ts'
import { words, yen, type Lang } from './words.ts'

type Facets = NonNullable<List['facets']>
/** The options chosen in an address: `o.colour:navy=1`. */
export const chosenOptions = (query: Record<string, string>): string[] =>
  Object.keys(query)
    .filter((k) => /^o\.[a-z0-9_-]{1,40}:[a-z0-9_-]{1,40}$/.test(k))
    .slice(0, 20)
    .map((k) => k.slice(2))

/** What a list could be narrowed by, with how many are left. A form: it works without a script. */
export function Narrow({
  lang,
  shop,
  facets,
  query,
  path,
  category,
}: {
  lang: Lang
  shop: Shop
  facets: Facets
  query: Record<string, string>
  path: string
  category: string | undefined
}) {
  const t = words[lang]
  const chosen = new Set(chosenOptions(query))
  const address = (change: Record<string, string | undefined>, to = path) => {
    const next = new URLSearchParams()
    for (const [k, v] of Object.entries({ ...query, cursor: undefined, ...change })) if (v) next.set(k, v)
    return next.size ? `${to}?${next}` : to
  }
  const here = shop.categories.find((c) => c.code === category)
  // A category's own page names those beside it above the list.
  const level = facets.categories.filter((c) => query.q && c.parent === (here?.parent ?? category ?? null))
  const isPrice = (b: Facets['prices'][number]) =>
    query.price_min === String(b.from ?? '') && query.price_max === String(b.to ?? '')
  const filtered = chosen.size > 0 || query.in_stock || query.price_min || query.price_max
  return (
    <div class="narrow">
      {level.length > 0 && (
        <section>
          <h2>{t.category}</h2>
          <ul>
            {level.map((c) => (
              <li>
                <a href={address({}, `/c/${c.code}`)} aria-current={c.code === category ? 'page' : undefined}>
                  {c.name[lang]}
                </a>{' '}
                <small>{c.count}</small>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{t.stock}</h2>
        <label>
          <input type="checkbox" name="in_stock" value="1" checked={query.in_stock === '1'} />
          {t.inStock} <small>{facets.in_stock}</small>
        </label>
      </section>
      {facets.options.map((o) => (
        <section>
          <h2>{o.name[lang]}</h2>
          {o.values.slice(0, 30).map((v) => (
            <label>
              <input
                type="checkbox"
                name={`o.${o.code}:${v.code}`}
                value="1"
                checked={chosen.has(`${o.code}:${v.code}`)}
              />
              {v.colour && (
                <svg class="swatch" width="14" height="14" aria-hidden="true">
                  <circle cx="7" cy="7" r="6.5" fill={v.colour} stroke="currentColor" stroke-opacity=".35" />
                </svg>
              )}
              {v.name[lang]} <small>{v.count}</small>
            </label>
          ))}
        </section>
      ))}
      <section>
        <h2>{t.price}</h2>
        {facets.prices.length > 1 && (
          <ul>
            {facets.prices.map((b) => (
              <li>
                <a
                  href={address({ price_min: String(b.from ?? ''), price_max: String(b.to ?? '') })}
                  aria-current={isPrice(b) ? 'true' : undefined}
                >
                  {b.from !== null && yen(b.from, lang)}
                  {t.from}
                  {b.to !== null && yen(b.to, lang)}
                </a>{' '}
                <small>{b.count}</small>
              </li>
            ))}
          </ul>
        )}
        <p class="between">
          <input
            name="price_min"
            inputMode="numeric"
            size={6}
            aria-label={t.priceMin}
            placeholder={t.priceMin}
            value={query.price_min ?? ''}
          />
          {t.from}
          <input
            name="price_max"
            inputMode="numeric"
            size={6}
            aria-label={t.priceMax}
            placeholder={t.priceMax}
            value={query.price_max ?? ''}
          />
        </p>
      </section>
      <p>
        <button class="button second" type="submit">
          {t.apply}
        </button>{' '}
        {filtered && (
          <a href={query.q ? `${path}?${new URLSearchParams({ q: query.q })}` : path}>{t.clearAll}</a>
        )}
      </p>
    </div>
  )
}
