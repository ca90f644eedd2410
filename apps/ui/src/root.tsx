import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactNode } from 'react'
import { LangProvider } from './lang.tsx'
import { ShortcutsProvider } from './shortcuts.tsx'
import type { Lang } from './text.ts'
import { useDensity, type Density } from './theme.tsx'
import { ToastProvider } from './toast.tsx'

export type RootProps = { lang?: Lang; density?: Density; children: ReactNode }

/** Everything an app needs around itself: language, density, shortcuts, toasts, tooltips. */
export function Root({ lang, density = 'regular', children }: RootProps) {
  useDensity(density)
  return (
    <LangProvider initial={lang}>
      <Tooltip.Provider delay={500}>
        <ToastProvider>
          <ShortcutsProvider>{children}</ShortcutsProvider>
        </ToastProvider>
      </Tooltip.Provider>
    </LangProvider>
  )
}
