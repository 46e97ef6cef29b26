import { defineConfig } from '@playwright/test'

/** The real app in real Electron. Labs and screens are made by the tests themselves; one at a time is enough for two cores. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '*.test.ts',
  outputDir: 'test-results/e2e',
  workers: 1,
  retries: 0,
  timeout: 120_000,
  // Guests are emulated on the same processors: the window gets its time to follow.
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
})
