import { expect, test, type Page } from '@playwright/test'
import { PATCHBAY } from '../lab/cli-helpers'
import { startFastLab, type Lab } from '../lab/index'
import { accessibilityFaults } from './accessibility'
import { launchApp, type RunningApp } from './app'
import { asRoot } from './place'

let lab: Lab
let running: RunningApp
let page: Page

const CARD =
  "<interface type='network'><mac address='52:54:00:aa:00:0N'/><source network='default'/></interface>"

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startFastLab({ networkManager: false })
  for (const name of ['one', 'two', 'three']) await lab.addGuest(name, { start: false })
  const interfaceXml = `${CARD.replace('N', '1')}${CARD.replace('N', '2')}`
  await lab.addGuest('twin', { start: false, interfaceXml })
  await lab.exec([...PATCHBAY, 'network', 'create', 'lab', '--kind', 'isolated'])
  running = await launchApp({ place: await asRoot(lab) })
  page = running.page
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.getByTestId('view-machines').click()
  await page.getByTestId('row-one').waitFor()
})
test.afterAll(async () => {
  await running.close()
  await lab.close()
})

/** The network that each machine is plugged into, as libvirt has it. */
async function networks(): Promise<string[]> {
  const script =
    'for m in one two three twin; do virsh dumpxml $m | grep -o "network=.[a-z]*" | head -1; done'
  const { stdout } = await lab.exec(['sh', '-ec', script])
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.replace(/network=./, ''))
}

test('several machines are moved together, and back', async () => {
  await page.getByTestId('tick-all').click()
  const bar = page.getByTestId('batch-bar')
  await expect(bar).toContainText('4 selected')
  await expect(page.getByTestId('tick-all')).toBeChecked()
  await expect(bar).toContainText('Not with them: twin')
  await page.getByTestId('batch-place').selectOption({ label: 'lab, Isolated' })
  await page.getByTestId('batch-move').click()
  await expect(page.getByTestId('batch-went')).toContainText('3 machines are plugged into lab')
  expect(await networks()).toEqual(['lab', 'lab', 'lab', 'default'])
  await page.screenshot({ path: 'test-results/batch/moved.png' })
  expect(await accessibilityFaults(page)).toEqual([])

  await page.getByTestId('batch-undo').click()
  await expect(page.getByTestId('batch-went')).toContainText('3 machines are plugged into default')
  expect(await networks()).toEqual(['default', 'default', 'default', 'default'])
  await page.getByTestId('batch-clear').click()
  await expect(bar).toHaveCount(0)
})

test('they are selected and moved by the keyboard alone', async () => {
  await page.getByTestId('row-one').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('End')
  await expect(page.getByTestId('row-two')).toBeFocused()
  await page.keyboard.press('Space')
  const bar = page.getByTestId('batch-bar')
  await expect(bar).toContainText('2 selected')
  await expect(page.getByTestId('tick-all')).toHaveJSProperty('indeterminate', true)
  await expect(page.getByTestId('tick-one')).toBeChecked()
  await page.getByTestId('batch-place').focus()
  await page.keyboard.type('lab')
  await page.keyboard.press('Tab')
  await expect(page.getByTestId('batch-move')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('batch-went')).toContainText('2 machines are plugged into lab')
  expect(await networks()).toEqual(['lab', 'lab', 'default', 'default'])
  await page.getByTestId('row-one').focus()
  await page.keyboard.press('Control+a')
  await expect(bar).toContainText('4 selected')
  await page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
})

test('a range is selected with Shift', async () => {
  await page.getByTestId('tick-one').click()
  await page.getByTestId('tick-twin').click({ modifiers: ['Shift'] })
  // Shown by name: one, three, twin, two.
  await expect(page.getByTestId('batch-bar')).toContainText('3 selected')
  await expect(page.getByTestId('tick-two')).not.toBeChecked()
})
