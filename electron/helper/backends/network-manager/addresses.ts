import { isRecord, type Variant, variant } from '../../../system/dbus-values'
import type { NmSettings } from '../../../host/managers/network-manager/facts'

/** Older twins of `address-data` and `route-data`, which say the same with less. */
const DEPRECATED_KEYS = ['addresses', 'routes']

/** The `ipv4` or `ipv6` settings of a profile, as they can be given to NetworkManager again. */
export function ipSettings(settings: NmSettings, family: 'ipv4' | 'ipv6'): Record<string, Variant> {
  const group = settings[family] ?? { method: { signature: 's', value: 'auto' } }
  return Object.fromEntries(Object.entries(group).filter(([key]) => !DEPRECATED_KEYS.includes(key)))
}

/** Keys by which a policy rule goes by a link (libnm, NM_IP_ROUTING_RULE_ATTR_IIFNAME and …_OIFNAME). */
const RULE_LINKS = ['iifname', 'oifname']

/** The policy rules of a profile of `nic`, with the bridge in its place. Pure. */
export function ruleSettings(
  settings: NmSettings,
  family: 'ipv4' | 'ipv6',
  { nic, bridge }: { nic: string; bridge: string },
): Record<string, Variant> {
  const rules: unknown = settings[family]?.['routing-rules']?.value
  if (!Array.isArray(rules)) return {}
  const moved = ([key, item]: [string, unknown]): [string, unknown] =>
    RULE_LINKS.includes(key) && isRecord(item) && item.value === nic
      ? [key, variant('s', bridge)]
      : [key, item]
  const list = rules.filter(isRecord).map((rule) => Object.fromEntries(Object.entries(rule).map(moved)))
  return { 'routing-rules': variant('aa{sv}', list) }
}
