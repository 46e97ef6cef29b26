import { expect, test, type Page } from '@playwright/test'
import { startFastLab, type Lab } from '../lab/index'
import { accessibilityFaults } from './accessibility'
import { launchApp, type RunningApp } from './app'
import { asRoot } from './place'

let lab: Lab
let running: RunningApp
let page: Page

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startFastLab()
  await lab.addGuest('web01', { start: false })
  running = await launchApp({ place: await asRoot(lab) })
  page = running.page
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.getByTestId('machine-web01').waitFor()
})
test.afterAll(async () => {
  await running.close()
  await lab.close()
})

const virsh = async (...words: string[]): Promise<string> =>
  (await lab.exec(['virsh', '-q', ...words])).stdout

test('a network is made: its subnet proposed, a mistake told at its field', async () => {
  await page.getByTestId('view-networks').click()
  await page.getByTestId('new-network-button').click()
  const subnet = page.getByTestId('field-subnet')
  await expect(subnet).toHaveAttribute('placeholder', '192.168.123.1/24')

  await subnet.fill('192.168.122.0/24')
  await expect(page.getByText('which the network default uses')).toBeVisible()
  await expect(subnet).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByTestId('create-network')).toBeDisabled()
  await page.screenshot({ path: 'test-results/networks/new.png' })
  expect(await accessibilityFaults(page)).toEqual([])

  await subnet.fill('')
  await page.getByTestId('field-name').fill('web')
  await page.getByTestId('create-network').click()
  await page.getByTestId('network-sheet').waitFor({ state: 'hidden' })
  await expect(page.getByTestId('network-facts')).toContainText('192.168.123.0/24')
  expect(await virsh('net-info', 'web')).toMatch(/Active:\s+yes[^]*Autostart:\s+yes/)
})

test('fixed addresses and DNS names come and go while it runs', async () => {
  const fixed = page.getByTestId('fixed-addresses')
  await fixed.getByRole('textbox').first().fill('192.168.123.50')
  await fixed.getByRole('textbox').last().fill('52:54:00:00:00:50')
  await fixed.getByRole('button', { name: 'Add' }).click()
  await expect(fixed.getByRole('listitem')).toContainText('192.168.123.50')
  expect(await virsh('net-dumpxml', 'web')).toContain("mac='52:54:00:00:00:50'")

  await fixed.getByRole('textbox').first().fill('10.0.0.1')
  await fixed.getByRole('textbox').last().fill('other')
  await fixed.getByRole('button', { name: 'Add' }).click()
  await expect(fixed.getByRole('alert')).toBeVisible()

  const names = page.getByTestId('dns-names')
  await names.getByRole('textbox').first().fill('192.168.123.60')
  await names.getByRole('textbox').last().fill('db, database')
  await names.getByRole('button', { name: 'Add' }).click()
  await expect(names.getByRole('listitem')).toContainText('db, database')

  await fixed.getByRole('button', { name: /Remove/ }).click()
  await expect(fixed.getByRole('listitem')).toHaveCount(0)
  expect(await virsh('net-dumpxml', 'web')).not.toContain('52:54:00:00:00:50')
})

test('a change says before what waits for a restart, and restarts when told', async () => {
  await page.getByTestId('open-change-network').click()
  await page.getByTestId('field-dhcp').fill('192.168.123.100-192.168.123.199')
  await page.getByTestId('field-mtu').fill('1400')
  const effect = page.getByTestId('change-effect')
  await expect(effect).toContainText('From its next start')
  await expect(effect).toContainText('1400')
  expect(await virsh('net-dumpxml', 'web', '--inactive')).not.toContain('1400')
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByTestId('field-restart').check()
  await page.getByTestId('save-network').click()
  await expect(page.getByTestId('network-facts')).toContainText('192.168.123.100 to 192.168.123.199')
  await expect.poll(() => virsh('net-dumpxml', 'web')).toContain("<mtu size='1400'/>")
})

test('it is deleted by the keyboard alone, its machine moved first', async () => {
  await lab.exec([
    'sh',
    '-ec',
    "virsh dumpxml web01 | sed \"s/network='default'/network='web'/\" > /tmp/web01.xml; virsh -q define /tmp/web01.xml",
  ])
  await page.getByTestId('open-delete-network').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('delete-network')).toContainText('web01')
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByTestId('field-moveTo').focus()
  await expect(page.getByTestId('field-moveTo').locator('option:checked')).toContainText('default')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(page.getByTestId('delete-network-now')).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByTestId('network-sheet').waitFor({ state: 'hidden' })
  await expect.poll(() => virsh('net-list', '--all', '--name')).not.toContain('web')
  expect(await virsh('dumpxml', 'web01')).toContain("network='default'")
})
