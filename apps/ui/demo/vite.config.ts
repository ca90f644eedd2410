import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `vite apps/ui/demo` shows every component. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  cacheDir: '../../../.cache/vite-ui-demo',
  build: { outDir: '../dist/demo', emptyOutDir: true },
})
