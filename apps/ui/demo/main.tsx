import { createRoot } from 'react-dom/client'
import { applyTheme, Root, type Density, type Lang } from '../index.ts'
import '../styles/index.css'
import { Gallery } from './gallery.tsx'

/** What the address may ask for. */
export type Look = { lang: Lang; theme: 'light' | 'dark'; density?: Density }

/** `?lang=en&theme=dark&density=touch&offline` decides what is shown first. */
const asked = new URLSearchParams(location.search)
const densities: readonly Density[] = ['compact', 'regular', 'touch']
const density = densities.find((one) => one === asked.get('density')) ?? 'regular'
const theme = asked.get('theme')
const lang = asked.get('lang')

applyTheme(theme === 'dark' || theme === 'light' ? theme : 'auto')
const root = document.getElementById('root')
if (!root) throw new Error('the page has no root')
createRoot(root).render(
  <Root density={density} {...(lang === 'en' || lang === 'ja' ? { lang } : {})}>
    <Gallery />
  </Root>,
)
