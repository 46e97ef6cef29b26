import { describe, expect, it } from 'vitest'
import { variant } from '../../../electron/system/dbus-values'
import type { HostFacts } from '../../../electron/host/facts'
import { planBridge } from '../../../electron/host/bridge/plan-bridge'
import type { BridgePlan } from '../../../shared/helper/plan'
import { aHost, aLink, aProfile, aRoute } from './a-host'
import { someFacts } from './ifupdown/texts'
import { english } from '../../../shared/phrases/english'

function planned(facts: HostFacts): BridgePlan {
  const outcome = planBridge(facts, {})
  if (outcome.kind === 'refused') throw new Error(english(outcome.failure.message))
  return outcome.plan
}

const refusal = (facts: HostFacts): string => {
  const outcome = planBridge(facts, {})
  return outcome.kind === 'refused'
    ? `${english(outcome.failure.message)} | ${english(outcome.failure.hint ?? '')}`
    : 'planned'
}

type Kind = 'bond' | 'vlan'
type Manager = HostFacts['host']['manager']

/** The card's link, and the bond or VLAN on it that carries the uplink. */
function linksOf(kind: Kind, card: Parameters<typeof aLink>[0] = {}) {
  const fixed = [{ family: 4, ip: '10.77.0.50', prefix: 24, origin: 'static' } as const]
  return kind === 'bond'
    ? [
        aLink({ name: 'lan', index: 9, kind, addresses: fixed }),
        aLink({ master: 'lan', addresses: [], ...card }),
        aLink({ name: 'enp4s0', index: 3, master: 'lan', addresses: [] }),
      ]
    : [
        aLink({ name: 'lan', index: 9, kind, parent: 'enp3s0', addresses: fixed }),
        aLink({ addresses: [], ...card }),
      ]
}

const address = [{ address: variant('s', '10.77.0.50'), prefix: variant('u', 24) }]
const profileOf = (kind: Kind) =>
  aProfile(
    { type: kind, interfaceName: 'lan' },
    { [kind]: {}, ipv4: { method: variant('s', 'manual'), 'address-data': variant('aa{sv}', address) } },
  )

const making: Record<Kind, string> = {
  bond: ' bond-slaves enp3s0 enp4s0\n',
  vlan: ' vlan-raw-device enp3s0\n vlan-id 5\n',
}

/** A host whose uplink is `lan`. */
function hostOn(kind: Kind, manager: Manager, card: Parameters<typeof aLink>[0] = {}): HostFacts {
  const facts = aHost({
    links: linksOf(kind, card),
    routes: [aRoute({ link: 'lan', protocol: 'static' })],
    profiles: [profileOf(kind)],
    manager,
    ...(manager === 'networkmanager' ? {} : { networkManager: null }),
  })
  const text = '[Match]\nName=lan\n[Network]\nAddress=10.77.0.50/24\nGateway=10.77.0.1\n'
  const file = { path: '/etc/systemd/network/30-lan.network', text, stamp: '' }
  return {
    ...facts,
    networkd: [{ name: 'lan', state: 'configured', file, dropIns: [], lease: null, dhcp6Iaid: null }],
    ifupdown: someFacts(`iface lan inet static\n address 10.77.0.50/24\n${making[kind]}`, { up: [] }),
  }
}

const managers = ['networkmanager', 'systemd-networkd', 'netplan', 'ifupdown', 'none'] as const
const cases = (['bond', 'vlan'] as const).flatMap((kind) =>
  managers.map((manager) => [kind, manager] as const),
)

describe('a bond or a VLAN as the bridge’s port', () => {
  it.each(cases)('%s, %s: is planned, and what it stands on stays', (kind, manager) => {
    const plan = planned(hostOn(kind, manager))
    expect(plan).toMatchObject({ nic: 'lan', bridge: 'br0' })
    expect(plan.moves.addresses.map(({ ip }) => ip)).toEqual(['10.77.0.50'])
    const role = kind === 'bond' ? 'bond' : 'VLAN on enp3s0'
    expect(plan.after[1]).toMatchObject({ link: 'lan', role: `${role}, port of br0` })
    expect(plan.changes.filter(({ target }) => /enp3s0|enp4s0/.test(target))).toEqual([])
  })

  it.each(cases)('%s, %s: is refused over a Wi-Fi card', (kind, manager) => {
    expect(refusal(hostOn(kind, manager, { kind: 'wifi' }))).toMatch(
      /lan sends through the Wi-Fi card enp3s0.*NAT/,
    )
  })

  it('is refused for a mode that changes MAC addresses, also below a VLAN', () => {
    const facts = { ...hostOn('bond', 'none'), bondModes: { lan: 'balance-alb' } }
    expect(refusal(facts)).toMatch(/lan has the mode balance-alb.*active-backup/)
    expect(refusal({ ...facts, bondModes: { lan: '802.3ad' } })).toBe('planned')
    const below = hostOn('vlan', 'none', { kind: 'bond' })
    expect(refusal({ ...below, bondModes: { enp3s0: 'balance-tlb' } })).toMatch(
      /enp3s0 below lan.*balance-tlb/,
    )
  })

  it('does not go round in circles where links stand on each other', () => {
    const links = [
      aLink({ name: 'a', kind: 'vlan', parent: 'b' }),
      aLink({ name: 'b', kind: 'vlan', parent: 'a' }),
    ]
    expect(refusal(aHost({ links, routes: [aRoute({ link: 'a' })] }))).toMatch(/profile/)
  })

  it('is refused where a port names the bond’s profile, which another one takes the place of', () => {
    const bond = profileOf('bond')
    const connection = { master: variant('s', bond.uuid) }
    const port = aProfile({ id: 'Port', uuid: 'p', interfaceName: 'enp3s0' }, { connection })
    const facts = hostOn('bond', 'networkmanager')
    const profiles = [bond, port]
    const networkManager = facts.networkManager && { ...facts.networkManager, profiles }
    expect(refusal({ ...facts, networkManager })).toMatch(/“Port”.*nmcli connection modify p master lan/)
    const byName = { ...port, settings: { connection: { master: variant('s', 'lan') } } }
    const named = facts.networkManager && { ...facts.networkManager, profiles: [bond, byName] }
    expect(refusal({ ...facts, networkManager: named })).toBe('planned')
  })
})

describe('VLANs on the card', () => {
  it.each(managers.filter((manager) => manager !== 'none'))('%s: stay on it, and it is said', (manager) => {
    const facts = hostOn('vlan', manager)
    const links = [aLink({ name: 'lan', kind: 'vlan', parent: 'enp3s0', addresses: [] }), aLink()]
    const card = {
      ...aHost({ links, manager, ...(manager === 'networkmanager' ? {} : { networkManager: null }) }),
      networkd: facts.networkd.map((link) => ({ ...link, name: 'enp3s0' })),
      ifupdown: someFacts('iface enp3s0 inet dhcp\niface lan inet dhcp\n vlan-raw-device enp3s0\n'),
    }
    expect(
      planned(card)
        .notices.map(({ text }) => english(text))
        .join(),
    ).toMatch(/lan on enp3s0 work as before/)
  })
})
