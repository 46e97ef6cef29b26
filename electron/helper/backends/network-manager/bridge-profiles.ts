import type { Link } from '../../../../shared/world/host'
import { isRecord, type Variant, variant } from '../../../system/dbus-values'
import type { HostFacts } from '../../../host/facts'
import type { NmDevice, NmSettings } from '../../../host/managers/network-manager/facts'
import {
  activeProfile,
  deviceOf,
  numberSetting,
  profileNames,
  textSetting,
} from '../../../host/managers/network-manager/profiles'
import { ipSettings, ruleSettings } from './addresses'
import { fixedTwin, leaseOf } from './lease'
import { clientPin, duidPin, metricPin, tokenPin } from './pins'

/**
 * The profiles that turn a NIC into a bridge's port, worked out from the profile the NIC has now. Pure.
 * Setting names and numbers: nm-settings-dbus(5) of NetworkManager 1.42.
 */
export interface BridgeProfiles {
  /** The bridge with the NIC's IP settings. */
  bridge: NmSettings
  /** The NIC as the bridge's port. */
  port: NmSettings
  /**
   * The bridge for its first moments, while the NIC still has the network too: it has the leased addresses as fixed
   * ones, so nobody waits for DHCP, and routes that nobody prefers. Its port is activated separately.
   */
  provisional: NmSettings
  /** The IPv4 addresses that move, and whether the router has leased any of them. */
  moved: { addresses: readonly string[]; leased: boolean }
}

export interface BridgeIdentity {
  nic: string
  bridge: string
  mac: string
  uuids: { bridge: string; port: string }
}

type Group = Readonly<Record<string, Variant>>

/** Outranks every other profile at the next start: the highest value there is. */
const HIGHEST_PRIORITY = 999
/** Behind every route of a NIC, a Wi-Fi card or a modem. */
const UNLOVED_METRIC = 30_000

/** Setting groups that belong to the link itself, and to how a bond or VLAN is made; all others describe the connection and go to the bridge. */
const CARD_GROUPS = ['802-3-ethernet', 'ethtool', 'dcb', 'sriov', 'tc', 'link', 'bond', 'vlan']
/** Groups that stay behind: what identifies the old profile, and the user's own notes in it. */
const LEFT_BEHIND = ['connection', 'match', 'user']
/** Keys of `connection` that describe the network; the others identify the profile or say when it starts. */
const NETWORK_KEYS = [
  ...['zone', 'mdns', 'llmnr', 'dns-over-tls', 'metered', 'secondaries', 'stable-id'],
  ...['gateway-ping-timeout', 'mud-url'],
]

