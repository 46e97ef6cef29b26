import { expect as usual, test, type Page } from '@playwright/test'
import type { World } from '../../shared/world/world'
import { PATCHBAY } from '../lab/cli-helpers'
import { startFastLab, type Guest, type Lab } from '../lab/index'
import { bridgeTo, FakeSsh } from '../unit/libvirt/fake-ssh'
import { accessibilityFaults } from './accessibility'
import { launchApp, type RunningApp } from './app'
import { endOfHostChange } from './main-job-steps'
import { openPanel, type Panel } from './panel.mjs'
import { pictures } from './pictures'
import { asRoot } from './place'
import { startSessionBus, type SessionBus } from './session-bus'

/** A guest is emulated on the same processors: the window gets its time to follow. */
const expect = usual.configure({ timeout: 40_000 })
/** ssh to a computer that is this one underneath, so that whatever is shown of this one would be seen. */
const ELSEWHERE = 'qemu+ssh://lab-server/system'

let lab: Lab
let guest: Guest
let bus: SessionBus
let panel: Panel
let running: RunningApp
let page: Page
let shoot: (name: string) => Promise<void>

test.describe.configure({ mode: 'serial', timeout: 240_000 })

test.beforeAll(async () => {
  lab = await startFastLab()
  await lab.exec(['virsh', '-q', 'net-define', '/dev/stdin'], {
    input: `<network><name>services</name><bridge name='virbr7'/><ip address='10.20.0.1' netmask='255.255.255.0'>
      <dhcp><range start='10.20.0.2' end='10.20.0.99'/></dhcp></ip></network>`,
  })
  guest = await lab.addGuest('web01')
  await lab.addGuest('spare', { start: false })
  bus = await startSessionBus()
  panel = await openPanel(bus.address)
  running = await launchApp({ place: await asRoot(lab), env: { DBUS_SESSION_BUS_ADDRESS: bus.address } })
  page = running.page
  shoot = (await pictures(page, 'truths')).shoot
  await guest.waitForAddress(undefined, 90_000)
})
test.afterAll(async () => {
  await running.close()
  panel.close()
  await bus.close()
  await lab.close()
})

const reach = () => page.getByTestId('reach')
const patchbay = (words: string, env: string[] = []) =>
  lab.exec(['env', ...env, ...PATCHBAY, ...words.split(' ')], { check: false, timeoutMs: 90_000 })

/** Watches the page from now on; answers whether something was ever there. */
async function watch(testId: string): Promise<() => Promise<boolean>> {
  await page.evaluate(`(() => {
    const look = () => (window.seenThere ||= document.querySelector('[data-testid="${testId}"]') !== null)
    window.seenThere = false
    look()
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
  })()`)
  return () => page.evaluate<boolean>('window.seenThere')
}

test('a machine that is off reaches nobody now, and one on NAT whoever it does', async () => {
  await page.getByTestId('machine-spare').click()
  await expect(reach()).toContainText('When it runs, through NAT')
  await expect(reach()).not.toContainText('Yes')
  await shoot('1-off')
  await page.getByTestId('machine-web01').click()
  await expect(reach()).toContainText('Yes, through NAT')
  await lab.exec(['ip', 'route', 'del', 'default'])
  await expect(reach()).toContainText('No, no uplink')
  await lab.exec(['nmcli', 'device', 'reapply', lab.nic])
  await expect(reach()).toContainText('Yes, through NAT')
})

test('a network that refuses the cable says so in the inspector as well, and offers the way out', async () => {
  const jack = page.getByTestId('machine-web01').locator('[data-jack]')
  await jack.hover()
  await page.mouse.down()
  await page.getByTestId('network-services').hover()
  await expect(page.getByTestId('proposal')).toContainText('Stopped: start it first')
  await expect(page.getByTestId('proposal')).not.toContainText('at once')
  await shoot('2-refused-under-the-hand')
  await page.mouse.up()
  await page.getByTestId('toast').getByTestId('remedy').click()
  await expect(page.getByTestId('toast')).toHaveCount(0)
  await expect(page.getByTestId('network-services')).not.toContainText('Stopped')
})

test('no cable is cut while Patchbay moves it, and a move to where it is leaves the last one’s undo', async () => {
  await page.getByTestId('machine-web01').click()
  await page.getByTestId('network-lan-missing').click()
  await page.getByTestId('bridge-make').click()
  await endOfHostChange(page)
  await page.getByTestId('bridge-close').click()
  const wasCut = await watch('cable-cut')
  await page.getByTestId('switch-lan').click()
  await expect(page.getByTestId('move-result')).toBeVisible()
  expect(await wasCut()).toBe(false)

  await page.getByTestId('switch-lan').click()
  await expect(page.getByTestId('already-there')).toContainText('Already plugged into the LAN')
  await expect(page.getByTestId('undo-move')).toBeVisible()
  await shoot('3-already-there')
  // The tray says the same to the main process, which makes an operation of it.
  await panel.click('web01', 'LAN')
  await expect(page.getByTestId('move-result')).toContainText('Moved from default')
  await expect(page.getByTestId('undo-move')).toBeVisible()

  expect((await patchbay('connect web01 nat')).code).toBe(0)
  expect((await patchbay('connect web01 lan')).code).toBe(0)
  await expect(page.getByTestId('switch-lan')).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByTestId('cable-cut')).toHaveCount(0)
})

