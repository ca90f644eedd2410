import {
  Button,
  createText,
  IconButton,
  LangSwitch,
  OfflineBar,
  ThemeSwitch,
  useShortcut,
  useText,
} from '@akinai/ui'
import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { api } from './api.ts'
import { Founding } from './founding.tsx'
import { Mark } from './figure.tsx'
import { labels, say } from './labels.ts'
import { useMay, useMe } from './me.tsx'
import { Palette } from './palette.tsx'
import { ReleasesWaiting } from './releases.tsx'
import { useWebhooks } from './webhooks.tsx'

const words = createText({
  ja: {
    brand: 'Akinai',
    overview: '概況',
    orders: '受注',
    customers: '顧客',
    products: '商品',
    categories: 'カテゴリ',
    bulk: 'まとめて操作',
    imports: '取り込み・書き出し',
    searchWords: '検索のことば',
    stock: '在庫',
    shortages: '不足',
    proof: '照合',
    followers: '連携状況',
    connectors: '外部連携',
    mail: 'メール',
    webhooks: 'Webhook',
    premises: '拠点とレジ',
    settings: 'ショップの設定',
    staff: '担当者',
    releases: '持ち出し申請',
    audit: '操作の記録',
    account: 'アカウント',
    accountOf: (name: string) => `${name}：アカウント`,
    stopped: (n: number) => `自動停止 ${n}件`,
    go: '画面を移る',
    menu: '画面',
    signOut: 'サインアウトする',
    skip: '本文へ移る',
    shortcuts: 'ショートカットの一覧（?）',
  },
  en: {
    brand: 'Akinai',
    overview: 'Overview',
    orders: 'Orders',
    customers: 'Customers',
    products: 'Products',
    categories: 'Categories',
    bulk: 'Bulk runs',
    imports: 'Import and export',
    searchWords: 'Search words',
    stock: 'Stock',
    shortages: 'Shortages',
    proof: 'Proof',
    followers: 'Followers',
    connectors: 'Connections',
    mail: 'Mail',
    webhooks: 'Webhooks',
    premises: 'Places and tills',
    settings: 'Shop settings',
    staff: 'Staff',
    releases: 'Personal data files',
    audit: 'Audit log',
    account: 'Account',
    accountOf: (name: string) => `${name}: account`,
    stopped: (n: number) => `${n} stopped`,
    go: 'Go to',
    menu: 'Screens',
    signOut: 'Sign out',
    skip: 'Skip to content',
    shortcuts: 'List the shortcuts (?)',
  },
})

const all = [
  { to: '/overview', name: 'overview', keys: 'g t', permission: 'orders.read' },
  { to: '/orders', name: 'orders', keys: 'g o', permission: 'orders.read' },
  { to: '/customers', name: 'customers', keys: 'g u', permission: 'members.read' },
  { to: '/products', name: 'products', keys: 'g p', permission: 'products.read' },
  { to: '/categories', name: 'categories', keys: 'g k', permission: 'products.read' },
  { to: '/bulk', name: 'bulk', keys: 'g l', permission: 'self.read' },
  { to: '/imports', name: 'imports', keys: 'g i', permission: 'products.write' },
  { to: '/search-words', name: 'searchWords', keys: 'g q', permission: 'products.read' },
  { to: '/stock', name: 'stock', keys: 'g s', permission: 'stock.read' },
  { to: '/shortages', name: 'shortages', keys: 'g h', permission: 'shortages.read' },
  { to: '/mail', name: 'mail', keys: 'g m', permission: 'mail.read' },
  { to: '/proof', name: 'proof', keys: 'g b', permission: 'proof.read' },
  { to: '/connectors', name: 'connectors', keys: 'g c', permission: 'connectors.read' },
  { to: '/webhooks', name: 'webhooks', keys: 'g w', permission: 'webhooks.read' },
  { to: '/followers', name: 'followers', keys: 'g f', permission: 'followers.read' },
  { to: '/places', name: 'premises', keys: 'g e', permission: 'places.write' },
  { to: '/settings', name: 'settings', keys: 'g x', permission: 'settings.read' },
  { to: '/staff', name: 'staff', keys: 'g r', permission: 'users.read' },
  { to: '/releases', name: 'releases', keys: 'g n', permission: 'persons.export' },
  { to: '/audit', name: 'audit', keys: 'g a', permission: 'audit.read' },
  { to: '/account', name: 'account', keys: 'g y', permission: 'self.read' },
] as const

