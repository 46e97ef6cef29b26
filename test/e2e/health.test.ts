import { expect, test, type Page } from '@playwright/test'
import { startFastLab, type Lab } from '../lab/index'
import { accessibilityFaults } from './accessibility'
import { launchApp, type RunningApp } from './app'
import { PATCHBAY } from '../lab/cli-helpers'
import { asRoot } from './place'

let lab: Lab
let running: RunningApp
let page: Page

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startFastLab()
  const guest = await lab.addGuest('web01')
  await guest.waitForAddress(undefined, 90_000)
  for (const words of ['network create other --kind isolated', 'connect web01 network:other']) {
    await lab.exec([...PATCHBAY, ...words.split(' ')], { timeoutMs: 90_000 })
  }
  running = await launchApp({ place: await asRoot(lab) })
  page = running.page
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.getByTestId('machine-web01').waitFor()
})
test.afterAll(async () => {
  await running.close()
  await lab.close()
})

test('a machine that was switched before the window opened goes back', async () => {
  await page.getByTestId('machine-web01').click()
  await expect(page.getByTestId('go-back')).toContainText('default')
  await page.getByTestId('go-back').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('move-result')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByTestId('nic-facts')).toContainText('192.168.122.')
  await expect(page.getByTestId('nic-facts')).toContainText('Seen')
  await expect(page.getByTestId('go-back')).toHaveCount(0)
})

test('what is said of a machine is tried for real', async () => {
  await page.getByTestId('machine-web01').click()
  await page.getByTestId('try-reach').click()
  const results = page.getByTestId('trial-results').getByRole('listitem')
  await expect(results).toHaveCount(3, { timeout: 20_000 })
  await expect(results.first()).toHaveAttribute('data-conclusion', 'agrees')
  await page.screenshot({ path: 'test-results/health/trial.png' })
  expect(await accessibilityFaults(page)).toEqual([])
})

test('a stopped network is found, started, and stopped again by the undo', async () => {
  await lab.exec(['virsh', '-q', 'destroy', 'web01'])
  await lab.exec(['virsh', '-q', 'net-destroy', 'default'])
  await page.getByTestId('view-health').click()
  const finding = page.getByTestId('finding-default-network')
  await expect(finding).toContainText('the network default is started')
  await page.screenshot({ path: 'test-results/health/found.png' })
  expect(await accessibilityFaults(page)).toEqual([])

  const info = async (): Promise<string> => (await lab.exec(['virsh', '-q', 'net-info', 'default'])).stdout
  await page.getByTestId('fix-default-network').click()
  await expect(finding).toHaveCount(0)
  expect(await info()).toMatch(/Active:\s+yes/)
  await page.screenshot({ path: 'test-results/health/fixed.png' })

  await page.getByTestId('undo-default-network').focus()
  await page.keyboard.press('Enter')
  await expect(finding).toHaveCount(1)
  await expect(page.getByTestId('made-fixes')).toHaveCount(0)
  expect(await info()).toMatch(/Active:\s+no/)
})
