import { describe, expect, it } from 'vitest'
import {
  bridgePaths,
  bridgeTexts,
  type BridgeTraits,
  immovable,
} from '../../../../electron/host/managers/networkd/bridge-files'
import type { NetworkdLink } from '../../../../electron/host/managers/networkd/facts'

const PATH = '/etc/systemd/network/20-wired.network'

function aLink(text: string, parts: Partial<NetworkdLink> & { path?: string } = {}): NetworkdLink {
  const { path = PATH, ...rest } = parts
  return {
    name: 'enp3s0',
    state: 'configured',
    file: { path, text, stamp: '' },
    dropIns: [],
    lease: null,
    dhcp6Iaid: null,
    ...rest,
  }
}

const traits: BridgeTraits = {
  nic: 'enp3s0',
  bridge: 'br0',
  mac: '02:70:62:00:00:03',
  mtu: 1500,
  addresses: [],
}

/** What is written, without the note at the top. */
const body = (text: string): string => text.replace(/^(#.*\n)+\n/, '')

const dhcp = '[Match]\nName=enp3s0\n\n[Network]\nDHCP=yes\n'

/** As systemd 252 has written it down of a client with its usual identifier. */
const lease = { ADDRESS: '10.77.0.124', CLIENTID: 'ff9437878d00020000ab1182ed1a3f64b5e2de' }

describe('the three files', () => {
  it('make the bridge the same client, and the NIC its port', () => {
    const { netdev, bridge, port } = bridgeTexts(aLink(dhcp, { lease }), traits)
    expect(netdev).toBe(`# Made by Patchbay. It comes before the file below, which stays as it is:
# ${PATH}

[NetDev]
Name=br0
Kind=bridge
MACAddress=02:70:62:00:00:03

[Bridge]
STP=no
ForwardDelaySec=0
`)
    expect(body(bridge)).toBe(`[Match]
Name=br0

[Network]
DHCP=yes

[DHCPv4]
IAID=2486667149

[DHCPv6]
IAID=2486667149
`)
    expect(body(port)).toBe(`[Match]
Name=enp3s0

[Network]
Bridge=br0
LinkLocalAddressing=no

[Link]
RequiredForOnline=no
`)
  })

  it('take everything about the network along, in order, and what is unknown', () => {
    const network = `[Network]
Address=10.0.0.5/24
Gateway=10.0.0.1
Domains=desk.test

[Address]
Address=10.0.0.6/24
RouteMetric=50

[Route]
Destination=10.88.0.0/16
Gateway=10.0.0.9

[Route]
Gateway=10.0.0.9
Table=100

[X-Unknown]
Whatever=a=b
`
    const { bridge } = bridgeTexts(aLink(`[Match]\nMACAddress=02:70:62:00:00:03\n\n${network}`), traits)
    expect(body(bridge)).toBe(`[Match]\nName=br0\n\n${network}`)
  })

  it('say of the bridge what was said of the NIC', () => {
    const text = `[Network]
DNS=fe80::1%enp3s0#router.test 10.0.0.1
BindCarrier=enp3s0 enp4s0
[RoutingPolicyRule]
IncomingInterface=enp3s0
OutgoingInterface=enp3s01
[Route]
MultiPathRoute=10.0.0.9@enp3s0 20
[IPv6SendRA]
UplinkInterface=enp3s0
`
    const { bridge } = bridgeTexts(aLink(text), traits)
    expect(bridge).toContain('DNS=fe80::1%br0#router.test 10.0.0.1\n')
    expect(bridge).toContain('BindCarrier=br0 enp4s0\n')
    expect(bridge).toContain('IncomingInterface=br0\nOutgoingInterface=enp3s01\n')
    expect(bridge).toContain('MultiPathRoute=10.0.0.9@br0 20\n')
    expect(bridge).toContain('UplinkInterface=br0\n')
  })

  it('leave with the card what is about the card', () => {
    const text = `[Link]
MACAddress=02:00:00:00:00:09
Group=7
RequiredForOnline=routable
ActivationPolicy=manual
[Network]
DHCP=ipv4
LLDP=yes
VLAN=office
[SR-IOV]
VirtualFunction=0
[FairQueueing]
Parent=root
`
    const { bridge, port } = bridgeTexts(aLink(text), traits)
    expect(body(bridge)).toBe(`[Match]
Name=br0

[Link]
Group=7
RequiredForOnline=routable
ActivationPolicy=manual

[Network]
DHCP=ipv4
`)
    expect(body(port)).toBe(`[Match]
Name=enp3s0

[Network]
Bridge=br0
LinkLocalAddressing=no

[Link]
MACAddress=02:00:00:00:00:09
ActivationPolicy=manual

[Link]
RequiredForOnline=no

[Network]
LLDP=yes
VLAN=office

[SR-IOV]
VirtualFunction=0

[FairQueueing]
Parent=root
`)
  })

  it('state an unusual size of packets everywhere, as it is now', () => {
    const texts = bridgeTexts(aLink('[Link]\nMTUBytes=9K\n'), { ...traits, mtu: 9000 })
    for (const text of Object.values(texts) as string[]) {
      expect(text.match(/MTUBytes=.*/g)).toEqual(['MTUBytes=9000'])
    }
  })

  it('have the drop-ins after the file, each from its own beginning', () => {
    const dropIns = [
      { path: `${PATH}.d/a.conf`, text: 'Stray=1\n[Network]\nDNS=10.0.0.2\n', stamp: '' },
      { path: `${PATH}.d/b.conf`, text: '[Network]\nDHCP=no\n', stamp: '' },
    ]
    const { bridge } = bridgeTexts(aLink(dhcp, { dropIns }), traits)
    expect(body(bridge)).toBe(
      '[Match]\nName=br0\n\n[Network]\nDHCP=yes\n\n[Network]\nDNS=10.0.0.2\n\n[Network]\nDHCP=no\n',
    )
  })
})

describe('the identity towards the router', () => {
  const iaids = (link: NetworkdLink): string[] => bridgeTexts(link, traits).bridge.match(/IAID=.*/g) ?? []

  it('stays as the user has stated it', () => {
    const text = '[Network]\nDHCP=yes\n[DHCP]\nIAID=7\n[DHCPv6]\nIAID=8\n'
    expect(iaids(aLink(text, { lease }))).toEqual(['IAID=7', 'IAID=8'])
  })

  it('has nothing of the link when it is the MAC address', () => {
    const own = { CLIENTID: '01027062000003' }
    expect(iaids(aLink('[Network]\nDHCP=ipv4\n', { lease: own }))).toEqual([])
  })

  it('has nothing of the link when it is the machine’s alone', () => {
    const own = { CLIENTID: 'ff00020000ab1182ed1a3f64b5e2de' }
    const text = '[Network]\nDHCP=yes\n[DHCPv4]\nClientIdentifier=duid-only\n'
    expect(iaids(aLink(text, { lease: own }))).toEqual([])
    expect(iaids(aLink(text, { lease: own, dhcp6Iaid: 9 }))).toEqual(['IAID=9'])
  })

  it('keeps an address that was made of the link’s name', () => {
    const text = '[Network]\nDHCP=no\n[IPv6AcceptRA]\nToken=prefixstable\n'
    const addresses = [{ family: 6, ip: 'fd77::a:b:c:d', prefix: 64, origin: 'dynamic' }] as const
    expect(bridgeTexts(aLink(text), { ...traits, addresses }).bridge).toContain('Token=static:::a:b:c:d\n')
    expect(bridgeTexts(aLink(text), traits).bridge).toContain('Token=prefixstable\n')
  })
})

describe('what can’t go along', () => {
  it('is named', () => {
    expect(immovable(aLink('[Network]\nDHCP=yes\nMACVLAN=guests\n'))).toBe('MACVLAN=guests')
    expect(immovable(aLink('[Network]\nDHCP=yes\nVLAN=office\n'))).toBeNull()
    expect(immovable(aLink('[Network]\nBond=bond0\n'))).toBe('Bond=bond0')
    expect(immovable(aLink(dhcp))).toBeNull()
  })

  it('may stand in a drop-in', () => {
    const dropIns = [{ path: `${PATH}.d/a.conf`, text: '[Network]\nMACVLAN=guests\n', stamp: '' }]
    expect(immovable(aLink(dhcp, { dropIns }))).toBe('MACVLAN=guests')
  })
})

describe('the files’ names', () => {
  const pathOf = (path: string): string | undefined => bridgePaths(aLink(dhcp, { path }), 'br0')?.bridge

  it('come before the NIC’s own', () => {
    expect(pathOf(PATH)).toBe('/etc/systemd/network/05-patchbay-br0.network')
    expect(pathOf('/run/systemd/network/10-netplan-enp3s0.network')).toBe(
      '/etc/systemd/network/05-patchbay-br0.network',
    )
    expect(pathOf('/etc/systemd/network/01-first.network')).toBe(
      '/etc/systemd/network/00-patchbay-br0.network',
    )
    expect(pathOf('/etc/systemd/network/00-a.network')).toBe('/etc/systemd/network/0-patchbay-br0.network')
  })

  it('can’t come before every name', () => {
    expect(pathOf('/etc/systemd/network/-first.network')).toBeUndefined()
  })
})
