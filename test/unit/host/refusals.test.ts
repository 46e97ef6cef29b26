import { describe, expect, it } from 'vitest'
import { type Variant, variant } from '../../../electron/system/dbus-values'
import { type Bus, DbusError } from '../../../electron/system/dbus'
import type { HostFacts } from '../../../electron/host/facts'
import { readFirewall, zonesFrom } from '../../../electron/host/firewalld'
import { linksFrom } from '../../../electron/host/links'
import { planBridge } from '../../../electron/host/bridge/plan-bridge'
import { isMultipath, routesFrom } from '../../../electron/host/routes'
import { linksSignedIn } from '../../../electron/host/wpa-supplicant'
import type { Link } from '../../../shared/world/host'
import { aHost, aLink, aProfile, aRoute } from './a-host'
import { someFacts } from './ifupdown/texts'
import { english } from '../../../shared/phrases/english'

/** What is said about the NIC; `planned` when nothing is. */
function said(facts: HostFacts, nic?: string): string {
  const outcome = planBridge(facts, { nic })
  if (outcome.kind === 'plan') return 'planned'
  const { message, hint = '', shellHint = '' } = outcome.failure
  return `${english(message)} | ${english(hint)} ${english(shellHint)}`
}

type Manager = HostFacts['host']['manager']

/** A host with a fixed address, so that the kernel alone could move it too. */
function hostBy(manager: Manager, more: Partial<HostFacts> = {}, text = ''): HostFacts {
  const links = [aLink({ addresses: [{ family: 6, ip: 'fd77::9', prefix: 64, origin: 'dynamic' }] })]
  const others = manager === 'networkmanager' ? {} : { networkManager: null }
  const file = {
    path: '/etc/systemd/network/20-wired.network',
    text: `[Network]\nDHCP=yes\n${text}`,
    stamp: '',
  }
  return {
    ...aHost({ links, manager, ...others }),
    networkd: [{ name: 'enp3s0', state: 'configured', file, dropIns: [], lease: null, dhcp6Iaid: null }],
    ifupdown: someFacts(`iface enp3s0 inet dhcp\n${text}`),
    ...more,
  }
}

const managers = ['networkmanager', 'systemd-networkd', 'netplan', 'ifupdown', 'none'] as const
const others = managers.filter((manager) => manager !== 'networkmanager')

describe.each(managers)('%s: refused, with the way out', (manager) => {
  const above = (changes: Partial<Link>): HostFacts => {
    const facts = hostBy(manager)
    const links = [...facts.host.links, aLink({ name: 'up0', parent: 'enp3s0', ...changes })]
    return { ...facts, host: { ...facts.host, links } }
  }

  it('nothing of it speaks against the host itself', () => {
    expect(said(hostBy(manager))).toBe('planned')
  })

  it.each(['macvlan', 'macvtap', 'other'] as const)('a link of the kind %s on the card', (kind) => {
    expect(said(above({ kind }))).toMatch(/enp3s0 carries up0.*Stop/)
  })

  it('a tunnel that is bound to the card', () => {
    expect(said(above({ kind: 'tunnel' }))).toMatch(/up0 sends through enp3s0.*set the tunnel up/)
  })

  it('a sign-in by 802.1X outside of NetworkManager', () => {
    expect(said(hostBy(manager, { signedIn: ['enp3s0'] }))).toMatch(/signs enp3s0 in by 802\.1X.*NAT/)
    expect(said(hostBy(manager, { signedIn: ['enp4s0'] }))).toBe('planned')
  })

  it('a policy rule by the card’s name that was set by hand', () => {
    const rules = { ipv4: [], ipv6: [{ priority: 500, iif: 'enp3s0', table: '100' }] }
    expect(said(hostBy(manager, { rules }))).toMatch(
      /policy rule 500 goes by the link enp3s0.*ip -6 rule delete priority 500/,
    )
    const byAddress = { ipv4: [{ priority: 500, src: '10.0.0.1' }], ipv6: [] }
    expect(said(hostBy(manager, { rules: byAddress }))).toBe('planned')
  })
})

