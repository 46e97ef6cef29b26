import type { Address } from '../../../../shared/world/host'
import { type Variant, variant } from '../../../system/dbus-values'
import type { HostFacts } from '../../../host/facts'
import type { NmDevice, NmSettings } from '../../../host/managers/network-manager/facts'
import { numberSetting, textSetting } from '../../../host/managers/network-manager/profiles'
import { managersDefault } from '../../../host/routes'
import { interfaceIdOf, isEui64 } from '../../../host/interface-id'

/**
 * What NetworkManager would work out anew for the bridge, since it depends on the profile, the kind of link or its
 * name, is stated as it is now. Each returns the keys of `ipv4` or `ipv6` that do it. Pure.
 */
type Group = Readonly<Record<string, Variant>>

/** NetworkManager's own metric for wired links; a bridge would get 425, and other links could win over it. */
const WIRED_METRIC = 100

/** The metric the NIC's default route has now, unless the profile states one. */
export function metricPin(facts: HostFacts, nic: string, settings: NmSettings, family: 4 | 6): Group {
  if ((numberSetting(settings, `ipv${family}`, 'route-metric') ?? -1) >= 0) return {}
  const route = managersDefault(facts.host.routes, nic, family)
  return { 'route-metric': variant('x', route?.metric ?? WIRED_METRIC) }
}

/**
 * The same DHCPv4 client identifier. NetworkManager's usual one is made of the MAC address and stays by itself;
 * any that is made of the profile or the link's name is stated as it was sent.
 */
export function clientPin(device: NmDevice, settings: NmSettings, mac: string | null): Group {
  const sent = device.dhcp4?.dhcp_client_identifier
  const isUsual = sent === undefined || sent === `01:${mac ?? ''}`
  const isStated = textSetting(settings, 'ipv4', 'dhcp-client-id')?.includes(':') ?? false
  return isUsual || isStated ? {} : { 'dhcp-client-id': variant('s', sent) }
}

/** The same DHCPv6 client: its DUID, and the IAID, which otherwise is made of the link's name. */
export function duidPin(device: NmDevice): Group {
  const duid = device.dhcp6?.dhcp6_client_id
  const iaid = device.dhcp6?.iaid
  return {
    ...(duid !== undefined && { 'dhcp-duid': variant('s', duid) }),
    ...(iaid !== undefined && { 'dhcp-iaid': variant('s', iaid) }),
  }
}

/**
 * The same IPv6 address. One made by RFC 7217 ("stable privacy") depends on the profile and the link's name, so its
 * interface identifier is stated as a token; one made of the MAC address stays by itself.
 */
export function tokenPin(settings: NmSettings, addresses: readonly Address[], mac: string): Group {
  const stated = textSetting(settings, 'ipv6', 'token')
  const own = addresses.find(
    ({ family, origin, prefix }) => family === 6 && origin === 'dynamic' && prefix === 64,
  )
  if (stated !== undefined || !own || isEui64(own.ip, mac)) return {}
  return { 'addr-gen-mode': variant('i', 0), token: variant('s', interfaceIdOf(own.ip)) }
}
