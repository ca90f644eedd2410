import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'

/** From a page to its list as it was left; to its beginning where nothing was left. */
export function useBack(href: string, label: string) {
  const { history } = useRouter()
  return {
    href,
    label,
    onClick: (event: { preventDefault: () => void }) => {
      if (!history.canGoBack()) return
      event.preventDefault()
      history.back()
    },
  }
}

const left = new Map<string, string>()
/** The row of a list that was opened last: coming back finds it again. */
export function useLeft(list: string): { returnTo: string | undefined; leave: (row: string) => void } {
  const [returnTo] = useState(() => left.get(list))
  return { returnTo, leave: (row) => void left.set(list, row) }
}
