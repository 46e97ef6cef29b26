import { expect, test } from '@playwright/test'
import { startFastLab, type Lab } from '../lab/index'
import { accessibilityFaults } from './accessibility'
import { launchApp, type RunningApp } from './app'
import { asRoot } from './place'

let lab: Lab
let running: RunningApp
const complaints: string[] = []

test.beforeAll(async () => {
  lab = await startFastLab()
  for (const name of ['web01', 'build-agent', 'db-dev']) await lab.addGuest(name, { start: false })
  running = await launchApp({ place: await asRoot(lab) })
  running.page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  // Once more, now that all complaints are heard.
  await running.page.reload()
  await running.page.getByTestId('machine-web01').waitFor()
})
test.afterAll(async () => {
  await running.close()
  await lab.close()
})

for (const view of ['patchbay', 'machines', 'networks', 'host', 'health']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the view ${view} is accessible in ${colorScheme}`, async () => {
      const { page } = running
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.getByTestId(`view-${view}`).click()
      await page.screenshot({ path: `test-results/views/${view}-${colorScheme}.png` })
      expect(await accessibilityFaults(page)).toEqual([])
    })
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the plan of a bridge is accessible in ${colorScheme}`, async () => {
    const { page } = running
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.getByTestId('view-patchbay').click()
    await page.getByTestId('network-lan-missing').click()
    await page.getByTestId('bridge-plan').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByTestId('bridge-sheet').waitFor({ state: 'hidden' })
  })
}

test('the page keeps to its own content security policy', () => {
  expect(complaints.filter((text) => text.includes('Content Security Policy'))).toEqual([])
})

test('nothing is polled: no timer is armed while nothing happens', async () => {
  const timers = () =>
    running.app.evaluate(() => process.getActiveResourcesInfo().filter((name) => name === 'Timeout'))
  await expect.poll(timers).toEqual([])
})
