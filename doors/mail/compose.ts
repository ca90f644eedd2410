import type { Kind } from '#domains/mail'
import type { Card } from '#domains/persons'
import { htmlOf, plain, textOf, type Block } from './blocks.ts'
import { letterWords } from './words.ts'

type Text = { ja: string; en: string }
type Lang = 'ja' | 'en'
/** An order as a letter tells it; what `orderDetail` reads. */
export type Told = {
  order: number
  shop: number
  state: string
  placed_at: Date
  payment: string
  pay_by: Date | null
  currency: string
  total: number
  goods: number
  shipping: number
  fee: number
  discount: number
  points: number
  owed: number
  taxes: { rate: number; due: number; tax: number }[]
  terms: { when_to_pay?: Text; delivery?: Text; cancellation?: Text } | null
  destinations: { card: string | null }[] | null
  lines: {
    line: number
    name: Text
    options_text: Text
    quantity: number
    unit_price: number
    amount: number
    allocations: { sku: string; per_line: number }[]
  }[]
  shipments: {
    shipment: number
    carrier: string | null
    tracking: string | null
    lines: { line: number; quantity: number }[]
  }[]
  payments: { kind: string; reason: string | null; amount: number }[]
}
export type Facts = {
  kind: string
  body: { shipment?: number; amount?: number; reason?: string }
  given_up: Text[]
  adults: boolean
}
export type Sender = {
  name: Text
  entity_name: string
  registration_number: string | null
  settings: { bank_account?: Text; law?: Record<string, Text> }
}
export type Letter = {
  to: { name: string; address: string }
  from: string
  subject: string
  text: string
  html: string
  lang: Lang
}
type Given = {
  kind: Kind
  order: Told
  facts: Facts
  card: Card
  sender: Sender
  baseUrl: string
  timeZone: string
}

/** The letter in the buyer's language: what happened, the order as it stands, and who has sold it. */
export function compose(g: Given): Letter {
  const lang = g.card.lang ?? 'ja'
  const t = letterWords[lang]
  const { order, facts, card, sender } = g
  const isPart = facts.kind === 'orders.part_cancelled'
  const subject = t.subject[g.kind === 'cancelled' && isPart ? 'part' : g.kind](
    plain(sender.name[lang]),
    order.order,
  )
  const blocks: Block[] = [
    { kind: 'words', lines: [t.dear(card.family ?? '', card.given ?? '')] },
    { kind: 'words', lines: [t.intro[introOf(g, isPart)]] },
    {
      kind: 'rows',
      rows: [
        [t.order, String(order.order)],
        [t.placedAt, moment(order.placed_at, lang, g.timeZone)],
      ],
    },
    ...bodyOf(g, lang),
    { kind: 'words', lines: [t.look] },
    { kind: 'link', address: `${g.baseUrl}/orders${lang === 'en' ? '?lang=en' : ''}` },
    ...signature(sender, lang),
  ]
  return {
    to: { name: plain(`${card.family ?? ''} ${card.given ?? ''}`), address: card.email ?? '' },
    from: plain(sender.name[lang]),
    subject,
    text: textOf(blocks),
    html: htmlOf(subject, lang, blocks),
    lang,
  }
}

function introOf({ kind, order, facts }: Given, isPart: boolean): keyof (typeof letterWords)['ja']['intro'] {
  if (kind === 'paid') return order.owed > 0 ? 'paid_part' : 'paid'
  if (kind !== 'cancelled') return kind
  return isPart ? 'part' : facts.body.reason === 'unpaid' ? 'unpaid' : 'cancelled'
}

function bodyOf(g: Given, lang: Lang): Block[] {
  const t = letterWords[lang]
  const { order, facts } = g
  const yen = moneyIn(order.currency, lang)
  switch (g.kind) {
    case 'placed':
      return [
        ...goodsOf(g, lang),
        ...payment(g, lang),
        ...delivery(g, lang),
        ...(order.terms?.cancellation?.[lang]
          ? [head(t.returns), { kind: 'words' as const, lines: [order.terms.cancellation[lang]] }]
          : []),
      ]
    case 'shipped':
      return [...shipmentOf(g, lang), ...delivery(g, lang)]
    case 'paid':
      return [
        {
          kind: 'rows',
          rows: [
            [t.received, yen(facts.body.amount ?? 0)],
            ...(order.owed > 0 ? [[t.owed, yen(order.owed)] as const] : []),
          ],
        },
        ...(order.owed > 0 ? payment(g, lang) : []),
      ]
    case 'cancelled': {
      const back = order.payments
        .filter((p) => p.kind === 'refund' && p.reason === 'cancelled')
        .reduce((sum, p) => sum + p.amount, 0)
      const names: Block[] =
        facts.kind === 'orders.part_cancelled'
          ? [
              head(t.givenUp),
              { kind: 'goods', rows: facts.given_up.map((n) => ({ name: n[lang] || n.ja, detail: '' })) },
            ]
          : goodsOf(g, lang)
      return [
        ...names,
        ...(back > 0 ? [{ kind: 'rows' as const, rows: [[t.refund, yen(back)] as const] }] : []),
      ]
    }
    case 'refunded':
      return [{ kind: 'rows', rows: [[t.refund, yen(facts.body.amount ?? 0)]] }]
  }
}

const head = (words: string): Block => ({ kind: 'head', words })
const nameOf = (l: Told['lines'][number], lang: Lang) =>
  `${l.name[lang] || l.name.ja}${l.options_text[lang] ? `（${l.options_text[lang]}）` : ''}`

