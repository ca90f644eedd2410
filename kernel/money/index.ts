export {
  dueByRate,
  lineAmount,
  split,
  taxInside,
  unitPrice,
  unitPriceText,
  yen,
  type Currency,
  type Money,
  type Rounding,
  type UnitPrice,
  type Yen,
} from './money.ts'
