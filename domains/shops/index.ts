export {
  entities,
  settings,
  shopByCode,
  shopById,
  shops,
  settingNames,
  setUp,
  type Setting,
  type Settings,
  type Shop,
} from './shops.ts'
export { ShopMissing } from './refusals.ts'