function goodsOf({ order, facts }: Given, lang: Lang): Block[] {
  const t = letterWords[lang]
  const yen = moneyIn(order.currency, lang)
  const sums = [
    [t.goodsTotal, order.goods],
    [t.shipping, order.shipping],
    [t.fee, order.fee],
    [t.discount, -order.discount],
    [t.points, -order.points],
  ] as const
  return [
    head(t.goods),
    {
      kind: 'goods',
      rows: order.lines.map((l) => ({
        name: nameOf(l, lang),
        detail: t.each(yen(Math.floor(l.unit_price / 10_000)), l.quantity),
        amount: yen(l.amount),
      })),
    },
    {
      kind: 'rows',
      sums: true,
      rows: [
        ...sums
          .filter(([word, n]) => n !== 0 || word === t.goodsTotal)
          .map(([word, n]) => [word, yen(n)] as const),
        [t.total, yen(order.total)],
      ],
    },
    {
      kind: 'words',
      quiet: true,
      lines: order.taxes.map((x) => t.tax(x.rate / 100, yen(x.due), yen(x.tax))),
    },
    // The law wants it in letters as large as the price's.
    ...(facts.adults ? [{ kind: 'words' as const, lines: [t.adults] }] : []),
  ]
}

function payment({ order, sender, timeZone }: Given, lang: Lang): Block[] {
  const t = letterWords[lang]
  const method: Readonly<Record<string, string>> = t.methods
  const when = order.terms?.when_to_pay?.[lang]
  const account = sender.settings.bank_account?.[lang]
  const isTransfer = order.payment === 'bank_transfer'
  return [
    head(t.payment),
    {
      kind: 'rows',
      rows: [
        [t.payment, [method[order.payment] ?? order.payment, when].filter(Boolean).join('\n')],
        ...(isTransfer && account ? [[t.account, account] as const] : []),
        ...(isTransfer && order.pay_by ? [[t.payBy, moment(order.pay_by, lang, timeZone)] as const] : []),
      ],
    },
  ]
}

function delivery({ order, card, kind }: Given, lang: Lang): Block[] {
  const t = letterWords[lang]
  const where = [
    `〒${card.postal ?? ''}`,
    `${card.prefecture ?? ''}${card.city ?? ''}${card.line1 ?? ''}`,
    card.line2 ?? '',
    t.dear(card.family ?? '', card.given ?? '').replace(/^Dear |,$/g, ''),
  ].filter(Boolean)
  const when = kind === 'placed' ? order.terms?.delivery?.[lang] : undefined
  return [
    head(t.delivery),
    {
      kind: 'rows',
      // A break that somebody typed into their address is no break here.
      rows: [[t.address, where.map(plain).join('\n')], ...(when ? [[t.delivery, when] as const] : [])],
    },
  ]
}

function shipmentOf({ order, facts }: Given, lang: Lang): Block[] {
  const t = letterWords[lang]
  const parcel = order.shipments.find((s) => s.shipment === facts.body.shipment)
  if (!parcel) return []
  const carriers: Readonly<Record<string, string>> = t.carriers
  const carrier = parcel.carrier === null ? undefined : carriers[parcel.carrier]
  const rows = order.lines.flatMap((l) => {
    const units = parcel.lines.filter((p) => p.line === l.line).reduce((n, p) => n + p.quantity, 0)
    // A set leaves as its parts, and is told as what was ordered.
    const parts = new Map(l.allocations.map((a) => [a.sku, a.per_line])).values()
    const each = [...parts].reduce((n, p) => n + p, 0) || 1
    return units > 0 ? [{ name: nameOf(l, lang), detail: t.pieces(Math.ceil(units / each)) }] : []
  })
  return [
    head(t.sent),
    { kind: 'goods', rows },
    {
      kind: 'rows',
      rows: [
        ...(carrier ? [[t.carrier, carrier] as const] : []),
        ...(parcel.tracking ? [[t.tracking, parcel.tracking] as const] : []),
      ],
    },
  ]
}

function signature(s: Sender, lang: Lang): Block[] {
  const t = letterWords[lang]
  const law = (name: string) => s.settings.law?.[name]?.[lang] ?? ''
  const told = [
    [t.seller, law('seller') || s.entity_name],
    ['', law('address')],
    [t.phone, law('phone')],
    [t.mail, law('email')],
    [t.registration, s.registration_number ?? ''],
  ] as const
  return [
    { kind: 'words', lines: ['――――――――――'] },
    {
      kind: 'words',
      quiet: true,
      lines: [
        s.name[lang],
        ...told
          .filter(([, value]) => value !== '')
          .map(([word, value]) => (word ? `${word}: ${value}` : value)),
        t.automatic,
      ],
    },
  ]
}

const moneyIn = (currency: string, lang: Lang) => (amount: number) => {
  const n = Math.abs(amount).toLocaleString(lang === 'ja' ? 'ja-JP' : 'en-US')
  const told = currency !== 'JPY' ? `${currency} ${n}` : lang === 'ja' ? `${n}円` : `¥${n}`
  return amount < 0 ? `−${told}` : told
}
const moment = (at: Date, lang: Lang, timeZone: string): string =>
  new Intl.DateTimeFormat(lang === 'ja' ? 'ja-JP' : 'en-GB', {
    dateStyle: lang === 'ja' ? 'long' : 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(at)
