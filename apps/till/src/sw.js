/** Keeps the till's own page and files, so that it opens without a network. Answers of the API are never kept here. */
const shelf = 'till-page'

async function fill() {
  const cache = await caches.open(shelf)
  const page = await fetch('/till/', { cache: 'no-store' })
  const text = await page.clone().text()
  await cache.put('/till/', page)
  const files = [...text.matchAll(/(?:src|href)="(\/till\/assets\/[^"]+)"/g)].map((match) => match[1])
  await cache.addAll(files)
}

self.addEventListener('install', (event) => event.waitUntil(fill().then(() => self.skipWaiting())))
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== location.origin) return
  if (event.request.mode === 'navigate' && url.pathname.startsWith('/till')) event.respondWith(page())
  else if (url.pathname.startsWith('/till/assets/')) event.respondWith(file(event.request))
})

/** The newest page while there is a network; the kept one when there is none. */
async function page() {
  try {
    const fresh = await fetch('/till/', { cache: 'no-store', signal: AbortSignal.timeout(3000) })
    if (fresh.ok) {
      const cache = await caches.open(shelf)
      await cache.put('/till/', fresh.clone())
      return fresh
    }
  } catch {
    // Without a network the kept page is the page.
  }
  return (await caches.match('/till/')) ?? Response.error()
}

/** Built files have names that change with their content: one that is kept is the right one. */
async function file(request) {
  const kept = await caches.match(request)
  if (kept) return kept
  const fresh = await fetch(request)
  if (fresh.ok) await (await caches.open(shelf)).put(request, fresh.clone())
  return fresh
}
