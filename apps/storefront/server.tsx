/**
 * The shop's pages, made on the server from the store API alone. They work without JavaScript: links and forms.
 * Every form that does something carries a key minted when the page was made, so that a double click, Back and send-again
 * do one thing.
 */
import fs from 'node:fs'
import path from 'node:path'
import type { JSX } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { refused, type Api, type Cart, type Detail, type Problem } from './api.ts'
import { gridHtml } from './cards.ts'
import { homeHead, listHead, productHead, type Head } from './head.ts'
import { robots, sitemap } from './sitemap.ts'
import { chosenOptions } from './facets.tsx'
import { Notice, Page, type Frame } from './layout.tsx'
import { filledBy } from './filled.ts'
import { CartPage, CheckoutPage, ConfirmPage, DonePage, LookUpPage, OrderPage } from './checkout.tsx'
import { AboutPage, HomePage, MissingPage, LawPage, ListPage, ProductPage } from './browse.tsx'
import { words, type Lang } from './words.ts'
import { trailOf } from './trail.ts'

export type PageRequest = {
  method: string
  path: string
  query: Record<string, string>
  form: Record<string, string> | undefined
  cookies: Record<string, string>
  lang: Lang
  nonce: string
  baseUrl: string
  address: string
  newKey(): string
}
type Cookie = { name: string; value: string | null; hours?: number }
export type PageAnswer = {
  status: number
  body: string
  location?: string
  cookies?: Cookie[]
  type?: string
}

const manifest = JSON.parse(
  fs.readFileSync(path.resolve(import.meta.dirname, '../.vite/manifest.json'), 'utf8'),
)['client/main.ts'] as { file: string; css: string[] }
const assets = { js: `/${manifest.file}`, css: `/${manifest.css[0]}` }

const go = (location: string, cookies: Cookie[] = []): PageAnswer => ({
  status: 303,
  body: '',
  location,
  cookies,
})
type Held = { cart: string; token: string }
function heldCart(r: PageRequest): Held | undefined {
  const [cart, token] = (r.cookies.cart ?? '').split('.')
  return cart && token ? { cart, token } : undefined
}
const keep = (h: Held): Cookie => ({ name: 'cart', value: `${h.cart}.${h.token}`, hours: 24 * 30 })

/** The page with what was asked of it, but not the language it was asked in. */
function hereOf({ path: at, query: { lang: _, ...asked } }: PageRequest): string {
  const query = new URLSearchParams(asked)
  return query.size > 0 ? `${at}?${query}` : at
}

