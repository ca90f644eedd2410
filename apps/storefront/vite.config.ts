import { defineConfig } from 'vite'

export default defineConfig(({ isSsrBuild }) => ({
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: isSsrBuild
    ? { target: 'esnext', emptyOutDir: false, rollupOptions: { output: { entryFileNames: 'server.js' } } }
    : { manifest: true, rollupOptions: { input: 'client/main.ts' } },
  ssr: { noExternal: true },
}))
