import { expect, test } from '@playwright/test'
import { hostState, type HostState } from '../lab/host-state'
import { startFullLab, type FullLab, type PolkitAgent } from '../lab/index'
import { accessibilityFaults } from './accessibility'
import { launchApp, type RunningApp } from './app'
import { endOfHostChange } from './main-job-steps'
import { pictures } from './pictures'
import { atTheDesk } from './place'

let lab: FullLab
let agent: PolkitAgent
let running: RunningApp
let before: HostState

test.beforeAll(async () => {
  lab = await startFullLab({ setup: 'ifupdown-dhcp', ipv6: false })
  agent = await lab.polkitAgent()
  before = await hostState(lab)
  running = await launchApp({ place: await atTheDesk(lab) })
})
test.afterAll(async () => {
  await running.close()
  await lab.close()
})

test('the host’s view shows what a change has made, and restores what was before it', async () => {
  const { page } = running
  const { shoot } = await pictures(page, 'snapshots')
  await page.getByTestId('view-host').click()
  await expect(page.getByText('Patchbay has changed nothing on this host.')).toBeVisible()
  await shoot('1-nothing-changed')

  await page.getByTestId('host-make-bridge').click()
  await page.getByTestId('bridge-make').click()
  await endOfHostChange(page)
  await page.getByTestId('bridge-close').click()
  expect(agent.count()).toBe(1)

  const change = page.getByTestId('host-changes').getByRole('button', { name: 'br0 from enp3s0' })
  await change.click()
  const differences = page.getByTestId('differences')
  await expect(differences).toContainText('/etc/network/interfaces has changed')
  await expect(differences).toContainText('br0 (bridge) is new')
  await expect(differences).toContainText('enp3s0 is a port of br0')
  await expect(differences.getByRole('group', { name: '/etc/network/interfaces' })).toContainText('br0')
  await shoot('2-differences')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await accessibilityFaults(page)).toEqual([])
  }

  // By keyboard, and the focus is not lost with the button that is gone afterwards.
  await page.getByTestId('snapshot-restore').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('undo-plan')).toBeVisible()
  await shoot('3-before-restoring')
  expect(agent.count()).toBe(1)
  await page.getByTestId('bridge-undo').click()
  await endOfHostChange(page)
  await shoot('4-restored')
  await page.keyboard.press('Escape')
  await expect(change).toBeFocused()
  await expect(page.getByTestId('no-differences')).toBeVisible()
  await expect(page.getByTestId('snapshot-restore')).toHaveCount(0)
  expect(agent.count()).toBe(2)
  await shoot('5-as-before')
  expect(await accessibilityFaults(page)).toEqual([])
  await expect.poll(() => hostState(lab), { timeout: 40_000 }).toEqual(before)
})

test('what somebody else changes is seen without looking again', async () => {
  const { page } = running
  await expect(page.getByTestId('no-differences')).toBeVisible()
  await lab.exec(['ip', 'address', 'add', '10.99.0.1/32', 'dev', lab.nic])
  await expect(page.getByTestId('differences')).toContainText('10.99.0.1/32 on enp3s0 (set by hand) is new')
  await lab.exec(['ip', 'address', 'delete', '10.99.0.1/32', 'dev', lab.nic])
  await expect(page.getByTestId('no-differences')).toBeVisible()
})
