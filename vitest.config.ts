import { defineConfig } from 'vitest/config'

/** Two projects: `unit` needs nothing but Node, `lab` needs root and builds namespaces and containers. */
export default defineConfig({
  test: {
    projects: [
      // Generated documents by the hundred take seconds, and more where the lab is being built beside them.
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          testTimeout: 30_000,
          expect: { poll: { timeout: 20_000 } },
          setupFiles: ['test/property-seed.ts'],
        },
      },
      {
        test: {
          name: 'lab',
          include: ['test/lab/**/*.test.ts', 'test/faults/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          // What runs as root in the lab is the bundle that users get.
          globalSetup: ['test/lab/build.ts'],
          setupFiles: ['test/property-seed.ts'],
          fileParallelism: false,
        },
      },
    ],
  },
})
