/** 法人番号: the first of its thirteen digits follows from the others (NTA: 9 less the sum, weighted 1 and 2 from the right, modulo 9). */
export function isCorporateNumber(thirteen: string): boolean {
  if (!/^[1-9]\d{12}$/.test(thirteen)) return false
  const sum = [...thirteen.slice(1)]
    .toReversed()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 2), 0)
  return Number(thirteen[0]) === 9 - (sum % 9)
}
