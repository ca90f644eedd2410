export {
  refusal,
  refusalOf,
  Refusal,
  refusals,
  words,
  type Detail,
  type Lang,
  type Words,
} from './refusal.ts'
export { Busy, KeyReused } from './busy.ts'
