import { applyTheme, Root } from '@akinai/ui'
import '@akinai/ui/styles.css'
import './src/till.css'
import { createRoot } from 'react-dom/client'
import { App } from './src/app.tsx'

applyTheme()
const root = document.getElementById('root')
if (!root) throw new Error('the page has no root')
createRoot(root).render(
  <Root density="touch">
    <App />
  </Root>,
)
if (!import.meta.env.DEV) void navigator.serviceWorker?.register('/till/sw.js').catch(() => undefined)
