import { createContext, use, useRef, type ReactNode, type RefObject } from 'react'

/**
 * Lists and hints open inside the page's main landmark, so that whoever walks by landmarks finds them.
 * Looked up when one opens: a page renders its controls before its landmark is in the document.
 */
const main: RefObject<HTMLElement> = {
  get current() {
    return document.querySelector('main') ?? document.body
  },
  set current(_) {
    throw new Error('the page decides where its main landmark is')
  },
}

const Home = createContext<RefObject<HTMLElement | null>>(main)

/** Behind an open dialog the page is inert: what opens from within the dialog opens inside it. */
export function PortalsInside({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  return (
    <Home value={place}>
      {children}
      <div ref={place} className="ui-portal" />
    </Home>
  )
}

export function usePortalHome(): { container: RefObject<HTMLElement | null>; className: string } {
  return { className: 'ui-portal', container: use(Home) }
}
