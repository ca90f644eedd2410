/** JAN/EAN-13, or its short form of eight digits, with its check digit (GS1 General Specifications 7.9). */
export function isJan(code: string): boolean {
  if (!/^(?:\d{8}|\d{13})$/.test(code)) return false
  const sum = [...code.slice(0, -1)]
    .toReversed()
    .reduce((s, d, i) => s + Number(d) * (i % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10 === Number(code.at(-1))
}
