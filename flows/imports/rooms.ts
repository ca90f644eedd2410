// The nouns this room works with, by name.
export * as catalog from '#domains/catalog'
export * as imports from '#domains/imports'
export * as pricing from '#domains/pricing'
export * as stock from '#domains/stock'
