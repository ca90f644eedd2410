/** Full-width digits, signs and separators become half-width; everything else is left alone. */
export function foldDigits(typed: string): string {
  return typed
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[－−ー―‐]/g, '-')
    .replace(/[，、]/g, ',')
    .replace(/[．。]/g, '.')
    .replace(/￥/g, '¥')
    .replace(/\u3000/g, ' ')
}

/** The whole number that was typed: null when nothing was, undefined when it is no whole number. */
export function wholeNumber(typed: string): number | null | undefined {
  const plain = foldDigits(typed).replace(/[\s,¥円]/g, '')
  if (plain === '') return null
  if (!/^-?[0-9]+$/.test(plain)) return undefined
  const value = Number(plain)
  return Number.isSafeInteger(value) ? value : undefined
}
