import { createClient } from '@akinai/client'

/** A till does not wait long: what is not answered stays in the queue. */
export const api = createClient({
  lang: () => (document.documentElement.lang === 'en' ? 'en' : 'ja'),
  wait_ms: 8000,
})
