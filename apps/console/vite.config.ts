import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  cacheDir: '../../.cache/vite-console',
  build: { target: 'esnext', emptyOutDir: true },
})
