// Everything works without this file: it only saves a step.
import './shop.css'
import { address } from './address.ts'
import { suggestions } from './suggest.ts'

// A form is sent once: the button rests until the page answers.
for (const form of document.querySelectorAll('form[data-once]'))
  form.addEventListener('submit', () => {
    const button = form.querySelector<HTMLButtonElement>('button[type=submit]')
    setTimeout(() => button?.setAttribute('disabled', ''), 0)
  })
addEventListener('pageshow', (e) => {
  if (e.persisted)
    for (const b of document.querySelectorAll('form[data-once] button[disabled]'))
      b.removeAttribute('disabled')
})

// Sorting and filtering apply when chosen.
for (const field of document.querySelectorAll<HTMLInputElement>(
  'form[data-auto] select, form[data-auto] input[type=checkbox]',
))
  field.addEventListener('change', () => field.form?.requestSubmit())
// An address tells only what was chosen.
for (const form of document.querySelectorAll<HTMLFormElement>('form[method=get]'))
  form.addEventListener('submit', () => {
    for (const field of form.querySelectorAll<HTMLInputElement>('input[name], select[name]'))
      if (field.value === '') field.disabled = true
    setTimeout(
      () => form.querySelectorAll('[name]:disabled').forEach((f) => f.removeAttribute('disabled')),
      0,
    )
  })
// On a wide screen the filters stand beside the list.
if (matchMedia('(min-width: 900px)').matches)
  document.querySelector('details.narrowing')?.setAttribute('open', '')
for (const box of document.querySelectorAll<HTMLInputElement>('form[role=search] input[name=q]'))
  suggestions(box)

for (const form of document.querySelectorAll<HTMLFormElement>('form[action="/checkout"]')) address(form)

// The chosen variant's price and stock.
const picker = document.querySelector<HTMLFormElement>('form[data-variants]')
if (picker) {
  const show = () => {
    const chosen = picker.querySelector<HTMLInputElement>('input[name=sku]:checked')
    if (!chosen) return
    for (const part of document.querySelectorAll<HTMLElement>('[data-for]'))
      part.hidden = part.dataset.for !== chosen.value
    const button = picker.querySelector<HTMLButtonElement>('button[type=submit]')
    if (button) button.disabled = Number(chosen.dataset.left) <= 0
  }
  picker.addEventListener('change', show)
  show()
}
// Full-width digits are taken as they are meant.
for (const input of document.querySelectorAll<HTMLInputElement>(
  'input[inputmode=numeric], input[inputmode=tel]',
))
  input.addEventListener('change', () => (input.value = input.value.normalize('NFKC')))