/** Throws an `Error` when the NIC has no active profile; the planner has refused that before. */
export function deriveProfiles(facts: HostFacts, identity: BridgeIdentity): BridgeProfiles {
  const original = activeProfile(facts, identity.nic)?.settings
  const device = deviceOf(facts, identity.nic)
  const link = facts.host.links.find(({ name }) => name === identity.nic)
  if (!original || !device || !link) throw new Error(`${identity.nic} has no active profile`)

  const mtu = numberSetting(original, '802-3-ethernet', 'mtu') ?? (link.mtu === 1500 ? 0 : link.mtu)
  const ipv4 = {
    ...ipSettings(original, 'ipv4'),
    ...ruleSettings(original, 'ipv4', identity),
    ...metricPin(facts, identity.nic, original, 4),
    ...clientPin(device, original, link.mac),
  }
  const ipv6 = {
    ...ipSettings(original, 'ipv6'),
    ...ruleSettings(original, 'ipv6', identity),
    ...metricPin(facts, identity.nic, original, 6),
    ...duidPin(device),
    ...tokenPin(original, link.addresses, identity.mac),
  }
  const rest = without(original, [...CARD_GROUPS, ...LEFT_BEHIND, 'ipv4', 'ipv6'])
  const names = profileNames(identity.bridge, identity.nic)
  const bridge: NmSettings = {
    ...rest,
    connection: {
      ...pick(original.connection ?? {}, NETWORK_KEYS),
      id: variant('s', names.bridge),
      uuid: variant('s', identity.uuids.bridge),
      type: variant('s', 'bridge'),
      'interface-name': variant('s', identity.bridge),
      autoconnect: variant('b', true),
      'autoconnect-priority': variant('i', HIGHEST_PRIORITY),
      'autoconnect-slaves': variant('i', 1),
    },
    bridge: { stp: variant('b', false), 'forward-delay': variant('u', 0) },
    '802-3-ethernet': { 'assigned-mac-address': variant('s', identity.mac), ...mtuSetting(mtu) },
    ipv4,
    ipv6,
  }
  return {
    bridge,
    provisional: {
      ...bridge,
      connection: { ...bridge.connection, 'autoconnect-slaves': variant('i', 0) },
      ipv4: { ...ipv4, ...leaseCopy(facts, identity.nic, original), ...unloved(original, 'ipv4') },
      ipv6: { ...ipv6, ...unloved(original, 'ipv6') },
    },
    moved: movedFrom(link),
    port: {
      ...pick(original, CARD_GROUPS),
      connection: {
        ...pick(original.connection ?? {}, ['lldp']),
        id: variant('s', names.port),
        uuid: variant('s', identity.uuids.port),
        type: variant('s', textSetting(original, 'connection', 'type') ?? '802-3-ethernet'),
        'interface-name': variant('s', identity.nic),
        autoconnect: variant('b', true),
        'autoconnect-priority': variant('i', HIGHEST_PRIORITY),
        master: variant('s', identity.uuids.bridge),
        'slave-type': variant('s', 'bridge'),
        // A bond brings its own ports along, whatever their profiles say.
        ...(original.bond && { 'autoconnect-slaves': variant('i', 1) }),
      },
      '802-3-ethernet': { ...cardGroup(original, device, identity.mac), ...mtuSetting(mtu) },
    },
  }
}

const mtuSetting = (mtu: number): Group => (mtu === 0 ? {} : { mtu: variant('u', mtu) })

/** The card keeps the MAC address it has now, also where the profile or a global default made it up. */
function cardGroup(settings: NmSettings, device: NmDevice, mac: string): Group {
  const group = without(settings['802-3-ethernet'] ?? {}, [
    'cloned-mac-address',
    'assigned-mac-address',
    'mtu',
  ])
  const madeUp = textSetting(settings, '802-3-ethernet', 'assigned-mac-address') !== undefined
  const burntIn = device.permanentMac === null || device.permanentMac === mac
  return madeUp || !burntIn ? { ...group, 'assigned-mac-address': variant('s', mac) } : group
}

/** Metrics that leave the NIC's own routes preferred as long as they exist. */
function unloved(settings: NmSettings, family: 'ipv4' | 'ipv6'): Group {
  const metric = variant('u', UNLOVED_METRIC)
  const routes: unknown = settings[family]?.['route-data']?.value
  return {
    'route-metric': variant('x', UNLOVED_METRIC),
    ...(Array.isArray(routes) && {
      'route-data': variant(
        'aa{sv}',
        routes.filter(isRecord).map((route) => ({ ...route, metric })),
      ),
    }),
  }
}

function movedFrom(link: Link): BridgeProfiles['moved'] {
  const moving = link.addresses.filter(({ family, origin }) => family === 4 && origin !== 'link-local')
  return { addresses: moving.map(({ ip }) => ip), leased: moving.some(({ origin }) => origin === 'dynamic') }
}

/** The leased addresses as fixed ones, in addition to DHCP, which meanwhile may take as long as it likes. */
function leaseCopy(facts: HostFacts, nic: string, settings: NmSettings): Group {
  const lease = leaseOf(facts, nic)
  return lease ? fixedTwin(settings, lease) : {}
}

function pick<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keys.includes(key)))
}

function without<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)))
}
