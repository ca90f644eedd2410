/** The cursors of the pages passed, as they stand in the address: the last is the present page's. */
export function paging(
  trail: string | undefined,
  next: string | null | undefined,
  go: (trail: string | undefined) => void,
) {
  const passed = trail ? trail.split('.') : []
  return {
    cursor: passed.at(-1),
    onPrevious: passed.length > 0 ? () => go(passed.slice(0, -1).join('.') || undefined) : undefined,
    onNext: next ? () => go([...passed, next].join('.')) : undefined,
  }
}
