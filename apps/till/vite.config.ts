import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/till/',
  plugins: [react()],
  cacheDir: '../../.cache/vite-till',
  build: {
    target: 'esnext',
    emptyOutDir: true,
    rollupOptions: {
      input: { page: 'index.html', sw: 'src/sw.js' },
      // A service worker rules over the folder it lies in, under a name that stays.
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
})
