import { describe, expect, it, vi } from 'vitest'
import { until } from './bridge-driver'
import { hostState, type HostState } from './host-state'
import { type FullLab, setupNames, startFullLab } from './index'
import { setupOf } from './setups'
import { managers } from './setups/setup'

// Each has a workstation of its own, and there are two processors.
vi.setConfig({ maxConcurrency: 3 })

describe('each way a workstation is set up', () => {
  it.concurrent.each(setupNames)('%s: has its network, before and after a reboot', async (name) => {
    const { manager, addresses, resolved = false } = setupOf(name)
    const lab = await startFullLab({ setup: name })
    try {
      const before = await hostState(lab)
      const own = before.addresses.filter((line) => line.startsWith(lab.nic))
      if (addresses.length > 0) {
        expect(own).toEqual(addresses.map((address) => `${lab.nic} ${address} fixed`).sort())
      } else expect(own).toEqual([expect.stringMatching(/^enp3s0 10\.77\.0\.1\d\d\/24 dynamic$/)])
      expect(before.routes.join('\n')).toMatch(new RegExp(`^default via ${lab.router.address}\\b`, 'm'))
      expect(before.links).toContain(`${lab.nic}  ${lab.nicMac} 1500`)
      const units = { running: [manager], resolved, failed: '' }
      expect(await services(lab)).toEqual(units)
      await works(lab, own)

      await lab.reboot()
      await remains(lab, before)
      expect(await services(lab)).toEqual(units)
      await works(lab, own)
    } finally {
      await lab.close()
    }
  })
})

/** What of all that could manage a network runs, and what did not start. */
async function services(lab: FullLab): Promise<{ running: string[]; resolved: boolean; failed: string }> {
  const out = async (...argv: string[]) => (await lab.exec(argv, { check: false })).stdout.trim()
  const isActive = async (unit: string) => (await out('systemctl', 'is-active', unit)) === 'active'
  const running = await Promise.all(
    Object.entries(managers).map(async ([manager, unit]) => ((await isActive(unit)) ? [manager] : [])),
  )
  return {
    running: running.flat(),
    resolved: await isActive('systemd-resolved.service'),
    failed: await out('systemctl', '--failed', '--plain', '--no-legend'),
  }
}

/** The router answers, names are found, and the LAN reaches every IPv4 address. */
async function works(lab: FullLab, addresses: readonly string[]): Promise<void> {
  await lab.exec(['ping', '-n', '-c', '1', '-W', '2', lab.router.address])
  expect((await lab.exec(['getent', 'hosts', 'host.lab.test'])).stdout).toContain(lab.lanHost.address)
  for (const address of addresses) {
    const [ip] = /\d+\.\d+\.\d+\.\d+/.exec(address) ?? []
    if (ip !== undefined) expect(await lab.lanHost.ping(ip), ip).toBe(true)
  }
}

/** Files to the byte as well, once what comes a moment after the network has come. */
async function remains(lab: FullLab, before: HostState): Promise<void> {
  const same = async (): Promise<boolean> => JSON.stringify(await hostState(lab)) === JSON.stringify(before)
  await until('the host as before', 20_000, same).catch(async () =>
    expect(await hostState(lab)).toEqual(before),
  )
}
