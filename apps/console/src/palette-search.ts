import { useQueries } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from './api.ts'
import { useMay } from './me.tsx'

/** How typed text and names are compared: width, case, kana of one kind. */
export const foldTyped = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60))
    .trim()

const wait_ms = 150
/** The text once nobody has typed for a moment. */
function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed)
  useEffect(() => {
    const clock = setTimeout(() => setSettled(typed), typed === '' ? 0 : wait_ms)
    return () => clearTimeout(clock)
  }, [typed])
  return settled
}

const most = 5
/** Orders, customers and goods that fit, each as far as the person signed in may see it; the lists' own searches. */
export function useFound(typed: string, open: boolean) {
  const may = useMay()
  const settled = useSettled(typed)
  // One letter means nobody; one digit may be an order.
  const asks = open && (settled.length >= 2 || /^\d$/.test(settled))
  const ask = (permission: string) => ({ enabled: asks && may(permission), staleTime: 5000, retry: false })
  const [orders, customers, products] = useQueries({
    queries: [
      {
        queryKey: ['palette', 'orders', settled],
        queryFn: () => api.orders({ q: settled, limit: most }),
        ...ask('orders.read'),
      },
      {
        queryKey: ['palette', 'customers', settled],
        queryFn: () => api.customers({ q: settled, limit: most }),
        ...ask('members.read'),
      },
      {
        queryKey: ['palette', 'products', settled],
        queryFn: () => api.catalogProducts({ q: settled, state: 'all', limit: most }),
        ...ask('products.read'),
      },
    ],
  })
  const all = [orders, customers, products]
  // What was found for an earlier text is not shown: Enter would open it.
  const isWaiting = typed !== settled || all.some((one) => one.isLoading)
  const shown = asks && !isWaiting
  return {
    isWaiting: typed !== '' && isWaiting,
    failed: shown && all.some((one) => one.isError),
    orders: (shown && orders.data?.items) || [],
    customers: (shown && customers.data?.items) || [],
    products: (shown && products.data?.items) || [],
  }
}
