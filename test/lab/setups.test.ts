import { describe, expect, it } from 'vitest'
import { type FullLab, setupNames, startFullLab } from './index'
import { setupOf } from './setups'
import { managers } from './setups/setup'

describe('each way a workstation is set up', () => {
  it.concurrent.each(setupNames)('%s: has its network, before and after a reboot', async (name) => {
    const { manager, addresses, resolved = false } = setupOf(name)
    const lab = await startFullLab({ setup: name })
    try {
      const before = await look(lab)
      expect(before).toMatchObject({ running: [manager], resolved, failed: '', mac: lab.nicMac })
      if (addresses.length > 0) expect(before.addresses).toEqual([...addresses].sort())
      else expect(before.addresses).toEqual([expect.stringMatching(/^10\.77\.0\.1\d\d\/24$/)])
      expect(before.routes).toMatch(new RegExp(`^default via ${lab.router.address}\\b`, 'm'))
      await works(lab, before.addresses)

      await lab.reboot()
      expect(await look(lab)).toEqual(before)
      await works(lab, before.addresses)
    } finally {
      await lab.close()
    }
  })
})

async function look(lab: FullLab) {
  const out = async (...argv: string[]) => (await lab.exec(argv, { check: false })).stdout.trim()
  const isActive = async (unit: string) => (await out('systemctl', 'is-active', unit)) === 'active'
  const running = await Promise.all(
    Object.entries(managers).map(async ([manager, unit]) => ((await isActive(unit)) ? [manager] : [])),
  )
  const addresses = await out('ip', '-o', 'address', 'show', 'dev', lab.nic, 'scope', 'global')
  return {
    running: running.flat(),
    resolved: await isActive('systemd-resolved.service'),
    failed: await out('systemctl', '--failed', '--plain', '--no-legend'),
    mac: await out('cat', `/sys/class/net/${lab.nic}/address`),
    addresses: [...addresses.matchAll(/inet6? (\S+)/g)].map(([, address]) => address).sort(),
    routes: await out('ip', 'route', 'show', 'dev', lab.nic, 'table', 'all', 'type', 'unicast'),
    rules: await out('ip', 'rule'),
    resolver: await out('cat', '/etc/resolv.conf'),
  }
}

/** The router answers, names are found, and the LAN reaches every IPv4 address. */
async function works(lab: FullLab, addresses: readonly (string | undefined)[]): Promise<void> {
  await lab.exec(['ping', '-n', '-c', '1', '-W', '2', lab.router.address])
  expect((await lab.exec(['getent', 'hosts', 'host.lab.test'])).stdout).toContain(lab.lanHost.address)
  for (const address of addresses) {
    const [ip = ''] = address?.split('/') ?? []
    if (!ip.includes(':')) expect(await lab.lanHost.ping(ip), ip).toBe(true)
  }
}
