import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveProfiles } from '../../../../electron/helper/backends/network-manager/bridge-profiles'
import type { HostFacts } from '../../../../electron/host/facts'
import type { NmProfile, NmSettings } from '../../../../electron/host/managers/network-manager/facts'
import { planBridge } from '../../../../electron/host/bridge/plan-bridge'
import { aHost, MAC } from '../a-host'
import { anyRival, chosenFor, profileFor, readProfile } from './network-manager'
import { anyNetwork, linkOf, type Network, routesOf, sorted } from './networks'
import { english } from '../../../../shared/phrases/english'

const NIC = 'enp3s0'
const identity = { nic: NIC, bridge: 'br0', mac: MAC, uuids: { bridge: 'uuid-b', port: 'uuid-p' } }

interface Case {
  network: Network
  profile: NmProfile
  rivals: NmProfile[]
  facts: HostFacts
}

const anyCase: fc.Arbitrary<Case> = anyNetwork
  .chain((network) =>
    fc.record({
      network: fc.constant(network),
      profile: profileFor(network, NIC),
      rivals: fc.array(anyRival(NIC), { maxLength: 4 }),
    }),
  )
  .map(({ network, profile, rivals }) => {
    const parts = { links: [linkOf(network, NIC)], routes: routesOf(network, NIC) }
    const facts = aHost({ ...parts, profiles: [profile, ...rivals] })
    // The profile in force is the card's own, not a rival of the same link.
    const devices = (facts.networkManager?.devices ?? []).map((one) => ({ ...one, profile: profile.uuid }))
    const networkManager = facts.networkManager && { ...facts.networkManager, devices }
    return { network, profile, rivals, facts: { ...facts, networkManager } }
  })

/** Every key of a group that is not found again, with the same value. */
const missing = (from: NmSettings, group: string, to: NmSettings): string[] =>
  Object.entries(from[group] ?? {})
    .filter(([key, { value }]) => JSON.stringify(to[group]?.[key]?.value) !== JSON.stringify(value))
    .map(([key]) => key)

describe('NetworkManager: the profiles for any network', () => {
  it('give the bridge every address, route, name server and search domain, and nothing else', () => {
    fc.assert(
      fc.property(anyCase, ({ network, facts }) => {
        const { bridge } = deriveProfiles(facts, identity)
        const { fixed, routes, dns, search, leased, advertised } = readProfile(bridge)
        expect(sorted(fixed)).toEqual(sorted(network.fixed))
        expect(sorted(routes)).toEqual(sorted(network.routes))
        expect([sorted(dns), search]).toEqual([sorted(network.dns), network.search])
        expect({ leased, advertised }).toEqual({ leased: network.leased, advertised: network.advertised })
      }),
    )
  })

  it('have every other setting on one side or the other, and rules by the card’s name for the bridge', () => {
    fc.assert(
      fc.property(anyCase, ({ profile: { settings }, network, facts }) => {
        const { bridge, port } = deriveProfiles(facts, identity)
        const twins = ['addresses', 'routes']
        expect(missing(settings, 'ipv4', bridge).filter((key) => !twins.includes(key))).toEqual(
          settings.ipv4?.['routing-rules'] ? ['routing-rules'] : [],
        )
        expect(JSON.stringify(bridge)).not.toContain(`"${NIC}"`)
        if (settings.ipv4?.['routing-rules'])
          expect(JSON.stringify(bridge.ipv4)).toContain('ifname":{"signature":"s","value":"br0"')
        expect(missing(settings, 'ipv6', bridge).filter((key) => !twins.includes(key))).toEqual([])
        expect(missing(settings, 'proxy', bridge)).toEqual([])
        expect(missing(settings, '802-3-ethernet', port)).toEqual([])
        expect(missing(settings, 'ethtool', port)).toEqual([])
        const kept = missing(settings, 'connection', bridge)
        for (const key of ['zone', 'mdns', 'metered']) expect(kept).not.toContain(key)
        if (network.mtu !== 1500) expect(bridge['802-3-ethernet']?.mtu?.value).toBe(network.mtu)
        expect([port.ipv4, port.ipv6]).toEqual([undefined, undefined])
      }),
    )
  })

  it('say at first all that they say later, behind every other route', () => {
    fc.assert(
      fc.property(anyCase, ({ network, facts }) => {
        const provisional = readProfile(deriveProfiles(facts, identity).provisional)
        const fixed = sorted(provisional.fixed)
        for (const address of sorted(network.fixed)) expect(fixed).toContain(address)
        expect(provisional.routes).toHaveLength(network.routes.length)
        for (const { metric } of provisional.routes) expect(metric).toBeGreaterThan(10_000)
      }),
    )
  })

  it('win the card at the next start, or the plan says which profile may', () => {
    fc.assert(
      fc.property(anyCase, ({ profile, rivals, facts }) => {
        const { port } = deriveProfiles(facts, identity)
        const all = [profile, ...rivals].map(({ settings }) => settings)
        const winners = chosenFor(NIC, [...all, port])
        expect(winners).toContain(port)
        const outcome = planBridge(facts, { nic: NIC })
        if (outcome.kind === 'refused') return
        const warned = outcome.plan.notices
          .filter(({ severity }) => severity === 'warning')
          .map(({ text }) => english(text))
        const equal = [profile, ...rivals].filter(({ settings }) => winners.includes(settings))
        for (const { id } of equal) expect(warned.join()).toContain(`“${id}”`)
      }),
    )
  })

  it('touch no other profile, and are told from all of them, so that undo can take just these away', () => {
    fc.assert(
      fc.property(anyCase, ({ facts }) => {
        const before = structuredClone(facts)
        const { bridge, port } = deriveProfiles(facts, identity)
        expect(facts).toEqual(before)
        expect([bridge, port].map(({ connection }) => connection?.uuid?.value)).toEqual(['uuid-b', 'uuid-p'])
        expect(port.connection?.master?.value).toBe('uuid-b')
      }),
    )
  })
})
