// What the test runners' own JSON reports say: how many passed, and what failed and why.
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { root } from './process.mjs'

/** The first lines of a failure, which name what was expected and what came. */
const LINES = 12

/** Takes away colours, the runner's own calls, and all but the first lines. */
function shortened(message) {
  const lines = stripVTControlCharacters(message).trim().split('\n')
  return lines
    .filter((line) => !/^\s+at .*node_modules/.test(line))
    .slice(0, LINES)
    .join('\n')
}

/** A vitest report as counts, failures, and how long each file took. A file whose setup failed counts as failed even when no test of it ran. */
export function readVitest(report) {
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name)
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (status === 'failed' && failed.length === 0) return [{ test: file, why: shortened(message ?? '') }]
    return failed.map((test) => ({
      test: `${file} > ${test.fullName}`,
      why: shortened(test.failureMessages.join('\n')),
    }))
  })
  const files = report.testResults.map(({ name, startTime, endTime }) => ({
    file: relative(root, name),
    seconds: (endTime - startTime) / 1000,
  }))
  return {
    files,
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  }
}

function specsOf(suite) {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]
}

/** A Playwright report as counts, failures, and how long each file took, without what is shared by a file's tests. */
export function readPlaywright(report) {
  const broken = specsOf(report).filter((spec) => !spec.ok)
  const failures = broken.map((spec) => {
    const errors = spec.tests.flatMap((test) => test.results.flatMap((result) => result.errors))
    return {
      test: `${spec.file} > ${spec.title}`,
      why: shortened(errors.map((error) => error.message ?? '').join('\n')),
    }
  })
  const files = report.suites.map((suite) => ({
    file: `test/e2e/${suite.file}`,
    seconds: specsOf(suite)
      .flatMap(({ tests }) => tests.flatMap(({ results }) => results))
      .reduce((total, { duration }) => total + duration / 1000, 0),
  }))
  return {
    files,
    passed: report.stats.expected + report.stats.flaky,
    failed: report.stats.unexpected,
    skipped: report.stats.skipped,
    failures,
  }
}
