import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

/** Builds the window with a fake main process into `out/renderer-harness`, to be looked at in a browser. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [vue()],
  build: {
    outDir: fileURLToPath(new URL('../../out/renderer-harness', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome114',
  },
})
