import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addRequest, removeRequest } from '../../../shared/helper/protocol'
import { hostAddition, isSameAddition } from '../../../shared/helper/host-addition'

const forward = {
  kind: 'port-forward',
  protocol: 'tcp',
  hostPort: 8080,
  machine: '192.168.122.10',
  machinePort: 80,
  bridge: 'virbr0',
} as const

describe('a request for a host addition', () => {
  it('is taken as it is', () => {
    expect(addRequest.parse({ version: 1, addition: forward }).addition).toEqual(forward)
  })

  it.each([
    ['a path for a link', { kind: 'keep-router-advertisements', link: '../../x' }],
    ['a link with a blank', { kind: 'accept-services', bridge: 'virbr0 -j DROP' }],
    ['an option for a link', { kind: 'accept-forwarding', bridge: '-j' }],
    ['more than an address', { ...forward, machine: '192.168.122.10; flush ruleset' }],
    ['a subnet for a machine', { kind: 'host-access', link: 'enp3s0', machines: ['0.0.0.0/0'] }],
    ['a port that is none', { ...forward, hostPort: 65536 }],
    ['a port in words', { ...forward, machinePort: '80' }],
    ['a user by name', { kind: 'libvirt-group', user: 'dev' }],
    ['a file', { kind: 'bridge-past-iptables', path: '/etc/passwd' }],
    ['another kind', { kind: 'run', command: 'true' }],
  ])('with %s is refused', (_what, addition) => {
    expect(addRequest.safeParse({ version: 1, addition }).success).toBe(false)
  })

  it('names what is to be taken away by nothing but an id', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        fc.pre(!/^\d{8}-\d{6}-[0-9a-f]{4}$/.test(id))
        expect(removeRequest.safeParse({ version: 1, addition: id }).success).toBe(false)
      }),
    )
  })
})

describe('two additions', () => {
  it('are the same whatever the order of their fields', () => {
    const reversed = hostAddition.parse(Object.fromEntries(Object.entries(forward).reverse()))
    expect(isSameAddition(forward, reversed)).toBe(true)
    expect(isSameAddition(forward, { ...forward, hostPort: 8081 })).toBe(false)
  })
})
