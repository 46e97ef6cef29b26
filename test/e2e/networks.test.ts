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

test('what waits for a restart is told, and in force after one click', async () => {
  await page.getByTestId('open-change-network').click()
  await page.getByTestId('field-mtu').fill('1300')
  await page.getByTestId('save-network').click()
  await expect(page.getByTestId('network-pending')).toContainText('MTU 1300')
  expect(await virsh('net-dumpxml', 'web')).toContain("<mtu size='1400'/>")
  expect(await accessibilityFaults(page)).toEqual([])
  const bridge = /Bridge:\s+(\S+)/.exec(await virsh('net-info', 'web'))?.[1] ?? ''
  const index = async (): Promise<string> =>
    (await lab.exec(['cat', `/sys/class/net/${bridge}/ifindex`], { check: false })).stdout
  const before = await index()
  expect(before).toMatch(/\d/)
  await page.getByTestId('restart-network').click()
  await expect.poll(index).not.toBe(before)
  await expect.poll(index).toMatch(/\d/)
  await expect(page.getByTestId('restart-network')).toBeEnabled()
  await expect(page.getByTestId('network-pending')).toHaveCount(0)
  expect(await virsh('net-dumpxml', 'web')).toContain("<mtu size='1300'/>")
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

for (const { kind, fill, xml } of [
  { kind: 'isolated', fill: {}, xml: /^(?![^]*<forward)[^]*<dhcp>/ },
  { kind: 'very-isolated', fill: {}, xml: /^(?![^]*<forward)(?![^]*<ip)/ },
  { kind: 'routed', fill: {}, xml: /<forward mode='route'/ },
  { kind: 'open', fill: {}, xml: /<forward mode='open'/ },
  { kind: 'bridged', fill: { bridge: 'br9' }, xml: /<forward mode='bridge'[^]*<bridge name='br9'/ },
  { kind: 'macvtap', fill: { links: 'enp3s0' }, xml: /<forward dev='enp3s0' mode='bridge'/ },
]) {
  test(`a network of the kind ${kind} is made and shown`, async () => {
    if (kind === 'bridged') {
      await lab.exec(['ip', 'link', 'add', 'br9', 'type', 'bridge'])
      await page.getByTestId('view-host').click()
      await expect(page.getByText('br9').first()).toBeVisible()
    }
    await page.getByTestId('view-networks').click()
    await page.getByTestId('new-network-button').click()
    await page.getByTestId(`kind-${kind}`).check()
    await page.getByTestId('field-name').fill(`a-${kind}`)
    for (const [field, text] of Object.entries(fill)) await page.getByTestId(`field-${field}`).fill(text)
    await page.screenshot({ path: `test-results/networks/new-${kind}.png` })
    await page.getByTestId('create-network').click()
    await page.getByTestId('network-sheet').waitFor({ state: 'hidden' })
    await expect(page.getByTestId('network-facts')).toContainText('Active')
    expect(await virsh('net-dumpxml', `a-${kind}`)).toMatch(xml)
    await page.screenshot({ path: `test-results/networks/made-${kind}.png` })
  })
}
