import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/till/',
  plugins: [react()],
  cacheDir: '../../.cache/vite-till',
  build: { target: 'esnext', emptyOutDir: true },
})
