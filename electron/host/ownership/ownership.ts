import type { Address, Route } from '../../../shared/world/host'
import { networkFrom, networkOf } from './destination'
import type { HostFacts } from '../facts'
import { type NetworkdLink } from '../managers/networkd/facts'
import { parseSections, type Section, settingOf } from '../managers/networkd/unit-text'
import { activeProfile, dataOf, fixedAddresses, textSetting } from '../managers/network-manager/profiles'
import type { NmSettings } from '../managers/network-manager/facts'

/** What tells an address, or a route, from others here. */
export type OwnAddress = Pick<Address, 'family' | 'ip' | 'prefix'>
export type OwnRoute = Pick<Route, 'family' | 'to' | 'table' | 'protocol'>

/**
 * What on a link is its manager's: from its configuration, by a lease, or by a router's word. Such things the manager sets
 * wherever it has its network. Of the rest (by `ip route add`, a VPN client, a script) nobody knows but the kernel.
 */
export interface Ownership {
  address(address: OwnAddress): boolean
  route(route: OwnRoute): boolean
}

/** Protocols of what the kernel, a lease or a router brings (rtnetlink(7), iproute2's rt_protos). */
const BROUGHT = ['kernel', 'dhcp', 'ra']

/** What on `link` is its manager's. Of files that only root may read the rest is taken for stated. Pure. */
export function ownershipOf(facts: HostFacts, link: string): Ownership {
  const stated = statedFor(facts, link)
  const dynamic = (facts.host.links.find(({ name }) => name === link)?.addresses ?? [])
    .filter(({ origin }) => origin === 'dynamic')
    .map(({ ip }) => ip)
  return {
    address: (address) => dynamic.includes(address.ip) || stated.address(address),
    route: (route) => BROUGHT.includes(route.protocol) || stated.route(route),
  }
}

function statedFor(facts: HostFacts, link: string): Ownership {
  switch (facts.managers[link]) {
    case 'networkmanager':
    case 'netplan':
    case 'systemd-networkd': {
      const settings = activeProfile(facts, link)?.settings
      if (settings) return statedByProfile(settings)
      const found = facts.networkd.find(({ name }) => name === link)
      return found ? statedByNetworkd(found) : NOTHING
    }
    case 'ifupdown':
      return statedByIfupdown((facts.ifupdown?.files ?? []).map(({ text }) => text).join('\n'))
    default:
      return NOTHING
  }
}

/** Where nobody manages the link, the kernel has all the configuration there is. */
const NOTHING: Ownership = { address: () => false, route: () => false }

/** Both managers set a default route as `static` where it does not come by a lease. */
const isTheirDefault = ({ to, protocol }: OwnRoute): boolean => to === 'default' && protocol === 'static'

/** NetworkManager also sets routes to a VPN's server as `static`, which are in no profile. */
function statedByProfile(settings: NmSettings): Ownership {
  const routes = networks(
    [...dataOf(settings, 'ipv4', 'route-data'), ...dataOf(settings, 'ipv6', 'route-data')].map(
      ({ dest, prefix }) => `${String(dest)}/${String(prefix)}`,
    ),
  )
  const fixed = fixedAddresses(settings)
  const linkLocal = textSetting(settings, 'ipv4', 'method') === 'link-local'
  return {
    address: ({ ip, prefix }) => fixed.includes(`${ip}/${prefix}`) || (linkLocal && isLinkLocal4(ip)),
    route: (route) => isTheirDefault(route) || routes.has(networkOf(route)),
  }
}

function statedByNetworkd({ file, dropIns, lease }: NetworkdLink): Ownership {
  const texts = [file, ...dropIns].map(({ text }) => text)
  const known = texts.every((text) => text !== null)
  const sections = texts.flatMap((text) => parseSections(text ?? ''))
  const routes = networks(valuesOf(sections, ['Route'], 'Destination'))
  const fixed = valuesOf(sections, ['Network', 'Address'], 'Address').map((text) => text.split('/')[0])
  const linkLocal = /^(yes|true|1|on|ipv4)/.test(settingOf(sections, 'Network', 'LinkLocalAddressing') ?? '')
  return {
    address: ({ ip }) =>
      !known || fixed.includes(ip) || lease?.ADDRESS === ip || (linkLocal && isLinkLocal4(ip)),
    route: (route) =>
      isTheirDefault(route) || routes.has(networkOf(route)) || (!known && route.protocol === 'static'),
  }
}

const valuesOf = (sections: readonly Section[], names: readonly string[], key: string): string[] =>
  sections
    .filter(({ name }) => names.includes(name))
    .flatMap(({ settings }) => settings.filter((setting) => setting.key === key))
    .map(({ value }) => value)

/** What a command that sets a route names before the destination: `ip route add`, `route add -net`. */
const ROUTE_WORDS = /\b(?:add|replace|append|-net|-host)\s+(?!-)(\S+)/g

/** ifupdown has default routes set by commands, its own or a script's, and any other by a line of its files. */
function statedByIfupdown(text: string): Ownership {
  const routes = networks(Array.from(text.matchAll(ROUTE_WORDS), ([, to = '']) => to))
  const fixed = Array.from(text.matchAll(/^\s*address\s+([^\s/]+)/gm), ([, ip]) => ip)
  return {
    address: ({ ip }) => fixed.includes(ip),
    route: (route) => (route.to === 'default' && route.table === 'main') || routes.has(networkOf(route)),
  }
}

const networks = (texts: readonly string[]): Set<string | null> => new Set(texts.map(networkFrom))

const isLinkLocal4 = (ip: string): boolean => ip.startsWith('169.254.')
