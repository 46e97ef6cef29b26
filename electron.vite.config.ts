import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

/** Every npm dependency is bundled, so that the built app needs no node_modules. */
const commonJs = (name: string) => ({
  format: 'cjs' as const,
  entryFileNames: `${name}.cjs`,
  codeSplitting: false,
})

/**
 * Targets: the oldest runtime that Patchbay supports is Electron 25, with Node 18.15 and Chromium 114.
 * Main and preload are CommonJS: a sandboxed preload script cannot be anything else.
 */
export default defineConfig({
  main: {
    build: {
      target: 'node18.15',
      externalizeDeps: false,
      outDir: 'out/main',
      rolldownOptions: { input: 'electron/main.ts', output: commonJs('main') },
    },
  },
  preload: {
    build: {
      target: 'node18.15',
      externalizeDeps: false,
      outDir: 'out/preload',
      rolldownOptions: { input: 'electron/preload.ts', output: commonJs('preload') },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [vue()],
    build: {
      target: 'chrome114',
      outDir: 'out/renderer',
      // A slow machine is no reason to warn.
      rolldownOptions: { input: 'renderer/index.html', checks: { bundlerTimings: false } },
    },
  },
})
