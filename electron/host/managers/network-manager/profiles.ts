import type { HostFacts } from '../../facts'
import { isRecord, isVariant } from '../../../system/dbus-values'
import type { NmDevice, NmProfile, NmSettings } from './facts'

/** The two profiles that a bridge made by Patchbay consists of, by their NetworkManager id. */
export const profileNames = (bridge: string, nic: string): { bridge: string; port: string } => ({
  bridge: `patchbay-${bridge}`,
  port: `patchbay-${bridge}-${nic}`,
})

/** Where NetworkManager keeps saved profiles: `ID.nmconnection` in this folder (nm-settings-keyfile(5)). */
export const PROFILES_DIR = '/etc/NetworkManager/system-connections'

export const profileFile = (id: string): string => `${PROFILES_DIR}/${id}.nmconnection`

/** Where it keeps those that are gone after a reboot. */
export const MEMORY_PROFILES_DIR = '/run/NetworkManager/system-connections'

/** NetworkManager's device of a link, or undefined. */
export function deviceOf(facts: HostFacts, link: string): NmDevice | undefined {
  return facts.networkManager?.devices.find(({ name }) => name === link)
}

/** The profile that is active on a link, or undefined when there is none or it belongs to another manager. */
export function activeProfile(facts: HostFacts, link: string): NmProfile | undefined {
  const device = deviceOf(facts, link)
  if (!device || device.external) return undefined
  return facts.networkManager?.profiles.find(({ uuid }) => uuid === device.profile)
}

/** A string setting; undefined when it is unset or of another type. */
export function textSetting(settings: NmSettings, group: string, key: string): string | undefined {
  const value = settings[group]?.[key]?.value
  return typeof value === 'string' ? value : undefined
}

/** A number setting; undefined when it is unset, which means NetworkManager's default. */
export function numberSetting(settings: NmSettings, group: string, key: string): number | undefined {
  const value = settings[group]?.[key]?.value
  return typeof value === 'number' ? value : undefined
}

/** The fixed addresses of a profile, as `ADDRESS/PREFIX`. */
export function fixedAddresses(settings: NmSettings): string[] {
  const entries = [...dataOf(settings, 'ipv4', 'address-data'), ...dataOf(settings, 'ipv6', 'address-data')]
  return entries.flatMap(({ address, prefix }) =>
    typeof address === 'string' && typeof prefix === 'number' ? [`${address}/${prefix}`] : [],
  )
}

/** The records of an `aa{sv}` setting such as `address-data` or `route-data`, without their types. */
export function dataOf(settings: NmSettings, group: string, key: string): Record<string, unknown>[] {
  const list: unknown = settings[group]?.[key]?.value
  if (!Array.isArray(list)) return []
  return list.filter(isRecord).map((entry) => {
    const pairs = Object.entries(entry).map(([name, item]) => [name, isVariant(item) ? item.value : item])
    return Object.fromEntries(pairs) as Record<string, unknown>
  })
}
