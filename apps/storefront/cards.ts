import { words, yen, type Lang } from './words.ts'
import type { Card } from './api.ts'

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => escapes[c]!)
const made = { ja: new WeakMap<Card, string>(), en: new WeakMap<Card, string>() }

/** A card keeps its identity until something about the product changes, so its HTML is written once for each language. */
function cardHtml(card: Card, lang: Lang): string {
  let html = made[lang].get(card)
  if (html === undefined) {
    const t = words[lang]
    const badge =
      card.available <= 0
        ? `<span class="badge none">${t.soldOut}</span>`
        : card.available <= 3
          ? `<span class="badge warn">${t.left(card.available)}</span>`
          : ''
    const range = card.price_max > card.price_min ? t.from : ''
    html = `<li><a class="card" href="/p/${encodeURIComponent(card.code)}"><img src="/pictures/${escape(card.thumbnail ?? 'none.webp')}" alt="" width="320" height="320" loading="lazy" decoding="async"><span class="name">${escape(card.name[lang])}</span><span class="brandname">${escape(card.brand ?? '')}</span><span class="price">${yen(card.price_min, lang)}${range}<small>${t.taxIn}</small></span> ${badge}${card.age ? `<span class="age">${t.ageFrom}</span>` : ''}</a></li>`
    made[lang].set(card, html)
  }
  return html
}
export const gridHtml = (cards: readonly Card[], lang: Lang): string =>
  cards.map((c) => cardHtml(c, lang)).join('')
