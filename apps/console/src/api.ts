import { createClient, Problem } from '@akinai/client'
import { QueryCache, QueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { proof } from './proof-asked.ts'

export const api = createClient({
  lang: () => (document.documentElement.lang === 'en' ? 'en' : 'ja'),
  prove: () => proof.ask(),
})

export const queries = new QueryClient({
  queryCache: new QueryCache({
    // A session that has ended is noticed by whatever is asked next: the sign-in page takes its place.
    onError: (error, query) => {
      if (error instanceof Problem && error.status === 401 && query.queryKey[0] !== 'me')
        void queries.resetQueries({ queryKey: ['me'] })
    },
  }),
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: 2000,
      retry: (count, error) => count < 2 && error instanceof Problem && error.isPassing,
      retryDelay: 500,
    },
  },
})

/** What a command changed may stand in any list: all are asked again. */
export const refresh = () => queries.invalidateQueries()

/**
 * The key of a command: kept while the same command was sent and nobody answered, so that sending it again is safe;
 * a new one after an answer, because an answered key answers the same again.
 */
export function useKeeper(): <T>(input: object, send: (key: string) => Promise<T>) => Promise<T> {
  const kept = useRef<{ input: string; key: string } | null>(null)
  return async (input, send) => {
    const text = JSON.stringify(input)
    if (kept.current?.input !== text) kept.current = { input: text, key: crypto.randomUUID() }
    try {
      const answer = await send(kept.current.key)
      kept.current = null
      return answer
    } catch (error) {
      if (!(error instanceof Problem && error.isPassing)) kept.current = null
      throw error
    }
  }
}