/** Navigation, who is signed in, and the page. */
export function Shell() {
  const t = useText(words)
  const label = useText(labels)
  const me = useMe()
  const may = useMay()
  const queries = useQueryClient()
  // Without a shop there is nothing to do but to make one, and to look after one's own account.
  const screens = me.founded ? all : all.filter((screen) => screen.to === '/account')
  const at = useRouterState({ select: (s) => s.location.pathname })
  const nav = useRef<HTMLElement>(null)
  // On a phone the screens are one line that is pushed sideways: the one that is open stands in sight.
  useEffect(() => {
    const bar = nav.current
    const link = bar?.querySelector<HTMLElement>('[aria-current]')
    if (bar && link) bar.scrollLeft = link.offsetLeft - (bar.clientWidth - link.offsetWidth) / 2
  }, [at])
  async function signOut() {
    await api.staffSignOut().catch(() => undefined)
    queries.clear()
    location.assign('/console/')
  }
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t.skip}
      </a>
      <header className="top">
        <strong className="brand">{t.brand}</strong>
        <span className="who">
          <Link to="/account" aria-label={t.accountOf(me.name)}>
            {me.name}
          </Link>{' '}
          <span className="role">{say(label.role, me.role)}</span>
        </span>
        <div className="switches">
          <LangSwitch />
          <ThemeSwitch />
          <IconButton
            icon="keyboard"
            label={t.shortcuts}
            onClick={() => window.dispatchEvent(new KeyboardEvent('keydown', { key: '?' }))}
          />
          <Button variant="quiet" onClick={() => void signOut()}>
            {t.signOut}
          </Button>
        </div>
      </header>
      <nav ref={nav} className="side" aria-label={t.menu}>
        {screens
          .filter((screen) => may(screen.permission))
          .map((screen) => (
            <Link
              key={screen.to}
              to={screen.to}
              className="side-link"
              activeProps={{ 'aria-current': 'page' }}
            >
              {t[screen.name]}
              {screen.name === 'webhooks' ? <Stopped /> : null}
              {screen.name === 'releases' ? <ReleasesWaiting /> : null}
            </Link>
          ))}
      </nav>
      <main id="content" className="content" tabIndex={-1}>
        <OfflineBar />
        {me.founded || at === '/account' ? <Outlet /> : <Founding />}
      </main>
      <Palette
        screens={screens
          .filter((screen) => may(screen.permission))
          .map((screen) => ({ to: screen.to, name: t[screen.name], reads: screen.name, keys: screen.keys }))}
        onSignOut={() => void signOut()}
      />
      {screens
        .filter((screen) => may(screen.permission))
        .map((screen) => (
          <GoTo key={screen.to} screen={screen} />
        ))}
    </div>
  )
}

/** Endpoints that were given up are an alarm on every screen. */
function Stopped() {
  const t = useText(words)
  const n = useWebhooks().data?.items.filter((e) => e.state === 'broken').length ?? 0
  return <Mark n={n} words={t.stopped(n)} />
}

function GoTo({ screen }: { screen: (typeof all)[number] }) {
  const t = useText(words)
  const navigate = useNavigate()
  useShortcut({
    keys: screen.keys,
    label: t[screen.name],
    group: t.go,
    run: () => void navigate({ to: screen.to }),
  })
  return null
}
