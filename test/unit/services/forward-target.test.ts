import { describe, expect, it } from 'vitest'
import { forwardTo, parseHostPort } from '../../../electron/services/forward-target'
import { toFailure } from '../../../shared/failure'
import type { LibvirtNetwork } from '../../../shared/world/world'
import { machine, network, nic, world as aWorld } from '../shared/worlds'

const networkAt = (name: string, address: string, change: Partial<LibvirtNetwork> = {}): LibvirtNetwork =>
  network(name, {
    bridge: `virbr-${name}`,
    subnets: [{ family: 4, address, prefix: 24, dhcp: null, reservations: [] }],
    ...change,
  })

const addresses = [
  { ip: 'fd00::1', prefix: 64, source: 'agent' },
  { ip: '192.168.122.10', prefix: 24, source: 'lease' },
] as const

const world = {
  host: aWorld().host,
  machines: [machine('web01', { nics: [nic('52:54:00:00:00:01', { addresses })] })],
  networks: [
    networkAt('off', '192.168.122.1', { active: false }),
    networkAt('default', '192.168.122.1'),
    networkAt('quiet', '10.55.0.1', { kind: 'isolated' }),
  ],
}

const failureOf = (work: () => unknown): string => {
  try {
    work()
  } catch (thrown) {
    return toFailure(thrown).code
  }
  return 'none'
}

describe('a port forward', () => {
  const from = parseHostPort('8080')

  it.each([
    ['web01', '192.168.122.10', 8080],
    ['web01:80', '192.168.122.10', 80],
    ['192.168.122.77:80', '192.168.122.77', 80],
    ['192.168.122.77', '192.168.122.77', 8080],
  ])('to %s leads to %s port %i', (to, machine, machinePort) => {
    expect(forwardTo(world, from, to)).toEqual({
      kind: 'port-forward',
      protocol: 'tcp',
      hostPort: 8080,
      machine,
      machinePort,
      bridge: 'virbr-default',
    })
  })

  it.each([
    ['a machine on an isolated network', '10.55.0.7', 'refused'],
    ['an address of no network', '10.77.0.9:80', 'refused'],
    ['an unknown machine', 'nobody:80', 'not-found'],
    ['port 0', 'web01:0', 'usage'],
    ['a port beyond the last', 'web01:65536', 'usage'],
  ])('to %s is refused', (_what, to, code) => {
    expect(failureOf(() => forwardTo(world, from, to))).toBe(code)
  })

  it('leads to no address that a machine kept from a network where it is no longer', () => {
    const bridge = { type: 'bridge', bridge: 'br0' } as const
    const moved = nic('52:54:00:00:00:01', { live: bridge, saved: bridge, addresses })
    const now = { ...world, machines: [machine('web01', { state: 'running', nics: [moved] })] }
    expect(failureOf(() => forwardTo(now, from, 'web01:80'))).toBe('refused')
  })

  it.each([
    ['53/udp', { protocol: 'udp', hostPort: 53 }],
    ['8080/tcp', { protocol: 'tcp', hostPort: 8080 }],
  ])('from %s is understood', (text, port) => {
    expect(parseHostPort(text)).toEqual(port)
  })

  it.each(['', '0', '65536', '80/sctp', '-1', '8080:80', '1e3', '٨٠'])('from “%s” is no port', (text) => {
    expect(failureOf(() => parseHostPort(text))).toBe('usage')
  })
})
