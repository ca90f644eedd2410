let opened: Promise<IDBDatabase> | undefined

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open('akinai-till', 1)
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('queue', { keyPath: 'sale' })
      asked.result.createObjectStore('catalogue')
    }
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
  return opened
}

type Shelf = 'queue' | 'catalogue'

/** Resolves when the write is on this device's disk, as far as the browser can say. */
async function write(shelf: Shelf, change: (store: IDBObjectStore) => void): Promise<void> {
  const database = await open()
  await new Promise<void>((resolve, reject) => {
    const transaction = database.transaction(shelf, 'readwrite', { durability: 'strict' })
    change(transaction.objectStore(shelf))
    transaction.oncomplete = () => resolve()
    transaction.onerror = () => reject(transaction.error)
    transaction.onabort = () => reject(transaction.error)
  })
}

async function read<T>(shelf: Shelf, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open()
  return new Promise((resolve, reject) => {
    const asked = ask(database.transaction(shelf).objectStore(shelf))
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
}

export const putSale = (sale: object) => write('queue', (store) => store.put(sale))
export const dropSale = (sale: string) => write('queue', (store) => store.delete(sale))
export const sales = <T>(): Promise<T[]> => read<T[]>('queue', (store) => store.getAll())
export const putCatalogue = (items: unknown) => write('catalogue', (store) => store.put(items, 'all'))
export const catalogue = <T>(): Promise<T | undefined> =>
  read<T | undefined>('catalogue', (store) => store.get('all'))
