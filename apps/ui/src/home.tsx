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

const Inside = createContext<ReactNode>(null)
/** What every open dialog below holds besides its own: a question that is asked from within it. */
export function InsideDialogs({ node, children }: { node: ReactNode; children: ReactNode }) {
  return <Inside value={node}>{children}</Inside>
}

/** Behind an open dialog the page is inert: what opens from within the dialog opens inside it. */
export function PortalsInside({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  return (
    <Home value={place}>
      {children}
      <div ref={place} className="ui-portal" />
      {use(Inside)}
    </Home>
  )
}

export function usePortalHome(): { container: RefObject<HTMLElement | null>; className: string } {
  return { className: 'ui-portal', container: use(Home) }
}
