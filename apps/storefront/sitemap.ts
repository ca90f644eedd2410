import { refused, type Api, type Shop } from './api.ts'
import { addressOf } from './head.ts'

const perFile = 10_000
const kept_ms = 10 * 60_000
let last: { at: number; codes: Promise<string[]> } | undefined

/** Every product's code, read anew every ten minutes at most. */
function codesOf(api: Api): Promise<string[]> {
  const now = performance.now()
  if (!last || now - last.at > kept_ms) {
    last = { at: now, codes: readCodes(api) }
    last.codes.catch(() => (last = undefined))
  }
  return last.codes
}
async function readCodes(api: Api): Promise<string[]> {
  const codes: string[] = []
  for (let cursor: string | undefined; ;) {
    const page = await api('products', { limit: 100, ...(cursor && { cursor }) })
    if (refused(page)) throw new Error(page.problem.code)
    for (const item of page.items) codes.push(item.code)
    if (page.next === null) return codes
    cursor = page.next
  }
}
const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')
const head = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** `/sitemap.xml` names the files, `/sitemaps/N.xml` is one: each address in both languages. */
export async function sitemap(
  api: Api,
  baseUrl: string,
  shop: Shop,
  file: number | undefined,
): Promise<string | undefined> {
  const codes = await codesOf(api)
  const own = shop.about === null ? ['/law'] : ['/about', '/law']
  const paths = ['/', ...shop.categories.map((c) => `/c/${c.code}`), ...own]
  const files = Math.max(1, Math.ceil((codes.length + paths.length) / perFile))
  if (file === undefined)
    return `${head}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${Array.from({ length: files }, (_, i) => `<sitemap><loc>${escape(`${baseUrl}/sitemaps/${i + 1}.xml`)}</loc></sitemap>`).join('\n')}\n</sitemapindex>\n`
  if (!(file >= 1 && file <= files)) return undefined
  const all = [...paths, ...codes.map((c) => `/p/${encodeURIComponent(c)}`)]
  const urls = all.slice((file - 1) * perFile, file * perFile).flatMap((path) => {
    const [ja, en] = [escape(addressOf(baseUrl, path, 'ja')), escape(addressOf(baseUrl, path, 'en'))]
    const others = `<xhtml:link rel="alternate" hreflang="ja" href="${ja}"/><xhtml:link rel="alternate" hreflang="en" href="${en}"/>`
    return [`<url><loc>${ja}</loc>${others}</url>`, `<url><loc>${en}</loc>${others}</url>`]
  })
  return `${head}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${urls.join('\n')}\n</urlset>\n`
}
export const robots = (baseUrl: string): string =>
  `User-agent: *\nDisallow: /complete\nDisallow: /orders\nDisallow: /lang\nDisallow: /console/\nDisallow: /till/\nDisallow: /admin/\nSitemap: ${baseUrl}/sitemap.xml\n`
