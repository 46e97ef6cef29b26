import { test } from '@playwright/test'
import { playMainJob } from './main-job-scene'

test('the main job, through the real app, as an unprivileged user of a real workstation', async () => {
  test.setTimeout(10 * 60_000)
  await playMainJob(({ step, observed }) => console.log(observed === null ? step : `  ${observed}`))
})
