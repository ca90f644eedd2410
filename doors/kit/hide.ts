/** What may be kept of a message: its shape, and the values of fields that are known to be harmless. Long lists and texts are cut. */
export function hide(value: unknown, plain: ReadonlySet<string>, name = '', depth = 0): unknown {
  if (value === null || value === undefined) return value ?? null
  if (Array.isArray(value)) {
    const some = value.slice(0, 5).map((v) => hide(v, plain, name, depth + 1))
    return value.length > 5 ? [...some, `+${value.length - 5}`] : some
  }
  if (typeof value === 'object')
    return depth > 12
      ? '…'
      : Object.fromEntries(
          Object.entries(value)
            .slice(0, 60)
            .map(([k, v]) => [k.slice(0, 60), hide(v, plain, k, depth + 1)]),
        )
  if (!plain.has(name)) return '…'
  return typeof value === 'string' ? value.slice(0, 200) : value
}
