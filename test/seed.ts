/**
 * What generated tests are drawn from, where one is given: `PATCHBAY_SEED`, and in CI always the same, so that a change is
 * judged by what it changes. Everywhere else, and in `npm run faults` and `npm run fuzz`, each run draws others.
 */
const given = process.env.PATCHBAY_SEED ?? (process.env.CI === undefined ? undefined : '1')
export const givenSeed = given === undefined ? null : Number(given)

export const someSeed = (): number => givenSeed ?? Math.floor(Math.random() * 2 ** 31)
