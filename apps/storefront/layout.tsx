import type { ComponentChildren } from 'preact'
import { addressOf, scriptText, type Head } from './head.ts'
import { words, type Lang } from './words.ts'
import type { Problem, Shop } from './api.ts'

export type Frame = {
  lang: Lang
  /** The language that the address itself stands for: the bare one is everybody's, and Japanese to whoever says nothing. */
  named: Lang
  shop: Shop
  path: string
  count: number
  assets: { js: string; css: string }
  baseUrl: string
  query: string
  /** The page with all that it was asked for, to come back to in another language. */
  here: string
  nonce: string
}

export function Page({
  frame: f,
  title,
  head,
  children,
}: {
  frame: Frame
  title: string
  head: Head
  children: ComponentChildren
}) {
  const t = words[f.lang]
  const name = f.shop.name[f.lang]
  const here = addressOf(f.baseUrl, f.path, f.named)
  const top = f.shop.categories.filter((c) => c.parent === null)
  return (
    <html lang={f.lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title === name ? name : `${title} | ${name}`}</title>
        <meta name="description" content={head.description ?? t.heroText} />
        <link rel="canonical" href={here} />
        {head.isPrivate ? (
          <meta name="robots" content="noindex" />
        ) : (
          <>
            <link rel="alternate" hreflang="ja" href={addressOf(f.baseUrl, f.path, 'ja')} />
            <link rel="alternate" hreflang="en" href={addressOf(f.baseUrl, f.path, 'en')} />
            <link rel="alternate" hreflang="x-default" href={addressOf(f.baseUrl, f.path, 'ja')} />
            <meta property="og:type" content={head.type ?? 'website'} />
            <meta property="og:title" content={title} />
            <meta property="og:description" content={head.description ?? t.heroText} />
            <meta property="og:url" content={here} />
            <meta property="og:site_name" content={name} />
            <meta property="og:locale" content={f.lang === 'ja' ? 'ja_JP' : 'en_GB'} />
            {head.picture && <meta property="og:image" content={f.baseUrl + head.picture} />}
            <meta name="twitter:card" content={head.picture ? 'summary_large_image' : 'summary'} />
          </>
        )}
        {head.data?.map((data) => (
          <script
            type="application/ld+json"
            nonce={f.nonce}
            dangerouslySetInnerHTML={{ __html: scriptText(data) }}
          />
        ))}
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={f.assets.css} />
        <script type="module" src={f.assets.js} />
      </head>
      <body>
        <a class="skip" href="#main">
          {t.skip}
        </a>
        <header class="top">
          <div class="wrap">
            <a class="brand" href="/">
              {name}
            </a>
            <form class="search" action="/search" role="search">
              <input
                type="search"
                name="q"
                aria-label={t.search}
                placeholder={t.search}
                value={f.query}
                maxLength={100}
                autoComplete="off"
              />
              <button class="button second" type="submit">
                {t.searchButton}
              </button>
            </form>
            <div class="links">
              <a href="/orders">{t.orders}</a>
              <a href="/cart">
                {t.cart}
                {f.count > 0 ? t.inBrackets(String(f.count)) : ''}
              </a>
              <a
                href={`/lang?to=${f.lang === 'ja' ? 'en' : 'ja'}&back=${encodeURIComponent(f.here)}`}
                lang={f.lang === 'ja' ? 'en' : 'ja'}
              >
                {t.other}
              </a>
            </div>
          </div>
        </header>
        <nav class="categories" aria-label={t.all}>
          <ul class="wrap">
            {top.map((c) => (
              <li>
                <a href={`/c/${c.code}`} aria-current={f.path === `/c/${c.code}` ? 'page' : undefined}>
                  {c.name[f.lang]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <main id="main" class="wrap">
          {children}
        </main>
        <footer class="bottom">
          <div class="wrap">
            <ul>
              {f.shop.about && (
                <li>
                  <a href="/about">{t.about}</a>
                </li>
              )}
              <li>
                <a href="/law">{t.law}</a>
              </li>
              <li>
                <a href="/orders">{t.orders}</a>
              </li>
            </ul>
            <p>
              {name}　{f.shop.seller}
            </p>
          </div>
        </footer>
      </body>
    </html>
  )
}

/** What happened, what was not affected, what to do, and a number to quote. */
export function Notice({ problem, lang }: { problem: Problem; lang: Lang }) {
  return (
    <div class="notice error" role="alert">
      <strong>{problem.title}</strong>
      {problem.todo && <p>{problem.todo}</p>}
      {problem.status >= 500 && (
        <p class="muted">
          {words[lang].number}: {problem.id}
        </p>
      )}
    </div>
  )
}
