/**
 * The price of a whole line, as lines with whole unit prices that sum to it exactly: 1,000 for three is one at 334 and two at 333.
 */
export function evenly<L extends { quantity: number }>(
  line: L,
  amount: number,
): (L & { unit_price: number })[] {
  const each = Math.floor(amount / line.quantity)
  const dearer = amount - each * line.quantity
  if (dearer === 0) return [{ ...line, unit_price: each }]
  return [
    { ...line, quantity: dearer, unit_price: each + 1 },
    { ...line, quantity: line.quantity - dearer, unit_price: each },
  ]
}
