/** The first of the thirteen digits of a corporate number (法人番号) follows from the others (NTA: 9 less the sum, weighted 1 and 2 from the right, modulo 9). */
export function corporateCheckDigit(twelve: string): number {
  const sum = [...twelve]
    .toReversed()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 2), 0)
  return 9 - (sum % 9)
}
export const isCorporateNumber = (thirteen: string): boolean =>
  /^[1-9]\d{12}$/.test(thirteen) && Number(thirteen[0]) === corporateCheckDigit(thirteen.slice(1))