describe('a policy rule by the card’s name goes along', () => {
  const rules = { ipv4: [{ priority: 500, oif: 'enp3s0' }], ipv6: [] }

  it('from the profile of NetworkManager', () => {
    const rule = (priority: number): Record<string, Variant> => ({
      ...{ family: variant('i', 2), priority: variant('u', priority), oifname: variant('s', 'enp3s0') },
    })
    const withRule = (priority: number): HostFacts => {
      const ipv4 = { method: variant('s', 'auto'), 'routing-rules': variant('aa{sv}', [rule(priority)]) }
      return { ...aHost({ profiles: [aProfile({}, { ipv4 })] }), rules }
    }
    expect(said(withRule(500))).toBe('planned')
    expect(said(withRule(501))).toMatch(/policy rule 500.*not in the profile/)
  })

  it('from the file of systemd-networkd', () => {
    const stated = (text: string): string =>
      said(hostBy('systemd-networkd', { rules }, `[RoutingPolicyRule]\n${text}`))
    expect(stated('OutgoingInterface=enp3s0\n')).toBe('planned')
    expect(stated('OutgoingInterface=enp3s0\nPriority=500\n')).toBe('planned')
    expect(stated('OutgoingInterface=enp3s0\nPriority=501\n')).toMatch(/rule 500.*not in \/etc/)
    expect(stated('OutgoingInterface=enp4s0\n')).toMatch(/rule 500/)
  })
})

describe('a route with several hops', () => {
  const route = { type: 'unicast', dst: '10.8.0.0/16', table: 'main', protocol: 'static' }
  const nexthops = [
    { gateway: '10.77.0.7', dev: 'enp3s0' },
    { gateway: '10.78.0.7', dev: 'enp4s0' },
  ]
  const multipath = routesFrom(
    4,
    [
      { ...route, nexthops },
      { ...route, dev: 'enp3s0' },
    ].filter(isMultipath),
  )
  const dest = { dest: variant('s', '10.8.0.0'), prefix: variant('u', 16) }
  const profile = aProfile({}, { ipv4: { 'route-data': variant('aa{sv}', [dest]) } })

  it.each(['ifupdown', 'none'] as const)(
    '%s: is refused, since the kernel’s move leaves it out',
    (manager) => {
      expect(said(hostBy(manager, { multipath }))).toMatch(/10\.8\.0\.0\/16 has several hops.*one hop/)
      expect(said(hostBy(manager, { multipath: multipath.slice(1) }))).toBe('planned')
    },
  )

  it('is the manager’s to set again where its configuration has it, and else refused', () => {
    expect(said({ ...aHost({ profiles: [profile] }), multipath })).toBe('planned')
    expect(said({ ...aHost(), multipath })).toMatch(/10\.8\.0\.0\/16 has several hops/)
    const networkd = (text: string): string => said(hostBy('systemd-networkd', { multipath }, text))
    expect(networkd('[Route]\nDestination=10.8.0.0/16\nMultiPathRoute=10.77.0.7\n')).toBe('planned')
    expect(networkd('')).toMatch(/10\.8\.0\.0\/16 has several hops/)
  })
})

describe('firewalld', () => {
  const firewall = (zones: Record<string, string>) => ({ firewall: { defaultZone: 'public', zones } })

  it.each(others)('%s: the bridge must not come into another zone', (manager) => {
    expect(said(hostBy(manager, firewall({ enp3s0: 'home' })))).toMatch(
      /enp3s0 in the zone “home”.*br0 in “public”.*--zone=home --change-interface=br0/,
    )
    expect(said(hostBy(manager, firewall({ enp3s0: 'home', br0: 'home' })))).toBe('planned')
    expect(said(hostBy(manager, firewall({})))).toBe('planned')
    expect(said(hostBy(manager, firewall({ br0: 'home' })))).toMatch(/br0 in “home”/)
  })

  it('networkmanager: the profile keeps the zone', () => {
    expect(said(hostBy('networkmanager', firewall({ enp3s0: 'home' })))).toBe('planned')
  })

  it('is asked only where it runs, and may refuse to tell', async () => {
    const asked = async (answers: Record<string, unknown>): Promise<[unknown, string[]]> => {
      const calls: string[] = []
      const call: Bus['call'] = ({ member }) => {
        calls.push(member)
        const answer = answers[member]
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve([answer])
      }
      const unused = (): never => {
        throw new Error('not needed')
      }
      const bus: Bus = { call, listen: unused, close: unused, closed: Promise.resolve() }
      return [await readFirewall(bus), calls]
    }
    const running = { NameHasOwner: true, getDefaultZone: 'public' }
    const getActiveZones = { home: { interfaces: ['enp3s0'] } }
    expect(await asked({ NameHasOwner: false })).toEqual([null, ['NameHasOwner']])
    const [facts] = await asked({ ...running, getActiveZones })
    expect(facts).toEqual({ defaultZone: 'public', zones: { enp3s0: 'home' } })
    const denied = new DbusError('org.fedoraproject.slip.dbus.service.PolKit.NotAuthorizedException', 'no')
    expect((await asked({ ...running, getActiveZones: denied }))[0]).toBeNull()
  })

  it('tells the zones of links', () => {
    const active = { home: { interfaces: ['enp3s0', 'wlan0'] }, internal: { sources: ['10.0.0.0/8'] } }
    expect(zonesFrom(active)).toEqual({ enp3s0: 'home', wlan0: 'home' })
    expect(zonesFrom('nonsense')).toEqual({})
  })
})

