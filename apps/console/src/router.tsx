import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router'
import { Account } from './account.tsx'
import { Audit } from './audit.tsx'
import { ConnectionPage } from './connection.tsx'
import { Connections } from './connections.tsx'
import { CustomerPage } from './customer.tsx'
import { Customers } from './customers.tsx'
import { BulkRuns } from './bulk-runs.tsx'
import { Categories } from './categories.tsx'
import { Nowhere } from './failure.tsx'
import { Followers } from './followers.tsx'
import { Grid } from './grid.tsx'
import { Imports } from './imports.tsx'
import { MailPage } from './mail.tsx'
import { OrderPage } from './order.tsx'
import { Orders } from './orders.tsx'
import { Overview } from './overview.tsx'
import { Premises } from './premises.tsx'
import { ProductPage } from './product.tsx'
import { Products } from './products.tsx'
import { Proof } from './proof.tsx'
import { SearchWords } from './search-words.tsx'
import { Settings } from './settings.tsx'
import { Setup } from './setup.tsx'
import { Shell } from './shell.tsx'
import { Shortages } from './shortages.tsx'
import { Releases } from './releases.tsx'
import { Staff } from './staff.tsx'
import { Stock } from './stock.tsx'
import { WebhookPage } from './webhook.tsx'
import { Webhooks } from './webhooks.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: Nowhere })

/** What of a list stands in its address; `trail` holds the cursors of the pages passed, the present one last. */
const asked =
  <const Names extends string>(...names: Names[]) =>
  (given: Record<string, unknown>): { [Name in Names]?: string | undefined } => {
    const found: { [Name in Names]?: string | undefined } = {}
    for (const name of names) {
      const value = given[name]
      if (typeof value === 'string' && value !== '') found[name] = value
    }
    return found
  }

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/overview', replace: true })
  },
})
const overview = createRoute({ getParentRoute: () => root, path: '/overview', component: Overview })
const ordersRoute = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  validateSearch: asked('status', 'channel', 'q', 'from', 'to', 'until', 'trail'),
  component: Orders,
})
const orderRoute = createRoute({
  getParentRoute: () => root,
  path: '/orders/$order',
  component: OrderPage,
})
const stockRoute = createRoute({
  getParentRoute: () => root,
  path: '/stock',
  validateSearch: asked('q', 'place', 'only', 'trail'),
  component: Stock,
})
const shortagesRoute = createRoute({
  getParentRoute: () => root,
  path: '/shortages',
  validateSearch: asked('state', 'trail'),
  component: Shortages,
})
const customersRoute = createRoute({
  getParentRoute: () => root,
  path: '/customers',
  validateSearch: asked('q', 'kind', 'trail'),
  component: Customers,
})
const customerRoute = createRoute({
  getParentRoute: () => root,
  path: '/customers/$identity',
  component: CustomerPage,
})
const productsRoute = createRoute({
  getParentRoute: () => root,
  path: '/products',
  validateSearch: asked('q', 'state', 'trail'),
  component: Products,
})
const gridRoute = createRoute({
  getParentRoute: () => root,
  path: '/products/grid',
  validateSearch: asked('q', 'state', 'category'),
  component: Grid,
})
const categoriesRoute = createRoute({
  getParentRoute: () => root,
  path: '/categories',
  validateSearch: asked('category'),
  component: Categories,
})
const productRoute = createRoute({
  getParentRoute: () => root,
  path: '/products/$product',
  component: ProductPage,
})
const bulkRoute = createRoute({
  getParentRoute: () => root,
  path: '/bulk',
  validateSearch: asked('run'),
  component: BulkRuns,
})
const imports = createRoute({ getParentRoute: () => root, path: '/imports', component: Imports })
const searchWords = createRoute({ getParentRoute: () => root, path: '/search-words', component: SearchWords })
const proof = createRoute({ getParentRoute: () => root, path: '/proof', component: Proof })
const connectors = createRoute({
  getParentRoute: () => root,
  path: '/connectors',
  component: Connections,
})
const connectionRoute = createRoute({
  getParentRoute: () => root,
  path: '/connectors/$connection',
  component: ConnectionPage,
})
const webhooks = createRoute({ getParentRoute: () => root, path: '/webhooks', component: Webhooks })
const webhookRoute = createRoute({
  getParentRoute: () => root,
  path: '/webhooks/$endpoint',
  component: WebhookPage,
})
const mailRoute = createRoute({
  getParentRoute: () => root,
  path: '/mail',
  validateSearch: asked('state', 'trail'),
  component: MailPage,
})
const followers = createRoute({ getParentRoute: () => root, path: '/followers', component: Followers })
const setup = createRoute({ getParentRoute: () => root, path: '/setup', component: Setup })
const settingsRoute = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  validateSearch: asked('of'),
  component: Settings,
})
const premises = createRoute({ getParentRoute: () => root, path: '/places', component: Premises })
const releases = createRoute({ getParentRoute: () => root, path: '/releases', component: Releases })
const staff = createRoute({ getParentRoute: () => root, path: '/staff', component: Staff })
const account = createRoute({ getParentRoute: () => root, path: '/account', component: Account })
const auditRoute = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: asked('actor', 'what', 'from', 'to', 'trail'),
  component: Audit,
})

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    overview,
    ordersRoute,
    orderRoute,
    customersRoute,
    customerRoute,
    productsRoute,
    gridRoute,
    categoriesRoute,
    productRoute,
    bulkRoute,
    imports,
    searchWords,
    stockRoute,
    shortagesRoute,
    proof,
    connectors,
    connectionRoute,
    webhooks,
    webhookRoute,
    mailRoute,
    followers,
    setup,
    settingsRoute,
    premises,
    releases,
    staff,
    account,
    auditRoute,
  ]),
  basepath: '/console',
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const query = new URLSearchParams(
      Object.entries(search).filter(([, value]) => value !== undefined && value !== ''),
    )
    return query.size > 0 ? `?${query}` : ''
  },
  defaultPendingMinMs: 0,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
