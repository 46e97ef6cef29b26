import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take 40 s and more on two cores: begun last, they would be what everybody waits for in the end. */
const LONGEST = [
  ...['lab/reachability', 'lab/backends', 'faults/campaign', 'lab/switch-matrix', 'lab/snapshots'],
  ...['faults/router-lost', 'lab/reconnect', 'lab/foreign', 'faults/roots-own', 'faults/additions-killed'],
  ...['lab/cli', 'faults/helper-fuzz'],
].map((name) => `/test/${name}.test.ts`)

/** The longest files first, then the others in the usual order. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files)
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = LONGEST.findIndex((name) => moduleId.endsWith(name))
      return place === -1 ? LONGEST.length : place
    }
    return [...usual].sort((a, b) => rank(a) - rank(b))
  }
}

/** What every test in the lab needs. */
const lab = {
  testTimeout: 120_000,
  hookTimeout: 300_000,
  // What runs as root in the lab is the bundle that users get.
  globalSetup: ['test/lab/build.ts'],
  setupFiles: ['test/property-seed.ts', 'test/phrases-in-english.ts'],
}

/**
 * Files with guests whose answers are timed, or that are plugged into macvtap. Labs beside each other need link numbers of their own
 * for that (see `skipLinkNumbers`), as reachability has.
 */
const withGuests = [
  ...['additions', 'doctor-machines', 'guest-agent', 'machines-switch', 'macvtap-switch', 'missed-pull'],
  'switch-matrix',
].map((name) => `test/lab/${name}.test.ts`)

/**
 * Three projects: `unit` needs nothing but Node; `lab` and `guests` need root and build namespaces and containers. What is in
 * `lab` waits most of the time, so its files run side by side; those of `guests` run one after the other.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      // Generated documents by the hundred take seconds, and more where the lab is being built beside them.
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          testTimeout: 30_000,
          expect: { poll: { timeout: 20_000 } },
          setupFiles: ['test/property-seed.ts', 'test/phrases-in-english.ts'],
        },
      },
      {
        test: {
          ...lab,
          name: 'lab',
          include: ['test/lab/**/*.test.ts', 'test/faults/**/*.test.ts'],
          exclude: withGuests,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...lab,
          name: 'guests',
          include: withGuests,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
