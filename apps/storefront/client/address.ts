import { filledBy } from '../filled.ts'

/** Seven digits of a postal code fill in what they say, unless somebody has typed something else there. */
export function address(form: HTMLFormElement): void {
  const [postal, prefecture, city, line1] = ['postal', 'prefecture', 'city', 'line1'].map(
    (name) => form.elements.namedItem(name) as HTMLInputElement,
  )
  const button = form.querySelector<HTMLButtonElement>('button[name=fill]')!
  const told = form.querySelector('.fill output')!
  /** What was filled in here may be filled in anew. */
  const ours = new Map<HTMLInputElement, string>()
  let asked = ''
  button.hidden = true
  postal!.addEventListener('input', async () => {
    const digits = postal!.value.normalize('NFKC').replace(/\D/g, '')
    if (digits.length !== 7 || digits === asked) return
    asked = digits
    try {
      const answer = await fetch(`/store/v1/addresses?postal=${digits}`)
      const { items } = (await answer.json()) as { items: Parameters<typeof filledBy>[0] }
      if (!answer.ok || digits !== asked) return
      const isFree = (field: HTMLInputElement) => field.value === '' || ours.get(field) === field.value
      const found = filledBy(items, isFree(line1!) ? '' : line1!.value)
      for (const [field, value] of [
        [prefecture!, found.prefecture],
        [city!, found.city],
        [line1!, found.line1],
      ] as const) {
        if (value === undefined || !isFree(field)) continue
        field.value = value
        ours.set(field, value)
      }
      told.textContent = items.length ? '' : button.dataset.unknown!
    } catch {
      // It saves some typing; without it the address is typed.
    }
  })
}
