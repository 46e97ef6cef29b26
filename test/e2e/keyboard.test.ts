import { expect, test, type Page } from '@playwright/test'
import { startFastLab, type Guest, type Lab } from '../lab/index'
import { launchApp, type RunningApp } from './app'
import { endOfHostChange } from './main-job-steps'
import { asRoot } from './place'

let lab: Lab
let guest: Guest
let running: RunningApp

test.beforeAll(async () => {
  lab = await startFastLab()
  guest = await lab.addGuest('web01')
  running = await launchApp({ place: await asRoot(lab) })
  await guest.waitForAddress()
})
test.afterAll(async () => {
  await running.close()
  await lab.close()
})

/** More presses than any view has things to focus. */
const MOST_TABS = 60

/** Moves the focus as a person without a mouse does. */
async function tabTo(page: Page, testId: string): Promise<void> {
  await page.getByTestId(testId).waitFor()
  for (let presses = 0; presses < MOST_TABS; presses++) {
    if ((await page.evaluate<unknown>('document.activeElement?.dataset.testid')) === testId) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the Tab key does not lead to ${testId}`)
}

test('bridge, LAN, NAT and undo by keyboard alone', async () => {
  const { page } = running
  await tabTo(page, 'network-lan-missing')
  await page.keyboard.press('Enter')
  await tabTo(page, 'bridge-make')
  await page.keyboard.press('Enter')
  await endOfHostChange(page)
  await tabTo(page, 'bridge-close')
  await page.keyboard.press('Enter')

  await tabTo(page, 'machine-web01')
  await page.keyboard.press('ArrowDown')
  // Letters look for a name; none of them moves a cable.
  await page.keyboard.type('linux nas')
  await expect(page.getByTestId('switch-nat')).toBeEnabled()
  await expect(page.getByTestId('switch-nat')).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Control+Shift+L')
  await guest.waitForAddress((address) => address.startsWith('10.77.0.'), 40_000)
  await expect(page.getByTestId('switch-lan')).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByTestId('move-result')).toBeVisible({ timeout: 40_000 })

  await page.keyboard.press('Control+Shift+N')
  await guest.waitForAddress((address) => address.startsWith('192.168.122.'), 40_000)
  await expect(page.getByTestId('switch-nat')).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByTestId('move-running')).toBeHidden({ timeout: 40_000 })

  await tabTo(page, 'undo-bridge')
  await page.keyboard.press('Enter')
  await tabTo(page, 'bridge-undo')
  await page.keyboard.press('Enter')
  await endOfHostChange(page)
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('network-lan-missing')).toBeVisible()
})