test('beside another computer’s machines nothing of this computer is shown, and nothing of it can be undone', async () => {
  const ssh = new FakeSsh(bridgeTo('/run/libvirt/libvirt-sock'))
  const path = `PATH=${ssh.folder}:/usr/sbin:/usr/bin:/sbin:/bin`
  const far = await launchApp({
    place: await asRoot(lab),
    args: ['--connect', ELSEWHERE],
    env: { PATH: path.slice('PATH='.length) },
  })
  try {
    const there = far.page
    const pictured = await pictures(there, 'truths')
    await there.getByTestId('machine-web01').click()
    await expect(there.getByTestId('nic-facts')).toContainText('br0, now and after restart')
    await expect(there.getByTestId('nic-facts')).toContainText('Address not known')
    await expect(there.getByTestId('place-gone')).toHaveCount(0)
    await expect(there.getByTestId('network-br0')).toContainText('Bridge over there')
    await expect(there.getByTestId('network-lan-missing')).toHaveCount(0)
    await expect(there.getByTestId('reach')).toContainText('Not seen from here')
    await expect(there.getByTestId('switch-lan')).toBeDisabled()
    const status = there.getByTestId('status-bar')
    await expect(status).toHaveText('lab-server: its own network is not seen from here')
    await expect(there.getByTestId('undo-bridge')).toHaveCount(0)
    await pictured.shoot('4-elsewhere')
    expect(await accessibilityFaults(there)).toEqual([])
    await there.getByTestId('view-host').click()
    await expect(there.getByTestId('host-elsewhere')).toContainText('lab-server')
    await pictured.shoot('5-elsewhere-host')
    await there.getByTestId('view-health').click()
    await expect(there.getByTestId('health').getByRole('alert')).toContainText('lab-server are on another')

    const asked = await there.evaluate<{ world: World; codes: string[] }>(`(async () => {
      const api = window.patchbay
      const transaction = ${JSON.stringify(await newestChange())}
      const answers = await Promise.all([
        api.compareSnapshot({ transaction }),
        api.restoreSnapshot({ transaction, moveTo: null }),
        api.planBridge({ nic: null, bridge: null }),
        api.addToHost({ kind: 'port-forward', port: '8080', machine: '192.168.122.5', machinePort: '' }),
        api.examine(),
        api.previewNetwork({ name: 'n', kind: 'bridged', bridge: 'br0', subnet: null, dhcp: null, ipv6: null,
          domain: null, mtu: null, links: [], mode: null, dns: true, isolatedPorts: false, start: true, autostart: false }),
      ])
      return { world: (await api.getWorld()).value, codes: answers.map(({ ok, failure }) => (ok ? 'ok' : failure.code)) }
    })()`)
    expect(asked.codes).toEqual(Array(6).fill('refused'))
    expect(asked.world).toMatchObject({
      host: { computer: 'another', hostname: 'lab-server', links: [], uplink: null },
      transactions: [],
      additions: [],
    })
    for (const words of ['snapshots', 'snapshot show latest', 'bridge undo', 'forward list', 'doctor']) {
      const { code, stderr } = await patchbay(`${words} --connect ${ELSEWHERE}`, [path])
      expect([words, code, stderr]).toEqual([words, 3, expect.stringContaining('lab-server are on another')])
    }
    const { stdout } = await patchbay(`status --json --connect ${ELSEWHERE}`, [path])
    expect(JSON.parse(stdout)).toMatchObject({ host: { hostname: 'lab-server', bridge: null }, pending: [] })
  } finally {
    await far.close()
    ssh.remove()
  }
})

const newestChange = async (): Promise<string> => {
  const { stdout } = await patchbay('snapshots --json')
  return (JSON.parse(stdout) as { transactions: { id: string }[] }).transactions[0]?.id ?? ''
}

test('the tray’s undo says what it takes, and moves the machine and undoes the bridge in one go', async () => {
  await panel.click('Undo last host change (br0 on enp3s0)…')
  await expect(page.getByTestId('undo-in-the-way')).toContainText('web01')
  const button = page.getByTestId('bridge-undo')
  await expect(button).toHaveText('Move web01 to NAT and undo br0')
  await shoot('6-undo-in-use')
  expect(await accessibilityFaults(page)).toEqual([])
  await button.click()
  await endOfHostChange(page)
  await shoot('7-undone')
  await page.getByTestId('bridge-close').click()
  await expect(page.getByTestId('network-lan-missing')).toBeVisible()
  expect((await lab.exec(['ip', 'link', 'show', 'br0'], { check: false })).code).not.toBe(0)
  expect(await guest.xml()).toContain(`<source network='default'`)
  expect(await guest.xml({ inactive: true })).toContain(`<source network='default'`)
})

test('a network in use is stopped once its machines are moved', async () => {
  await page.getByTestId('network-default').click()
  await page.getByTestId('network-stop-default').click()
  await expect(page.getByTestId('stop-network')).toContainText('web01')
  await expect(page.getByTestId('stop-network')).not.toContainText('spare')
  await page.getByTestId('field-moveTo').selectOption('network:services')
  await shoot('8-stop-in-use')
  await page.getByTestId('stop-network-now').click()
  await expect(page.getByTestId('network-default')).toContainText('Stopped')
  expect(await guest.xml()).toContain(`<source network='services'`)
  await page.getByTestId('machine-web01').click()
  await expect(page.getByTestId('inspector')).not.toContainText('patchbay ')
})