export async function handle(r: PageRequest, api: Api): Promise<PageAnswer> {
  const shop = await api('shop', {})
  if (refused(shop)) throw new Error(shop.problem.code)
  // An installation without the sample has no shop at first.
  if (shop.code === '')
    return {
      status: 503,
      body: `<!doctype html><html lang="${r.lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Akinai</title><h1>${words[r.lang].noShop}</h1><p>${words[r.lang].noShopTodo}</p></html>`,
    }
  const frame: Frame = {
    lang: r.lang,
    named: r.query.lang === 'en' ? 'en' : 'ja',
    shop,
    path: r.path,
    count: Number(r.cookies.count) || 0,
    assets,
    baseUrl: r.baseUrl,
    query: r.query.q?.slice(0, 100) ?? '',
    here: hereOf(r),
    nonce: r.nonce,
  }
  const page = (
    status: number,
    title: string,
    body: JSX.Element | JSX.Element[],
    cookies: Cookie[] = [],
    head: Head = { isPrivate: true },
  ): PageAnswer => ({
    status,
    cookies,
    body: `<!doctype html>${renderToString(
      <Page frame={frame} title={title} head={head}>
        {body}
      </Page>,
    )}`,
  })
  const t = words[r.lang]
  const wrong = (problem: Problem) =>
    page(
      problem.status,
      problem.title,
      <>
        <Notice problem={problem} lang={r.lang} />
        <a class="button second" href="/">
          {t.home}
        </a>
      </>,
    )
  const cardsOf = async (ask: object): Promise<string> => {
    const found = await api('products', ask)
    return refused(found) ? '' : gridHtml(found.items, r.lang)
  }
  const missing = async () =>
    page(
      404,
      t.notFound,
      <MissingPage
        lang={r.lang}
        shop={shop}
        path={r.path}
        cards={await cardsOf({ limit: 4, in_stock: true })}
      />,
    )
  const [, first, second] = r.path.split('/')

  if (r.method === 'POST') return act(r, api, { page, wrong, missing, frame })
  switch (first) {
    case '': {
      const list = await api('products', { limit: 8 })
      if (refused(list)) return wrong(list.problem)
      return page(
        200,
        shop.name[r.lang],
        <HomePage
          lang={r.lang}
          shop={shop}
          cards={gridHtml(list.items, r.lang)}
          seen={await seenCards(r, api, undefined)}
        />,
        [],
        homeHead(r.baseUrl, r.lang, shop, t.heroText),
      )
    }
    case 'c':
    case 'search': {
      const q = r.query
      const category = first === 'c' ? shop.categories.find((c) => c.code === second) : undefined
      if (first === 'c' && !category) return missing()
      const number = (text: string | undefined) =>
        text && /^[0-9０-９]{1,9}$/.test(text) ? Number(text.normalize('NFKC')) : undefined
      const chosen = chosenOptions(q)
      const ask = {
        limit: 20,
        ...(category && { category: category.code }),
        ...(q.q && { q: q.q.slice(0, 100) }),
        ...(['price', '-price', 'name', 'new'].includes(q.sort ?? '') && { sort: q.sort }),
        ...(chosen.length > 0 && { options: chosen.join(',') }),
        facets: true,
        ...(q.in_stock === '1' && { in_stock: true }),
        ...(number(q.price_min) !== undefined && { price_min: number(q.price_min) }),
        ...(number(q.price_max) !== undefined && { price_max: number(q.price_max) }),
        ...(q.cursor && { cursor: q.cursor.slice(0, 300) }),
      }
      const list = await api('products', ask)
      if (refused(list)) return wrong(list.problem)
      const above = category ? trailOf(shop, category.code).slice(0, -1) : []
      const title = category ? category.name[r.lang] : q.q ? t.sought(q.q.slice(0, 100)) : t.all
      return page(
        200,
        title,
        <ListPage
          lang={r.lang}
          shop={shop}
          title={title}
          path={r.path}
          query={q}
          list={list}
          cards={gridHtml(list.items, r.lang)}
          category={category?.code}
          instead={list.total === 0 ? await cardsOf({ limit: 4, in_stock: true }) : ''}
        />,
        [],
        listHead(r.baseUrl, r.lang, list, {
          title,
          home: t.home,
          path: r.path,
          above: above.map((c) => ({ name: c.name[r.lang], path: `/c/${c.code}` })),
          isPrivate: category === undefined,
        }),
      )
    }
    case 'p': {
      const found = await api('product', { code: second ?? '' })
      if (refused(found)) return missing()
      const postal = r.query.postal?.slice(0, 10)
      const prefecture = Number(r.cookies.to)
      const delivery = await api('delivery', {
        ...(postal ? { postal } : prefecture >= 1 && prefecture <= 47 && { prefecture }),
      })
      const beside = found.categories[0]
      const related = beside
        ? await api('products', { category: beside, limit: 5, in_stock: true })
        : undefined
      return page(
        200,
        found.name[r.lang],
        <ProductPage
          lang={r.lang}
          shop={shop}
          product={found}
          newKey={r.newKey()}
          chosen={r.query.sku}
          related={
            related && !refused(related)
              ? gridHtml(related.items.filter((one) => one.code !== found.code).slice(0, 4), r.lang)
              : ''
          }
          seen={await seenCards(r, api, found.code)}
          delivery={refused(delivery) ? undefined : delivery}
        />,
        [
          ...(postal && !refused(delivery)
            ? [{ name: 'to', value: String(delivery.prefecture), hours: 24 * 365 }]
            : []),
          {
            name: 'seen',
            value: [found.code, ...seenCodes(r, found.code)].slice(0, seenMost).join('.'),
            hours: 24 * 30,
          },
        ],
        productHead(r.baseUrl, r.lang, shop, found, t.home),
      )
    }
    case 'cart': {
      const held = heldCart(r)
      const cart = held ? await api('cart', held) : undefined
      if (!cart || refused(cart))
        return page(
          200,
          t.cartTitle,
          <CartPage lang={r.lang} cart={undefined} newKey="" problem={undefined} />,
          [{ name: 'count', value: null }],
          {},
        )
      return page(
        200,
        t.cartTitle,
        <CartPage
          lang={r.lang}
          cart={cart}
          newKey={r.newKey()}
          problem={undefined}
          products={await productsOf(api, cart)}
        />,
        [],
        {},
      )
    }
    case 'checkout': {
      const held = heldCart(r)
      if (!held) return go('/cart')
      if (second === 'confirm') {
        const quote = await api('cart.quote', held)
        if (refused(quote))
          return quote.problem.code === 'carts.unready' ? go('/checkout') : ended(quote.problem, page, r)
        return page(
          200,
          t.confirmTitle,
          <ConfirmPage lang={r.lang} quote={quote} newKey={r.newKey()} problem={undefined} />,
        )
      }
      const cart = await api('cart', held)
      if (refused(cart)) return ended(cart.problem, page, r)
      if (cart.lines.length === 0 || cart.lines.some((l) => l.problem)) return go('/cart')
      return page(
        200,
        t.step2,
        <CheckoutPage
          lang={r.lang}
          shop={shop}
          cart={cart}
          newKey={r.newKey()}
          values={{}}
          problem={undefined}
          age={await ageOf(api, cart)}
        />,
        [],
        {},
      )
    }
    case 'complete': {
      const [order, total, payment, payBy] = (r.cookies.done ?? '').split('.')
      if (!order || !/^\d+$/.test(order)) return go('/orders')
      return page(
        200,
        t.doneTitle,
        <DonePage
          lang={r.lang}
          shop={shop}
          order={order}
          total={Number(total)}
          payment={payment ?? ''}
          payBy={payBy ?? ''}
        />,
      )
    }
    case 'orders':
      return page(200, t.lookUp, <LookUpPage lang={r.lang} problem={undefined} order="" />)
    case 'about':
      return shop.about === null
        ? missing()
        : page(200, t.about, <AboutPage lang={r.lang} shop={shop} />, [], {
            description: shop.about[r.lang].slice(0, 120),
          })
    case 'law':
      return page(200, t.law, <LawPage lang={r.lang} shop={shop} />, [], {})
    case 'robots.txt':
      return { status: 200, body: robots(r.baseUrl), type: 'text/plain; charset=utf-8' }
    case 'sitemap.xml':
    case 'sitemaps': {
      const file =
        first === 'sitemap.xml' ? undefined : Number(/^(\d{1,6})\.xml$/.exec(second ?? '')?.[1] ?? 0)
      const body = await sitemap(api, r.baseUrl, shop, file)
      return body === undefined ? missing() : { status: 200, body, type: 'application/xml; charset=utf-8' }
    }
    case 'lang': {
      // Whoever answers sends nobody out of the shop.
      return go(r.query.back ?? '/', [
        { name: 'lang', value: r.query.to === 'en' ? 'en' : 'ja', hours: 24 * 365 },
      ])
    }
    default:
      return missing()
  }
}

