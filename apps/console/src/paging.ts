/** The present page's cursor: the last of those passed. */
export const cursorOf = (trail: string | undefined): string | undefined => trail?.split('.').at(-1)
/** The cursors of the pages passed, as they stand in the address. */
export function paging(
  trail: string | undefined,
  next: string | null | undefined,
  go: (trail: string | undefined) => void,
) {
  const passed = trail ? trail.split('.') : []
  return {
    onPrevious: passed.length > 0 ? () => go(passed.slice(0, -1).join('.') || undefined) : undefined,
    onNext: next ? () => go([...passed, next].join('.')) : undefined,
  }
}
