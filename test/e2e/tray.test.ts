import { expect, test } from '@playwright/test'
import { once } from 'node:events'
import { startFastLab, type Guest, type Lab } from '../lab/index'
import { launchApp, type RunningApp } from './app'
import { openPanel, type Panel } from './panel.mjs'
import { asRoot } from './place'
import { startSessionBus, type SessionBus } from './session-bus'

let lab: Lab
let guest: Guest
let bus: SessionBus
let panel: Panel
let running: RunningApp

test.beforeAll(async () => {
  lab = await startFastLab()
  await lab.exec(['virsh', '-q', 'net-define', '/dev/stdin'], {
    input: `<network><name>services</name><bridge name='virbr7'/><ip address='10.20.0.1' netmask='255.255.255.0'>
      <dhcp><range start='10.20.0.2' end='10.20.0.99'/></dhcp></ip></network>`,
  })
  await lab.exec(['virsh', '-q', 'net-start', 'services'])
  guest = await lab.addGuest('web01')
  bus = await startSessionBus()
  panel = await openPanel(bus.address)
  const env = { DBUS_SESSION_BUS_ADDRESS: bus.address }
  running = await launchApp({ place: await asRoot(lab), env })
  await guest.waitForAddress()
})
test.afterAll(async () => {
  await running.close()
  panel.close()
  await bus.close()
  await lab.close()
})

const labels = async (): Promise<string[]> => (await panel.menu()).map(({ label }) => label)
const machine = async () => (await panel.menu()).find(({ label }) => label === 'web01')?.items ?? []
const isVisible = () =>
  running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())

test('the icon and its menu tell how things are', async () => {
  expect(await panel.tooltip()).toBe('Patchbay: NAT only, no bridge to the LAN')
  expect((await labels()).slice(0, 2)).toEqual([
    'NAT only, no bridge to the LAN',
    `${lab.nic} · gateway ${lab.router.address}`,
  ])
  expect(await labels()).toEqual(expect.arrayContaining(['Networks', 'web01', 'Open Patchbay', 'Quit']))
})

test('closing the window leaves the app in the tray, and the tray brings it back', async () => {
  await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await expect.poll(isVisible).toBe(false)
  await panel.click('Open Patchbay')
  await expect.poll(isVisible).toBe(true)
})

test('two clicks move a running machine, and the tick follows what is really so', async () => {
  expect((await machine()).map(({ label }) => label)).toEqual([
    'NAT',
    'LAN: make a bridge first…',
    'services',
  ])
  await panel.click('web01', 'services')
  const ticked = async () => (await machine()).filter(({ chosen }) => chosen).map(({ label }) => label)
  await expect.poll(ticked, { timeout: 20_000 }).toEqual(['services'])
  expect(await guest.xml()).toContain(`<source network='services'`)
  await expect
    .poll(async () => (await machine()).every(({ enabled }) => enabled), { timeout: 40_000 })
    .toBe(true)
  await panel.click('web01', 'NAT')
  await expect.poll(ticked, { timeout: 20_000 }).toEqual(['NAT'])
})

test('the way to the LAN leads to the sheet that makes the bridge', async () => {
  await panel.click('web01', 'LAN: make a bridge first…')
  await expect(running.page.getByTestId('bridge-plan')).toBeVisible()
  await running.page.keyboard.press('Escape')
})

test('Quit ends the app', async () => {
  const ended = once(running.app.process(), 'exit')
  await panel.click('Quit')
  expect((await ended)[0]).toBe(0)
})
