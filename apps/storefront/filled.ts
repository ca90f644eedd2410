/** What a postal code says of an address: as much as all of its towns have in common. A street that was typed stays. */
export function filledBy(
  towns: readonly { prefecture: number; city: string; town: string }[],
  street: string,
): { prefecture?: string; city?: string; line1?: string } {
  const [first] = towns
  if (!first) return {}
  const isSame = (of: 'prefecture' | 'city' | 'town') => towns.every((one) => one[of] === first[of])
  return {
    ...(isSame('prefecture') && { prefecture: String(first.prefecture) }),
    ...(isSame('prefecture') && isSame('city') && { city: first.city }),
    ...(towns.length === 1 && first.town && street === '' && { line1: first.town }),
  }
}
