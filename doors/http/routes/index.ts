import type { Route } from '../route.ts'
import { account } from './account.ts'
import { audit } from './audit.ts'
import { bulkRoutes } from './bulk.ts'
import { bulkRows } from './bulk-rows.ts'
import { catalog } from './catalog.ts'
import { categories } from './categories.ts'
import { customers } from './customers.ts'
import { connectors } from './connectors.ts'
import { desk } from './desk.ts'
import { exportRoutes } from './exports.ts'
import { grid } from './grid.ts'
import { house } from './house.ts'
import { imports } from './imports.ts'
import { journal } from './journal.ts'
import { mail } from './mail.ts'
import { people } from './people.ts'
import { places } from './places.ts'
import { productCare } from './product-care.ts'
import { search } from './search.ts'
import { settings } from './settings.ts'
import { setup } from './setup.ts'
import { staff } from './staff.ts'
import { stock } from './stock.ts'
import { store } from './store.ts'
import { till } from './till.ts'
import { tills } from './tills.ts'
import { releases } from './releases.ts'
import { views } from './views.ts'
import { webhooks } from './webhooks.ts'

/** Every route there is. */
export const routes: readonly Route[] = [
  ...store,
  ...staff,
  ...people,
  ...account,
  ...desk,
  ...stock,
  ...catalog,
  ...categories,
  ...grid,
  ...productCare,
  ...imports,
  ...bulkRoutes,
  ...bulkRows,
  ...exportRoutes,
  ...releases,
  ...views,
  ...search,
  ...customers,
  ...till,
  ...setup,
  ...settings,
  ...places,
  ...tills,
  ...house,
  ...journal,
  ...webhooks,
  ...mail,
  ...connectors,
  ...audit(() => routes),
]
