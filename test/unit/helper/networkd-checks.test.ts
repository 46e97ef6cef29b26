import { expect, it } from 'vitest'
import { checks } from '../../../electron/helper/backends/networkd/checks'
import type { Change } from '../../../electron/helper/change/change'
import type { HostFacts } from '../../../electron/host/facts'
import { aHost } from '../host/a-host'

const FOLDER = '/etc/systemd/network'
const original = `${FOLDER}/20-wired.network`
const paths = {
  netdev: `${FOLDER}/05-patchbay-br0.netdev`,
  bridge: `${FOLDER}/05-patchbay-br0.network`,
  port: `${FOLDER}/05-patchbay-br0-port.network`,
}
const change = { nic: 'enp3s0', bridge: 'br0', own: { original, paths, leased: true } } as Change

/** A host where networkd has these links, each with a file and how far it is with it. */
function facts(links: Readonly<Record<string, readonly [path: string, state: string]>>): HostFacts {
  const networkd = Object.entries(links).map(([name, [path, state]]) => ({
    name,
    state,
    file: { path, text: '', stamp: '' },
    dropIns: [],
    lease: null,
    dhcp6Iaid: null,
  }))
  return { ...aHost(), networkd }
}

const isGood = (side: 'nic' | 'bridge', links: Parameters<typeof facts>[0]): boolean =>
  checks(side, facts(links), change).every(({ ok }) => ok)

it('is content when networkd has our files in force for both links', () => {
  const port = [paths.port, 'configured'] as const
  expect(isGood('bridge', { br0: [paths.bridge, 'configured'], enp3s0: port })).toBe(true)
  expect(isGood('bridge', { br0: [original, 'configured'], enp3s0: port })).toBe(false)
  expect(isGood('bridge', { br0: [paths.bridge, 'configured'], enp3s0: [original, 'configured'] })).toBe(
    false,
  )
  expect(isGood('bridge', { br0: [paths.bridge, 'configured'] })).toBe(false)
})

it('wants the NIC’s own file back, and takes a silent router for no failure', () => {
  expect(isGood('nic', { enp3s0: [original, 'configured'] })).toBe(true)
  expect(isGood('nic', { enp3s0: [original, 'configuring'] })).toBe(true)
  expect(isGood('nic', { enp3s0: [original, 'failed'] })).toBe(false)
  expect(isGood('nic', { enp3s0: [paths.port, 'configured'] })).toBe(false)
})

it('says which link networkd left alone', () => {
  expect(checks('nic', facts({}), change)).toEqual([
    { name: 'systemd-networkd', ok: false, detail: 'systemd-networkd leaves enp3s0 alone' },
  ])
})