describe('a lease that nobody would renew', () => {
  it('is also one of DHCPv6', () => {
    const facts = hostBy('none')
    const leased = [{ family: 6, ip: 'fd77::7', prefix: 128, origin: 'dynamic' } as const]
    const host = { ...facts.host, links: [aLink({ addresses: leased })] }
    expect(said({ ...facts, host })).toMatch(/fd77::7.*nobody would renew/)
  })
})

describe('links that lead to no LAN of their own', () => {
  const upBy = (changes: Partial<Link>): HostFacts =>
    aHost({ links: [aLink(), aLink({ name: 'up0', ...changes })], routes: [aRoute({ link: 'up0' })] })

  it('dial-up, VPN, macvlan and unknown kinds', () => {
    expect(said(upBy({ kind: 'ppp' }))).toMatch(/up0, a dial-up connection.*Disconnect/)
    expect(said(upBy({ kind: 'tunnel' }))).toMatch(/up0, a VPN or tunnel.*Disconnect/)
    expect(said(upBy({ kind: 'macvlan' }))).toMatch(/up0 is no network card.*macvlan.*--nic/)
    expect(said(upBy({ kind: 'other' }))).toMatch(/up0 is no network card.*--nic/)
  })

  it('a card that serves another link already', () => {
    const served = (master: Partial<Link>): string =>
      said(aHost({ links: [aLink({ master: master.name ?? '' }), aLink(master)] }), 'enp3s0')
    expect(served({ name: 'team0', kind: 'bond' })).toMatch(/enp3s0 is a port of team0.*--nic/)
    expect(served({ name: 'virbr1', kind: 'bridge' })).toMatch(/bridge virbr1.*connect MACHINE bridge:virbr1/)
    expect(served({ name: 'ovs-system', kind: 'other' })).toMatch(/port of Open vSwitch.*--nic/)
  })

  it('a switch of Open vSwitch, which is not taken for a bridge that machines can be plugged into', () => {
    const raw = { ifindex: 1, ifname: 'ovs0', flags: [], mtu: 1500, link_type: 'ether' }
    const [link] = linksFrom([{ ...raw, linkinfo: { info_kind: 'openvswitch' } }], [], new Map())
    expect(link?.kind).toBe('open-vswitch')
    expect(said(upBy({ ...link, carrier: true }), 'ovs0')).toMatch(/ovs0 is no network card/)
  })
})

it('a sign-in is told by the command of wpa_supplicant', () => {
  const wired = ['/sbin/wpa_supplicant', '-c/etc/wpa_supplicant/a.conf', '-Dwired', '-ienp3s0']
  expect(linksSignedIn(wired)).toEqual(['enp3s0'])
  expect(linksSignedIn(['wpa_supplicant', '-B', '-i', 'enp3s0', '-D', 'wired', ''])).toEqual(['enp3s0'])
  expect(linksSignedIn(['/sbin/wpa_supplicant', '-u', '-s', '-O', 'DIR=/run/wpa_supplicant'])).toEqual([])
  expect(linksSignedIn(['grep', '-i', 'enp3s0'])).toEqual([])
})
