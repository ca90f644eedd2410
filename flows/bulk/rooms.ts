// The nouns this room works with, by name.
export * as access from '#domains/access'
export * as bulk from '#domains/bulk'
export * as catalog from '#domains/catalog'
export * as fulfilment from '#domains/fulfilment'
export * as mail from '#domains/mail'
export * as orders from '#domains/orders'
export * as payments from '#domains/payments'
export * as pricing from '#domains/pricing'
