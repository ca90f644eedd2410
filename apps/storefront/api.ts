// The store API as the pages use it. Answered in-process or over HTTP: the pages cannot tell.
import type { Text } from './words.ts'
export type Card = {
  code: string
  name: Text
  brand: string | null
  picture: string | null
  price_min: number
  price_max: number
  available: number
  categories: string[]
  age: number | null
}
export type Variant = {
  sku: string
  jan: string | null
  options: Record<string, string>
  price: number
  available: number
  stores: { place: string; name: Text; quantity: number }[]
}
export type Option = { code: string; name: Text; values: { code: string; name: Text }[] }
export type Detail = Card & {
  summary: Text | null
  description: Text | null
  tax_rate: number
  options: Option[]
  variants: Variant[]
}
export type List = { items: Card[]; next: string | null; total: number }
export type Shop = {
  code: string
  name: Text
  categories: { code: string; parent: string | null; name: Text }[]
  payments: { code: string; name: Text }[]
  law: Record<string, Text>
  bank_account: Text
  prefectures: { code: number; name: Text }[]
  registration_number: string | null
  seller: string
}
export type Line = {
  sku: string
  product: string
  name: Text
  options: Record<string, string>
  options_text: Text
  picture: string | null
  quantity: number
  unit_price: number
  amount: number
  available: number
  problem?: 'sold_out' | 'fewer' | 'archived'
}
export type Cart = { cart: string; token?: string; lines: Line[]; goods: number; total_quantity: number }
export type Tax = { rate: number; due: number; tax: number }
export type Quote = Cart & {
  shipping: number
  fee: number
  discount: number
  total: number
  taxes: Tax[]
  payment: string
  terms: {
    quantity: number
    total: number
    when_to_pay: Text
    delivery: Text
    cancellation: Text
    offer_until: string | null
  }
}
export type Placed = { order: number; total: number; payment: string; pay_by: string | null }
export type OrderView = {
  order: number
  placed_at: string
  status: string
  lines: Line[]
  goods: number
  shipping: number
  fee: number
  total: number
  taxes: Tax[]
  payment: string
  owed: number
  captured: number
  refunded: number
  pay_by: string | null
  shipments: { carrier: string | null; tracking: string | null; shipped_at: string }[]
}
export type Problem = {
  title: string
  todo?: string
  code: string
  status: number
  detail?: Record<string, unknown>
  errors?: { path: string; message: string }[]
  id: string
}
export type Api = (name: string, input: object) => Promise<unknown>
export type Refused = { problem: Problem }
export const refused = (x: unknown): x is Refused => typeof x === 'object' && x !== null && 'problem' in x
