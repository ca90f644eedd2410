export {
  demandPayable,
  entities,
  lawKeys,
  missingOfLaw,
  rulesOf,
  settings,
  shopByCode,
  shopById,
  shops,
  shopsAt,
  setUp,
  type Setting,
  type Settings,
  type Shop,
} from './shops.ts'
export {
  changeCompany,
  changeSettings,
  demandNone,
  settingsInForce,
  shopKept,
  type InForce,
  type ShopKept,
} from './change.ts'
export { corporateCheckDigit, isCorporateNumber } from './registration.ts'
export { BankAccountMissing, RegistrationWrong, ShopFounded, ShopMissing, ShopStale } from './refusals.ts'
