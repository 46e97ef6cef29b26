import fc from 'fast-check'
import { type Variant, variant } from '../../../../electron/system/dbus-values'
import type { NmProfile, NmSettings } from '../../../../electron/host/managers/network-manager/facts'
import { dataOf } from '../../../../electron/host/managers/network-manager/profiles'
import { aProfile } from '../a-host'
import type { Fixed, Network, Wanted } from './networks'

type Family = 4 | 6
const groupOf = (family: Family): 'ipv4' | 'ipv6' => `ipv${family}`
const TABLES: Readonly<Record<string, number>> = { '100': 100, '203': 203 }

/** What belongs to the card, and so to the port's profile. */
const anyCard: fc.Arbitrary<Record<string, Variant>> = fc.record(
  {
    'wake-on-lan': fc.constantFrom(1, 64).map((value) => variant('u', value)),
    speed: fc.constant(variant('u', 1000)),
    'auto-negotiate': fc.boolean().map((value) => variant('b', value)),
    'generate-mac-address-mask': fc.constant(variant('s', 'FE:FF:FF:00:00:00')),
  },
  { requiredKeys: [] },
)

/** Settings that a profile may have besides addresses; all of them must be found again. */
const anyIpExtras: fc.Arbitrary<Record<string, Variant>> = fc.record(
  {
    'may-fail': fc.boolean().map((value) => variant('b', value)),
    'never-default': fc.constant(variant('b', true)),
    'dhcp-hostname': fc.constant(variant('s', 'desk')),
    'dns-priority': fc.integer({ min: -50, max: 50 }).map((value) => variant('i', value)),
    'dns-options': fc.constant(variant('as', ['edns0'])),
    'route-table': fc.constantFrom(100, 203).map((value) => variant('u', value)),
    'ignore-auto-dns': fc.boolean().map((value) => variant('b', value)),
  },
  { requiredKeys: [] },
)

const anyConnection: fc.Arbitrary<Record<string, Variant>> = fc.record(
  {
    zone: fc.constantFrom('home', 'work').map((value) => variant('s', value)),
    mdns: fc.integer({ min: 0, max: 2 }).map((value) => variant('i', value)),
    metered: fc.constant(variant('i', 1)),
    'autoconnect-priority': fc.integer({ min: -999, max: 998 }).map((value) => variant('i', value)),
    permissions: fc.constant(variant('as', ['user:dev:'])),
    timestamp: fc.nat().map((value) => variant('t', value)),
  },
  { requiredKeys: [] },
)

/** A profile that says this network, made by hand or by netplan. */
export function profileFor(network: Network, nic: string): fc.Arbitrary<NmProfile> {
  return fc
    .record({
      card: anyCard,
      extras4: anyIpExtras,
      extras6: anyIpExtras,
      connection: anyConnection,
      file: fc.constantFrom(
        '/etc/NetworkManager/system-connections/Wired.nmconnection',
        `/run/NetworkManager/system-connections/netplan-${nic}.nmconnection`,
        null,
      ),
      rule: fc.option(fc.constantFrom('iifname', 'oifname'), { nil: null }),
    })
    .map(({ card, extras4, extras6, connection, file, rule }) => {
      const base = aProfile({ id: 'Wired', interfaceName: nic, file })
      const mtu = network.mtu === 1500 ? {} : { mtu: variant('u', network.mtu) }
      const rules = rule === null ? {} : { 'routing-rules': ruleBy(rule, nic) }
      const settings: NmSettings = {
        connection: { ...base.settings.connection, ...connection, 'interface-name': variant('s', nic) },
        '802-3-ethernet': { ...card, ...mtu },
        ethtool: { 'feature-gro': variant('b', false) },
        ipv4: { ...ip(network, 4), ...extras4, ...rules },
        ipv6: { ...ip(network, 6), ...extras6 },
        proxy: { method: variant('i', 0) },
      }
      return { ...base, settings }
    })
}

const ruleBy = (key: string, nic: string): Variant =>
  variant('aa{sv}', [
    {
      family: variant('i', 2),
      priority: variant('u', 500),
      [key]: variant('s', nic),
      table: variant('u', 100),
    },
  ])

