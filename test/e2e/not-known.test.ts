import { expect, test, type Page } from '@playwright/test'
import { launchApp, NO_LIBVIRT, type RunningApp } from './app'

let running: RunningApp
let page: Page

test.beforeAll(async () => {
  running = await launchApp({ args: NO_LIBVIRT })
  page = running.page
  await page.getByTestId('offline').waitFor()
})
test.afterAll(() => running.close())

test('without libvirt nothing unknown counts as fine, as none, or as zero', async () => {
  // Before anybody has gone to Health.
  await expect(page.getByTestId('health-badge')).toContainText(/could not be made|is wrong|are wrong/)
  await page.getByTestId('view-health').click()
  await expect(page.getByTestId('health-headline')).toContainText('checks could not be made')
  await expect(page.getByTestId('health-headline')).not.toContainText('Nothing is wrong')
  const unknown = page.getByTestId('health-unknown')
  await expect(unknown).toContainText('libvirt does not answer')
  await expect(unknown).toContainText('Networks that machines need are started')

  for (const view of ['machines', 'networks', 'patchbay']) {
    await page.getByTestId(`view-${view}`).click()
    await expect(page.getByText('Nothing matches')).toHaveCount(0)
    await expect(page.getByTestId('no-machines')).toHaveCount(0)
  }
  await expect(page.getByTestId('machines-not-known')).toBeVisible()
  await expect(page.getByTestId('view-machines')).not.toContainText('0')
})
