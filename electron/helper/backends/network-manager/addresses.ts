import type { Variant } from '../../../host/dbus-values'
import type { NmSettings } from '../../../host/network-manager'

/** Older twins of `address-data` and `route-data`, which say the same with less. */
const DEPRECATED_KEYS = ['addresses', 'routes']

/** The `ipv4` or `ipv6` settings of a profile, as they can be given to NetworkManager again. */
export function ipSettings(settings: NmSettings, family: 'ipv4' | 'ipv6'): Record<string, Variant> {
  const group = settings[family] ?? { method: { signature: 's', value: 'auto' } }
  return Object.fromEntries(Object.entries(group).filter(([key]) => !DEPRECATED_KEYS.includes(key)))
}