function ip(
  { fixed, routes, dns, search, leased, advertised }: Network,
  family: Family,
): Record<string, Variant> {
  const own = fixed.filter((address) => address.family === family)
  const auto = family === 4 ? leased : advertised
  const data = own.map(({ ip: address, prefix }) => ({
    ...{ address: variant('s', address), prefix: variant('u', prefix) },
  }))
  const routeData = routes.filter((route) => route.family === family).map(routeRecord)
  const servers = dns.filter((server) => server.includes(':') === (family === 6))
  return {
    method: variant('s', auto ? 'auto' : own.length > 0 ? 'manual' : 'disabled'),
    'address-data': variant('aa{sv}', data),
    'route-data': variant('aa{sv}', routeData),
    addresses: variant('aau', []),
    routes: variant('aau', []),
    dns: variant(family === 4 ? 'au' : 'aay', servers),
    'dns-search': variant('as', search),
  }
}

const routeRecord = ({ to, via, metric, table, family }: Wanted): Record<string, Variant> => {
  const [dest = '', prefix = '0'] = to === 'default' ? [family === 4 ? '0.0.0.0' : '::', '0'] : to.split('/')
  return {
    ...{ dest: variant('s', dest), prefix: variant('u', Number(prefix)), 'next-hop': variant('s', via) },
    ...(metric !== null && { metric: variant('u', metric) }),
    ...(table !== 'main' && { table: variant('u', TABLES[table]) }),
  }
}

/** What a profile's settings come to. */
export function readProfile(settings: NmSettings): Omit<Network, 'mtu'> {
  const value = (family: Family, key: string): unknown => settings[groupOf(family)]?.[key]?.value
  const list = (family: Family, key: string): string[] => (value(family, key) ?? []) as string[]
  return {
    fixed: ([4, 6] as const).flatMap((family) =>
      dataOf(settings, groupOf(family), 'address-data').map(({ address, prefix }): Fixed => ({
        family,
        ip: String(address),
        prefix: Number(prefix),
      })),
    ),
    routes: ([4, 6] as const).flatMap((family) =>
      dataOf(settings, groupOf(family), 'route-data').map((route): Wanted => ({
        family,
        to: route.prefix === 0 ? 'default' : `${String(route.dest)}/${String(route.prefix)}`,
        via: String(route['next-hop']),
        metric: typeof route.metric === 'number' ? route.metric : null,
        table: typeof route.table === 'number' ? String(route.table) : 'main',
      })),
    ),
    dns: [...list(4, 'dns'), ...list(6, 'dns')],
    search: list(4, 'dns-search'),
    leased: value(4, 'method') === 'auto',
    advertised: value(6, 'method') === 'auto',
  }
}

/** Another profile that could take the card, or not. */
export const anyRival = (nic: string): fc.Arbitrary<NmProfile> =>
  fc
    .record({
      uuid: fc.uuid(),
      type: fc.constantFrom('802-3-ethernet', '802-3-ethernet', '802-11-wireless', 'vlan'),
      name: fc.constantFrom(nic, null, 'enp9s0'),
      autoconnect: fc.boolean(),
      priority: fc.constantFrom(0, 0, 5, -5, 998, 999),
      timestamp: fc.nat(1000),
    })
    .map(({ uuid, type, name, autoconnect, priority, timestamp }) =>
      aProfile(
        { uuid, id: `rival ${uuid.slice(0, 4)}`, type, interfaceName: name },
        {
          connection: {
            uuid: variant('s', uuid),
            type: variant('s', type),
            ...(name !== null && { 'interface-name': variant('s', name) }),
            ...(!autoconnect && { autoconnect: variant('b', false) }),
            'autoconnect-priority': variant('i', priority),
            timestamp: variant('t', timestamp),
          },
        },
      ),
    )

/** The profiles that NetworkManager would choose for a card at its start (nm-settings(5), connection.autoconnect-priority). */
export function chosenFor(nic: string, profiles: readonly NmSettings[]): NmSettings[] {
  const of = (settings: NmSettings, key: string): unknown => settings.connection?.[key]?.value
  const number = (settings: NmSettings, key: string): number => Number(of(settings, key) ?? 0)
  const able = profiles.filter(
    (settings) =>
      of(settings, 'type') === '802-3-ethernet' &&
      of(settings, 'autoconnect') !== false &&
      [undefined, nic].includes(of(settings, 'interface-name') as string | undefined),
  )
  const best = Math.max(...able.map((one) => number(one, 'autoconnect-priority')))
  return able.filter((one) => number(one, 'autoconnect-priority') === best)
}
