import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { Shop } from '#testing'

/** A guest of this name buys a shirt. */
export async function placeAs(shop: Shop, contact: Record<string, string>): Promise<number> {
  const guest = shop.client()
  const told = (answer: Awaited<ReturnType<typeof guest>>): Record<string, unknown> => {
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body
  }
  const { cart, token } = told(
    await guest('POST', '/store/v1/carts', { lines: [{ sku: 'TEE-WHITE-M', quantity: 1 }] }),
  )
  const headers = { 'akinai-cart-token': String(token) }
  const address = { postal: '150-0001', prefecture: 13, city: '渋谷区', line1: '神宮前1-1' }
  const said = { contact, address, payment: 'cod' }
  const { total } = told(await guest('PUT', `/store/v1/carts/${String(cart)}/checkout`, said, { headers }))
  return Number(told(await guest('POST', '/store/v1/orders', { cart, expects: total }, { headers }))['order'])
}

/** From the key to a field that can be typed into and has been painted, in ms; the first time and four more. */
export async function openedIn(page: Page, times = 5): Promise<number[]> {
  const took: number[] = []
  for (let n = 0; n < times; n++) {
    const waits = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const heard = (event: KeyboardEvent) => {
            if (event.key !== 'k') return
            removeEventListener('keydown', heard, true)
            const look = () => {
              if (document.activeElement?.matches('[cmdk-input]'))
                resolve(performance.now() - event.timeStamp)
              else requestAnimationFrame(look)
            }
            requestAnimationFrame(look)
          }
          addEventListener('keydown', heard, true)
        }),
    )
    await page.waitForTimeout(100)
    await page.keyboard.press('Control+k')
    took.push(await waits)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  return took
}
