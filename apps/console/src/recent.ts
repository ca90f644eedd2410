import { recall, remember } from '@akinai/ui'
import { useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useMe } from './me.tsx'

/** What somebody looked at last, on this device: numbers alone, for a name would outlive whoever bears it. */
export type Recent = { readonly kind: 'order' | 'customer' | 'product'; readonly number: string }
const most = 8
const kinds = [
  ['orders', 'order'],
  ['customers', 'customer'],
  ['products', 'product'],
] as const

const drawer = (staff: number): string => `recent.${staff}`
export function recentOf(staff: number): Recent[] {
  return (recall(drawer(staff)) ?? '').split(' ').flatMap((text) => {
    const [, kind, number] = /^(order|customer|product):(\d+)$/.exec(text) ?? []
    const known = kinds.find(([, one]) => one === kind)
    return known && number ? [{ kind: known[1], number }] : []
  })
}
/** Remembers each page of an order, a customer or a product that is opened. */
export function useRecents(): void {
  const { id: staff } = useMe()
  const path = useRouterState({ select: (state) => state.location.pathname })
  useEffect(() => {
    const [, folder, number] = /\/(orders|customers|products)\/(\d+)$/.exec(path) ?? []
    const known = kinds.find(([one]) => one === folder)
    if (!known || !number) return
    const name = `${known[1]}:${number}`
    const others = recentOf(staff)
      .map((one) => `${one.kind}:${one.number}`)
      .filter((one) => one !== name)
    remember(drawer(staff), [name, ...others].slice(0, most).join(' '))
  }, [path, staff])
}