const seenMost = 9
/** The products looked at lately, the last first; their codes alone, in a cookie. */
const seenCodes = (r: PageRequest, but: string | undefined): string[] =>
  (r.cookies.seen ?? '')
    .split('.')
    .filter((code) => /^[a-z0-9_-]{1,64}$/i.test(code) && code !== but)
    .slice(0, seenMost)
async function seenCards(r: PageRequest, api: Api, but: string | undefined): Promise<string> {
  const found = await Promise.all(
    seenCodes(r, but)
      .slice(0, 4)
      .map((code) => api('product', { code })),
  )
  return gridHtml(
    found.flatMap((p) => (refused(p) ? [] : [p])),
    r.lang,
  )
}

type Tools = {
  page: (
    status: number,
    title: string,
    body: JSX.Element | JSX.Element[],
    cookies?: Cookie[],
    head?: Head,
  ) => PageAnswer
  wrong: (p: Problem) => PageAnswer
  missing: () => Promise<PageAnswer>
  frame: Frame
}

async function act(r: PageRequest, api: Api, x: Tools): Promise<PageAnswer> {
  const form = r.form ?? {}
  const key = form.key
  const t = words[r.lang]
  if (!key || key.length < 8 || key.length > 100)
    return x.wrong({
      type: 'about:blank',
      title: t.faultTitle,
      todo: t.retry,
      code: 'http.key_missing',
      status: 400,
    })
  const held = heldCart(r)
  const quantity = (text: string | undefined) =>
    Math.min(999, Math.max(0, Number.parseInt((text ?? '').normalize('NFKC'), 10) || 0))
  const count = (c: Cart): Cookie => ({ name: 'count', value: String(c.total_quantity), hours: 24 * 30 })

  switch (r.path) {
    case '/cart/add': {
      const line = { sku: String(form.sku ?? '').slice(0, 64), quantity: quantity(form.quantity) || 1 }
      const added = held ? await api('cart.add', { ...held, key, body: line }) : undefined
      // A cart that is gone or ordered makes room for a new one. The key is the same: the page's other button was not pressed.
      const mine = held && added && !refused(added) ? held : undefined
      const cart = mine && added ? added : await api('cart.create', { key, body: { lines: [line] } })
      if (refused(cart)) return x.wrong(cart.problem)
      return go('/cart', [keep(mine ?? { cart: cart.cart, token: cart.token! }), count(cart)])
    }
    case '/cart': {
      if (!held) return go('/cart')
      const lines = Object.entries(form)
        .filter(([name]) => name.startsWith('q.'))
        .map(([name, value]) => ({
          sku: name.slice(2, 66),
          quantity: form.remove === name.slice(2) ? 0 : quantity(value),
        }))
        .filter((l) => l.quantity > 0)
      const answer = await api('cart.lines', { ...held, key, body: { lines } })
      if (refused(answer)) {
        // What was refused has changed nothing: what is in the cart is still there.
        const cart = await api('cart', held)
        return x.page(
          answer.problem.status,
          t.cartTitle,
          <CartPage
            lang={r.lang}
            cart={refused(cart) ? undefined : cart}
            newKey={r.newKey()}
            problem={answer.problem}
          />,
        )
      }
      return go('/cart', [count(answer)])
    }
    case '/checkout': {
      if (!held) return go('/cart')
      const text = (name: string, most = 100) =>
        String(form[name] ?? '')
          .trim()
          .slice(0, most)
      const body = {
        contact: {
          family: text('family', 50),
          given: text('given', 50),
          email: text('email', 254),
          phone: text('phone', 20),
          ...(text('family_kana') && { family_kana: text('family_kana', 50) }),
          ...(text('given_kana') && { given_kana: text('given_kana', 50) }),
        },
        address: {
          postal: text('postal', 9),
          prefecture: Number(text('prefecture')) || 0,
          city: text('city', 60),
          line1: text('line1'),
          ...(text('line2') && { line2: text('line2') }),
        },
        payment: text('payment', 20),
        ...(text('birth_date') && { birth_date: text('birth_date', 10) }),
        ...(text('member') && { member: text('member', 64) }),
      }
      if (form.fill) {
        const [cart, found] = await Promise.all([
          api('cart', held),
          api('addresses', { postal: body.address.postal }),
        ])
        if (refused(cart)) return ended(cart.problem, x.page, r)
        return x.page(
          200,
          t.step2,
          <CheckoutPage
            lang={r.lang}
            shop={x.frame.shop}
            cart={cart}
            newKey={r.newKey()}
            values={{ ...form, ...filledBy(refused(found) ? [] : found.items, text('line1')) }}
            note={refused(found) || found.items.length === 0 ? t.postalUnknown : undefined}
            problem={undefined}
            age={await ageOf(api, cart)}
          />,
        )
      }
      const answer = await api('cart.checkout', { ...held, key, body })
      if (!refused(answer)) return go('/checkout/confirm')
      const cart = await api('cart', held)
      if (refused(cart)) return ended(cart.problem, x.page, r)
      return x.page(
        answer.problem.status,
        t.step2,
        <CheckoutPage
          lang={r.lang}
          shop={x.frame.shop}
          cart={cart}
          newKey={r.newKey()}
          values={form}
          problem={answer.problem}
          age={await ageOf(api, cart)}
        />,
      )
    }
    case '/checkout/confirm': {
      if (!held) return go('/cart')
      const answer = await api('order.place', {
        token: held.token,
        key,
        body: { cart: held.cart, expects: Number(form.expects) || 0 },
      })
      if (!refused(answer)) {
        const p = answer
        return go('/complete', [
          { name: 'cart', value: null },
          { name: 'count', value: null },
          {
            name: 'done',
            value: `${p.order}.${p.total}.${p.payment}.${p.pay_by ? `${p.pay_by.slice(0, 16)}Z` : ''}`,
            hours: 2,
          },
        ])
      }
      if (answer.problem.code === 'stock.out') return go('/cart')
      const quote = await api('cart.quote', held)
      if (refused(quote)) return ended(quote.problem, x.page, r)
      return x.page(
        answer.problem.status,
        t.confirmTitle,
        <ConfirmPage lang={r.lang} quote={quote} newKey={r.newKey()} problem={answer.problem} />,
      )
    }
    case '/orders': {
      const order = Number((form.order ?? '').normalize('NFKC').replace(/\D/g, '').slice(0, 15)) || 1
      const answer = await api('order.look_up', {
        body: { order, email: String(form.email ?? '').slice(0, 254) },
      })
      if (refused(answer))
        return x.page(
          answer.problem.status,
          t.lookUp,
          <LookUpPage lang={r.lang} problem={answer.problem} order={String(form.order ?? '').slice(0, 20)} />,
        )
      return x.page(200, t.lookUp, <OrderPage lang={r.lang} view={answer} />)
    }
    default:
      return x.missing()
  }
}

/** The cart has become an order already (Back, or sent again): say so instead of starting over. */
function ended(problem: Problem, page: Tools['page'], r: PageRequest): PageAnswer {
  const t = words[r.lang]
  return page(
    problem.status,
    problem.title,
    <>
      <Notice problem={problem} lang={r.lang} />
      <p>
        <a class="button" href="/orders">
          {t.lookUp}
        </a>{' '}
        <a class="button second" href="/">
          {t.home}
        </a>
      </p>
    </>,
    problem.code === 'carts.missing' || problem.code === 'carts.closed'
      ? [
          { name: 'cart', value: null },
          { name: 'count', value: null },
        ]
      : [],
  )
}
const ageOf = async (api: Api, cart: Cart): Promise<boolean> =>
  [...(await productsOf(api, cart)).values()].some((p) => p.age !== null)
async function productsOf(api: Api, cart: Cart): Promise<Map<string, Detail>> {
  const found = await Promise.all(
    [...new Set(cart.lines.map((l) => l.product))].map(
      async (code) => [code, await api('product', { code })] as const,
    ),
  )
  return new Map(found.flatMap(([code, p]) => (refused(p) ? [] : [[code, p] as const])))
}
