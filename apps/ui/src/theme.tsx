import { useEffect, useSyncExternalStore } from 'react'
import { Icon } from './icon.tsx'
import { useText } from './lang.tsx'
import { recall, remember } from './memory.ts'
import { words } from './words.ts'

const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Call before the first paint, so that the page does not flash. */
export function applyTheme(theme: Theme = themes.find((one) => one === recall('theme')) ?? 'auto'): Theme {
  if (theme === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
  return theme
}

const shownTheme = (): Theme =>
  themes.find((one) => one === document.documentElement.dataset['theme']) ?? 'auto'

/** Kept on this device. */
export function chooseTheme(next: Theme): void {
  applyTheme(next)
  remember('theme', next === 'auto' ? null : next)
  for (const tell of watching) tell()
}
const watching = new Set<() => void>()
function watch(changed: () => void): () => void {
  watching.add(changed)
  return () => watching.delete(changed)
}
export const useTheme = (): Theme => useSyncExternalStore(watch, shownTheme)

export function ThemeSwitch() {
  const t = useText(words)
  const theme = useTheme()
  const names = { auto: t.themeAuto, light: t.themeLight, dark: t.themeDark }
  const icons = { auto: 'half', light: 'sun', dark: 'moon' } as const
  return (
    <fieldset className="ui-segments" aria-label={t.theme}>
      {themes.map((one) => (
        <button
          key={one}
          type="button"
          className="ui-segment"
          aria-pressed={one === theme}
          onClick={() => chooseTheme(one)}
        >
          <Icon name={icons[one]} />
          {names[one]}
        </button>
      ))}
    </fieldset>
  )
}

export type Density = 'compact' | 'regular' | 'touch'

/** Rows and targets of 32, 40 or 48 px for the whole document. */
export function useDensity(density: Density): void {
  useEffect(() => {
    document.documentElement.dataset['density'] = density
  }, [density])
}
