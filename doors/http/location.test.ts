import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withinShop } from './storefront.ts'

test('a page sends nobody out of the shop, and breaks no header', () => {
  for (const [said, sent] of [
    ['/cart', '/cart'],
    ['/c/mugs?sort=price#top', '/c/mugs?sort=price#top'],
    ['/a\r\nSet-Cookie: x=1', '/aSet-Cookie:%20x=1'],
    ['/湯呑', '/%E6%B9%AF%E5%91%91'],
    ['//evil.example/x', '/'],
    ['/\\evil.example', '/'],
    ['/.//evil.example', '/evil.example'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/\t/evil.example', '/'],
  ] as const) {
    assert.equal(withinShop(said), sent, said)
    assert.doesNotThrow(() => new Headers({ location: withinShop(said) }))
    assert.equal(new URL(withinShop(said), 'https://shop.example').origin, 'https://shop.example')
  }
})
