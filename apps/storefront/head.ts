import type { Detail, List, Shop } from './api.ts'
import { trailOf } from './trail.ts'
import { words, type Lang } from './words.ts'

/** What a page tells programs that read it: search engines, messengers that show a preview. */
export type Head = {
  description?: string
  /** A path. */
  picture?: string
  type?: 'website' | 'product'
  /** Only for whoever is here: a cart, an order, a search. */
  isPrivate?: boolean
  /** Said in schema.org's words. */
  data?: readonly object[]
}
/** Japanese is at the bare address, English under `?lang=en`. */
export const addressOf = (baseUrl: string, path: string, lang: Lang): string =>
  `${baseUrl}${path}${lang === 'en' ? '?lang=en' : ''}`

type Crumb = { name: string; path: string }
const crumbs = (baseUrl: string, lang: Lang, all: readonly Crumb[]) => ({
  '@context': 'https://schema.org',
  '@type': 'BreadcrumbList',
  itemListElement: all.map((c, i) => ({
    '@type': 'ListItem',
    position: i + 1,
    name: c.name,
    item: addressOf(baseUrl, c.path, lang),
  })),
})

export function homeHead(baseUrl: string, lang: Lang, shop: Shop, description: string): Head {
  return {
    description,
    data: [
      {
        '@context': 'https://schema.org',
        '@type': 'WebSite',
        name: shop.name[lang],
        url: addressOf(baseUrl, '/', lang),
        publisher: { '@type': 'Organization', name: shop.seller, url: baseUrl },
        potentialAction: {
          '@type': 'SearchAction',
          target: { '@type': 'EntryPoint', urlTemplate: `${baseUrl}/search?q={search_term_string}` },
          'query-input': 'required name=search_term_string',
        },
      },
    ],
  }
}
export function listHead(
  baseUrl: string,
  lang: Lang,
  list: List,
  o: { title: string; home: string; path: string; above: readonly Crumb[]; isPrivate: boolean },
): Head {
  return {
    description: words[lang].listOf(o.title, list.total),
    isPrivate: o.isPrivate,
    data: [
      crumbs(baseUrl, lang, [{ name: o.home, path: '/' }, ...o.above, { name: o.title, path: o.path }]),
      {
        '@context': 'https://schema.org',
        '@type': 'ItemList',
        numberOfItems: list.total,
        itemListElement: list.items.map((p, i) => ({
          '@type': 'ListItem',
          position: i + 1,
          url: addressOf(baseUrl, `/p/${encodeURIComponent(p.code)}`, lang),
        })),
      },
    ],
  }
}
export function productHead(baseUrl: string, lang: Lang, shop: Shop, p: Detail, home: string): Head {
  const path = `/p/${encodeURIComponent(p.code)}`
  const url = addressOf(baseUrl, path, lang)
  const trail = trailOf(shop, p.categories[0] ?? '')
  const picture = `/pictures/${p.picture ?? 'none.webp'}`
  const pictures = p.pictures.length ? p.pictures.map((one) => `/pictures/${one.file}`) : [picture]
  const seller = { '@type': 'Organization', name: shop.seller }
  const offerOf = (v: Detail['variants'][number]) => ({
    '@type': 'Offer',
    sku: v.sku,
    ...(v.jan && { gtin: v.jan }),
    url,
    price: v.price,
    priceCurrency: shop.currency,
    itemCondition: 'https://schema.org/NewCondition',
    availability: `https://schema.org/${v.available > 0 ? 'InStock' : 'OutOfStock'}`,
    seller,
  })
  return {
    type: 'product',
    ...((p.summary ?? p.description) && { description: (p.summary ?? p.description)![lang] }),
    picture,
    data: [
      {
        '@context': 'https://schema.org',
        '@type': 'Product',
        name: p.name[lang],
        image: pictures.map((one) => baseUrl + one),
        ...(p.description && { description: p.description[lang] }),
        sku: p.code,
        ...(p.brand && { brand: { '@type': 'Brand', name: p.brand } }),
        offers:
          p.variants.length === 1
            ? offerOf(p.variants[0]!)
            : {
                '@type': 'AggregateOffer',
                lowPrice: p.price_min,
                highPrice: p.price_max,
                priceCurrency: shop.currency,
                offerCount: p.variants.length,
                availability: `https://schema.org/${p.available > 0 ? 'InStock' : 'OutOfStock'}`,
                offers: p.variants.slice(0, 50).map(offerOf),
              },
      },
      crumbs(baseUrl, lang, [
        { name: home, path: '/' },
        ...trail.map((c) => ({ name: c.name[lang], path: `/c/${c.code}` })),
        { name: p.name[lang], path },
      ]),
    ],
  }
}
/** Text of a script element that is no script: nothing in it ends the element. */
export const scriptText = (data: object): string => JSON.stringify(data).replace(/</g, '\\u003c')
