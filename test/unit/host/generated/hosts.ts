import fc from 'fast-check'
import type { HostFacts } from '../../../../electron/host/facts'
import type { NmProfile } from '../../../../electron/host/managers/network-manager/facts'
import type { HostManager, Link } from '../../../../shared/world/host'
import { aHost, aLink, anyRoute, aRoute } from '../a-host'
import { someFacts } from '../ifupdown/texts'
import { interfacesFiles } from './ifupdown'
import { anyRival, profileFor } from './network-manager'
import { networkdLink } from './networkd'
import { anyNetwork, linkOf, type Network, routesOf } from './networks'

export interface GeneratedHost {
  facts: HostFacts
  /** The link that has the network. */
  nic: string
  network: Network
}

const anyManager = fc.constantFrom<HostManager>(
  ...(['networkmanager', 'systemd-networkd', 'netplan', 'ifupdown', 'none', 'unknown'] as const),
)

/** The card itself, or what stands on it. */
const anyUplink = fc.constantFrom<Pick<Link, 'name' | 'kind'>>(
  ...[{ name: 'enp3s0', kind: 'ethernet' } as const, { name: 'eth0', kind: 'veth' } as const],
  ...[{ name: 'bond0', kind: 'bond' } as const, { name: 'enp9s0.7', kind: 'vlan' } as const],
)

/** What else a workstation has; some of it speaks against a bridge. */
const company = (nic: string): Link[] => [
  aLink({ name: 'lo', kind: 'loopback', mac: null, addresses: [] }),
  aLink({ name: 'wlan0', kind: 'wifi', carrier: false, addresses: [] }),
  aLink({ name: 'virbr0', kind: 'bridge', addresses: [] }),
  aLink({ name: 'vnet0', kind: 'tap', master: 'virbr0', addresses: [] }),
  aLink({ name: 'tun0', kind: 'tunnel', mac: null, addresses: [] }),
  aLink({ name: 'br0', kind: 'bridge', addresses: [] }),
  aLink({ name: 'office', kind: 'vlan', parent: nic, addresses: [] }),
  aLink({ name: 'macvtap0', kind: 'macvtap', parent: nic, addresses: [] }),
  aLink({ name: 'vxlan0', kind: 'tunnel', parent: nic, addresses: [] }),
  aLink({ name: 'enp5s0', kind: 'ethernet', master: 'bond0', addresses: [] }),
]

/** A host that somebody might have, by any manager, with anything around it. */
export const anyWorkstation: fc.Arbitrary<GeneratedHost> = fc
  .tuple(anyNetwork, anyUplink, anyManager)
  .chain(([network, uplink, manager]) => {
    const { name: nic, kind } = uplink
    const type = kind === 'bond' || kind === 'vlan' ? kind : '802-3-ethernet'
    return fc
      .record({
        links: fc.subarray(company(nic), { maxLength: 4 }),
        profile: profileFor(network, nic).map((one): NmProfile => ({ ...one, type })),
        rivals: fc.array(anyRival(nic), { maxLength: 2 }),
        networkd: networkdLink(network, nic),
        interfaces: interfacesFiles(network, nic),
        byNetplan: fc.constantFrom('networkd', 'networkmanager'),
        signedIn: fc.constantFrom<string[]>([], [], ['wlan0'], [nic]),
        zone: fc.constantFrom(null, 'public', 'public', 'home'),
        bondModes: fc.constantFrom<Record<string, string>>(
          {},
          { bond0: '802.3ad' },
          { bond0: 'balance-alb' },
        ),
        remote: fc.boolean(),
        carrier: fc.boolean(),
        metric: fc.constantFrom(0, 100),
        oddRoutes: fc.array(anyRoute(fc.constantFrom('tun0', 'enp5s0', nic)), { maxLength: 1 }),
      })
      .map((parts): GeneratedHost => {
        const card = { ...linkOf(network, nic), kind, carrier: parts.carrier || parts.remote }
        const withNm =
          manager === 'networkmanager' || (manager === 'netplan' && parts.byNetplan === 'networkmanager')
        const facts = aHost({
          links: [card, ...parts.links.filter(({ name }) => name !== nic)],
          routes: [
            ...routesOf(network, nic),
            aRoute({ link: nic, metric: parts.metric }),
            ...parts.oddRoutes,
          ],
          profiles: [parts.profile, ...parts.rivals],
          dns: { servers: network.dns, search: network.search },
          manager,
          remote: parts.remote,
          ...(withNm ? {} : { networkManager: null }),
        })
        return { nic, network, facts: { ...facts, ...surroundings(parts, nic) } }
      })
  })

interface Parts {
  networkd: HostFacts['networkd'][number]
  interfaces: Record<string, string>
  signedIn: string[]
  zone: string | null
  bondModes: Record<string, string>
}

const surroundings = ({ networkd, interfaces, signedIn, zone, bondModes }: Parts, nic: string) => ({
  ...{ networkd: [networkd], ifupdown: someFacts(interfaces, { up: [] }), signedIn, bondModes },
  firewall: zone === null ? null : { defaultZone: 'public', zones: { [nic]: zone } },
})
