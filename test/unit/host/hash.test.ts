import { describe, expect, it } from 'vitest'
import { variant } from '../../../electron/system/dbus-values'
import type { HostFacts } from '../../../electron/host/facts'
import { hostHash } from '../../../electron/host/bridge/host-hash'
import { networkManagerPlan } from '../../../electron/host/managers/network-manager/plan'
import { aHost, aLink, aProfile, aRoute } from './a-host'

const hash = (facts: HostFacts): string =>
  hostHash(facts, 'enp3s0', 'br0', networkManagerPlan.matter(facts, 'enp3s0'))
const usual = hash(aHost())

describe('the hash of the host', () => {
  const unimportant: Record<string, HostFacts> = {
    'a machine that starts': aHost({
      links: [aLink(), aLink({ name: 'vnet0', kind: 'tap', master: 'virbr0' })],
    }),
    'the time of the profile’s last use': aHost({
      profiles: [
        aProfile({}, { connection: { ...aProfile().settings.connection, timestamp: variant('t', 17) } }),
      ],
    }),
    'a link-local address': aHost({
      links: [
        aLink({
          addresses: [...aLink().addresses, { family: 6, ip: 'fe80::1', prefix: 64, origin: 'link-local' }],
        }),
      ],
    }),
    'a remote session': aHost({ remote: true }),
  }
  it.each(Object.entries(unimportant))('stays with %s', (_name, facts) => {
    expect(hash(facts)).toBe(usual)
  })

  it('stays when the kernel lists routes in another order', () => {
    const routes = [aRoute(), aRoute({ to: '10.8.0.0/16', protocol: 'static' })]
    expect(hash(aHost({ routes }))).toBe(hash(aHost({ routes: [...routes].reverse() })))
  })

  const important: Record<string, HostFacts> = {
    'another address': aHost({ links: [aLink({ addresses: [] })] }),
    'another gateway': aHost({ routes: [aRoute({ via: '10.77.0.2' })] }),
    'another MAC address': aHost({ links: [aLink({ mac: '02:00:00:00:00:09' })] }),
    'another name server': aHost({ dns: { servers: ['9.9.9.9'], search: [] } }),
    'an edited profile': aHost({ profiles: [aProfile({}, { ipv4: { method: variant('s', 'manual') } })] }),
    'a link with the bridge’s name': aHost({ links: [aLink(), aLink({ name: 'br0', kind: 'bridge' })] }),
  }
  it.each(Object.entries(important))('changes with %s', (_name, facts) => {
    expect(hash(facts)).not.toBe(usual)
  })
})
