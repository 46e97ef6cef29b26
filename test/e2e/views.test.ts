import { expect, test, type Page } from '@playwright/test'
import { startFastLab, type Lab } from '../lab/index'
import { accessibilityFaults } from './accessibility'
import { launchApp, type RunningApp } from './app'
import { asRoot } from './place'

/** It runs, boots nothing, and so never asks for an address; nor does the network card's own firmware. */
const MUTE = `<domain type='qemu'><name>mute</name><memory unit='MiB'>32</memory><vcpu>1</vcpu>
  <os><type arch='x86_64' machine='pc'>hvm</type></os>
  <devices><interface type='network'><mac address='52:54:00:77:00:99'/><source network='default'/><model type='virtio'/><rom enabled='no'/></interface>
  </devices></domain>`
const OTHER = `<network><name>other</name><forward mode='nat'/><bridge name='virbr7'/>
  <ip address='10.99.0.1' netmask='255.255.255.0'><dhcp><range start='10.99.0.2' end='10.99.0.99'/></dhcp></ip></network>`

async function moveMute(page: Page): Promise<void> {
  await page.getByTestId('machine-mute').click()
  await page.getByTestId('switch-other').click()
  await page.getByTestId('network-picker').getByText('other', { exact: true }).click()
  await page.getByTestId('move-running').waitFor()
}

let lab: Lab
let running: RunningApp
const complaints: string[] = []

test.beforeAll(async () => {
  lab = await startFastLab()
  for (const name of ['web01', 'build-agent', 'db-dev']) await lab.addGuest(name, { start: false })
  await lab.exec(['virsh', '-q', 'define', '/dev/stdin'], { input: MUTE })
  for (const words of [
    ['net-define', '/dev/stdin'],
    ['net-start', 'other'],
    ['start', 'mute'],
  ])
    await lab.exec(['virsh', '-q', ...words], { input: OTHER })
  running = await launchApp({ place: await asRoot(lab) })
  running.page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  // What comes of it is looked at in the end.
  await moveMute(running.page)
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

test('a machine that has got no address is offered to have its cable pulled again', async () => {
  const { page } = running
  await page.getByTestId('view-patchbay').click()
  await page.getByTestId('machine-mute').click()
  const offer = page.getByTestId('pull-again')
  await expect(offer).toHaveText('Pull the cable again', { timeout: 60_000 })
  await expect(page.getByTestId('cable-pull')).toContainText('may have missed that its cable was pulled')
  await page.screenshot({ path: 'test-results/views/pull-again.png' })
  expect(await accessibilityFaults(page)).toEqual([])

  await offer.click()
  await expect(page.getByTestId('pull-running')).toContainText('Pull the cable for 7 seconds')
  const linkState = async () => (await lab.exec(['virsh', 'domif-getlink', 'mute', 'vnet0'])).stdout.trim()
  await expect.poll(linkState).toBe('vnet0 down')
  await expect(page.getByText('The cable is set to cut')).toBeHidden()
  await expect.poll(linkState).toBe('vnet0 up')

  await lab.exec(['virsh', '-q', 'destroy', 'mute'])
  await expect(page.getByTestId('pull-running')).toBeHidden({ timeout: 60_000 })
})

test('nothing is polled: no timer is armed while nothing happens', async () => {
  const timers = () =>
    running.app.evaluate(() => process.getActiveResourcesInfo().filter((name) => name === 'Timeout'))
  await expect.poll(timers).toEqual([])
})
