import { expect, test, type Page } from '@playwright/test'
import type { Guest } from '../lab/guest'
import { startFastLab, type Lab } from '../lab/index'
import { accessibilityFaults } from './accessibility'
import { launchApp, type RunningApp } from './app'
import { PATCHBAY } from '../lab/cli-helpers'
import { asRoot } from './place'

let lab: Lab
let guest: Guest
let running: RunningApp
let page: Page

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startFastLab({ networkManager: false })
  guest = await lab.addGuest('web01')
  await guest.waitForAddress(undefined, 90_000)
  running = await launchApp({ place: await asRoot(lab) })
  page = running.page
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.getByTestId('machine-web01').click()
})
test.afterAll(async () => {
  await running.close()
  await lab.close()
})

const patchbay = async (words: string): Promise<string> =>
  (await lab.exec([...PATCHBAY, ...words.split(' ')], { timeoutMs: 90_000 })).stdout

test('a port of this computer leads to a machine on NAT, until it is taken away', async () => {
  const forwards = page.getByTestId('port-forwards')
  const port = forwards.getByRole('textbox').first()
  await port.fill('99999')
  await forwards.getByRole('button', { name: 'Add' }).click()
  await expect(forwards.getByRole('alert')).toContainText('names no port')
  expect(await patchbay('forward list')).toContain('There is none')

  await port.fill('8080')
  await forwards.getByRole('textbox').last().fill('80')
  await page.keyboard.press('Enter')
  await expect(forwards.getByRole('listitem')).toContainText('tcp 8080')
  await expect(port).toHaveValue('')
  expect(await patchbay('forward list')).toMatch(/8080\/tcp\s+192\.168\.122\.\d+:80/)
  await page.screenshot({ path: 'test-results/from-host/forward.png' })
  expect(await accessibilityFaults(page)).toEqual([])

  await forwards.getByRole('button', { name: /Remove/ }).click()
  await expect(forwards.getByRole('listitem')).toHaveCount(0)
  expect(await patchbay('forward list')).toContain('There is none')
})

test('what the command line adds is seen at once', async () => {
  const forwards = page.getByTestId('port-forwards')
  await patchbay('forward add 5353/udp web01')
  await expect(forwards.getByRole('listitem')).toContainText('udp 5353')
  await page.getByTestId('view-host').click()
  const ways = page.getByTestId('ways-in')
  await expect(ways).toContainText('web01, 192.168.122.')
  await page.screenshot({ path: 'test-results/from-host/ways-in.png' })
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByTestId('view-patchbay').click()

  const id = /\d{8}-\d{6}-[0-9a-f]{4}/.exec(await patchbay('forward list'))?.[0] ?? ''
  await patchbay(`forward remove ${id}`)
  await expect(forwards.getByRole('listitem')).toHaveCount(0)

  await patchbay('forward add 8022 web01:22')
  await page.getByTestId('view-host').click()
  await ways.getByRole('button').click()
  await expect(ways).toHaveCount(0)
  expect(await patchbay('forward list')).toContain('There is none')
  await page.getByTestId('view-patchbay').click()
})

test('a machine moves to a macvtap pool made in the window, and this computer reaches it there when told', async () => {
  await page.getByTestId('view-networks').click()
  await page.getByTestId('new-network-button').click()
  await page.getByTestId('kind-macvtap').click()
  await page.getByTestId('field-name').fill('pool')
  await page.getByTestId('field-links').fill('enp3s0')
  await page.getByTestId('create-network').click()
  await page.getByTestId('network-sheet').waitFor({ state: 'hidden' })

  await page.getByTestId('view-patchbay').click()
  await page.getByTestId('machine-web01').click()
  await page.getByTestId('switch-other').click()
  await page.getByTestId('pick-pool').click()
  await expect(page.getByTestId('nic-facts')).toContainText('pool, now and after restart')
  const address = await guest.waitForAddress((one) => one.startsWith('10.77.0.'), 60_000)
  const access = page.getByTestId('host-access')
  const pinged = async (): Promise<boolean> =>
    (await lab.exec(['ping', '-c', '1', '-W', '2', address], { check: false })).code === 0
  await expect(access).toContainText('do not reach each other')
  expect(await pinged()).toBe(false)
  await page.screenshot({ path: 'test-results/from-host/no-access.png' })

  const field = page.getByTestId('field-machine-address')
  await field.fill('10.77.0.')
  await page.keyboard.press('Enter')
  await expect(access).toContainText('is no IPv4 address')
  await field.fill(address)
  await page.keyboard.press('Enter')
  await expect(access).toContainText(`${address} reach each other`)
  expect(await pinged()).toBe(true)
  await expect(page.getByTestId('reach')).toContainText('Where it was let to')
  await page.screenshot({ path: 'test-results/from-host/access.png' })
  expect(await accessibilityFaults(page)).toEqual([])

  await page.getByTestId('end-host-access').focus()
  await page.keyboard.press('Enter')
  await expect(access).toContainText('do not reach each other')
  // The record goes before what it is about: whatever is in force is always recorded.
  await expect.poll(pinged).toBe(false)
})
