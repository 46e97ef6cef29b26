import { PatchbayError } from '../../../../shared/failure'
import { type Bus, isOwned } from '../../../system/dbus'
import { isRecord, isVariant, type Variant } from '../../../system/dbus-values'
import { say } from '../../../../shared/phrases/phrase'

/** What NetworkManager's D-Bus interface says, as plain data. Names and numbers: NetworkManager 1.42, `nm-dbus-interface.h`. */
export interface NetworkManagerFacts {
  version: string
  devices: readonly NmDevice[]
  profiles: readonly NmProfile[]
  /** The servers and search domains in use, best first. */
  dns: { servers: readonly string[]; search: readonly string[] }
  /** The servers by the link that they came with, or the VPN that runs over it. */
  linkDns: readonly { link: string; vpn: boolean; servers: readonly string[] }[]
  /** VPNs of its plugins that are connected or connecting, each over some links; they end when one of those is disconnected. */
  vpns: readonly { id: string; links: readonly string[] }[]
  /** Object paths of the checkpoints that somebody has armed. */
  checkpoints: readonly string[]
}

export interface NmDevice {
  path: string
  name: string
  managed: boolean
  /** NMDeviceState: 30 disconnected, 100 activated. */
  state: number
  /** The UUID of the active profile. */
  profile: string | null
  /** True when the active "profile" is only a mirror of what somebody else configured. */
  external: boolean
  /** The address burnt into the card, where the driver tells. */
  permanentMac: string | null
  dhcp4: Readonly<Record<string, string>> | null
  dhcp6: Readonly<Record<string, string>> | null
}

/** Settings as NetworkManager gives them, without secrets: group, key, value with its D-Bus type. */
export type NmSettings = Readonly<Record<string, Readonly<Record<string, Variant>>>>

export interface NmProfile {
  path: string
  uuid: string
  id: string
  /** `802-3-ethernet`, `bridge`, … */
  type: string
  interfaceName: string | null
  /** The keyfile; null for a profile that exists in memory alone. */
  file: string | null
  settings: NmSettings
}

export const NM = 'org.freedesktop.NetworkManager'
export const NM_PATH = '/org/freedesktop/NetworkManager'
const SETTINGS_CONNECTION = `${NM}.Settings.Connection`
const ACTIVE = `${NM}.Connection.Active`
const DEVICE = `${NM}.Device`

export const DEVICE_STATE = {
  unmanaged: 10,
  disconnected: 30,
  prepare: 40,
  ipConfig: 70,
  activated: 100,
} as const
/** NMActivationStateFlags: NM_ACTIVATION_STATE_FLAG_EXTERNAL. */
const FLAG_EXTERNAL = 0x80

type Objects = Record<string, Record<string, Record<string, Variant>>>

/** Reads NetworkManager's whole state; null when it does not run. Needs no root. */
export async function readNetworkManager(bus: Bus): Promise<NetworkManagerFacts | null> {
  if (!(await isOwned(bus, NM))) return null
  const [objects] = await bus.call({
    destination: NM,
    path: '/org/freedesktop',
    interface: 'org.freedesktop.DBus.ObjectManager',
    member: 'GetManagedObjects',
  })
  if (!isObjects(objects)) throw unexpected('GetManagedObjects')
  const manager = objects[NM_PATH]?.[NM] ?? {}
  const dns = objects[`${NM_PATH}/DnsManager`]?.[`${NM}.DnsManager`] ?? {}
  return {
    version: text(manager.Version) ?? '',
    devices: devicesOf(objects),
    profiles: await readProfiles(bus, objects),
    dns: dnsOf(dns),
    linkDns: linkDnsOf(dns),
    vpns: vpnsOf(objects),
    checkpoints: texts(manager.Checkpoints),
  }
}

function devicesOf(objects: Objects): NmDevice[] {
  return Object.entries(objects).flatMap(([path, interfaces]) => {
    const device = interfaces[DEVICE]
    const name = text(device?.Interface)
    if (!device || name === null || device.Real?.value === false) return []
    const active = objects[text(device.ActiveConnection) ?? '']?.[ACTIVE]
    const wired = interfaces[`${DEVICE}.Wired`] ?? {}
    return [
      {
        path,
        name,
        managed: device.Managed?.value === true,
        state: number(device.State),
        profile: text(active?.Uuid),
        external: (number(active?.StateFlags) & FLAG_EXTERNAL) !== 0,
        permanentMac: text(wired.PermHwAddress)?.toLowerCase() ?? null,
        dhcp4: leaseOf(objects, device.Dhcp4Config, 'DHCP4Config'),
        dhcp6: leaseOf(objects, device.Dhcp6Config, 'DHCP6Config'),
      },
    ]
  })
}

function leaseOf(
  objects: Objects,
  path: Variant | undefined,
  kind: 'DHCP4Config' | 'DHCP6Config',
): Record<string, string> | null {
  const options = objects[text(path) ?? '']?.[`${NM}.${kind}`]?.Options?.value
  if (!isRecord(options)) return null
  const entries = Object.entries(options).map(([key, value]) => [
    key,
    isVariant(value) ? String(value.value) : '',
  ])
  return Object.fromEntries(entries) as Record<string, string>
}

async function readProfiles(bus: Bus, objects: Objects): Promise<NmProfile[]> {
  const paths = Object.entries(objects).filter(([, interfaces]) => interfaces[SETTINGS_CONNECTION])
  const profiles = await Promise.all(
    paths.map(async ([path, interfaces]) => {
      const settings = await readSettings(bus, path)
      return settings && profileOf(path, settings, text(interfaces[SETTINGS_CONNECTION]?.Filename))
    }),
  )
  return profiles.filter((profile) => profile !== null)
}

/** Another user's private profile, or one deleted in the meantime, can't be read: null. */
async function readSettings(bus: Bus, path: string): Promise<NmSettings | null> {
  try {
    const [settings] = await bus.call({
      destination: NM,
      path,
      interface: SETTINGS_CONNECTION,
      member: 'GetSettings',
    })
    return isSettings(settings) ? settings : null
  } catch (error) {
    if (error instanceof PatchbayError) throw error
    return null
  }
}

function profileOf(path: string, settings: NmSettings, file: string | null): NmProfile {
  const { connection = {} } = settings
  return {
    path,
    uuid: text(connection.uuid) ?? '',
    id: text(connection.id) ?? '',
    type: text(connection.type) ?? '',
    interfaceName: text(connection['interface-name']),
    file,
    settings,
  }
}

/** `DnsManager.Configuration`: one record per link, with `nameservers`, `domains` and a `priority`, lower first. */
export function dnsOf(manager: Record<string, Variant>): NetworkManagerFacts['dns'] {
  const entries = dnsEntries(manager).sort((a, b) => number(a.priority) - number(b.priority))
  return {
    servers: unique(entries.flatMap((entry) => texts(entry.nameservers))),
    search: unique(entries.flatMap((entry) => texts(entry.domains))),
  }
}

/** The same, by link. A record without one is about the whole host. */
export function linkDnsOf(manager: Record<string, Variant>): NetworkManagerFacts['linkDns'] {
  return dnsEntries(manager).flatMap((entry) => {
    const link = text(entry.interface)
    if (link === null) return []
    return [{ link, vpn: entry.vpn?.value === true, servers: texts(entry.nameservers) }]
  })
}

function dnsEntries(manager: Record<string, Variant>): Record<string, Variant>[] {
  const list: readonly unknown[] = Array.isArray(manager.Configuration?.value)
    ? manager.Configuration.value
    : []
  return list.filter(isVariants)
}

/** A VPN of a plugin has the link that it runs over for its device; a tunnel of NetworkManager's own has itself. */
export function vpnsOf(objects: Objects): NetworkManagerFacts['vpns'] {
  return Object.values(objects).flatMap((interfaces) => {
    const active = interfaces[ACTIVE]
    if (!active || text(active.Type) !== 'vpn') return []
    const links = texts(active.Devices).flatMap((path) => text(objects[path]?.[DEVICE]?.Interface) ?? [])
    return [{ id: text(active.Id) ?? '', links }]
  })
}

const unique = (values: readonly string[]): string[] => [...new Set(values)]

function isVariants(value: unknown): value is Record<string, Variant> {
  return isRecord(value) && Object.values(value).every(isVariant)
}

export function isSettings(value: unknown): value is NmSettings {
  return isRecord(value) && Object.values(value).every(isVariants)
}

function isObjects(value: unknown): value is Objects {
  return isRecord(value) && Object.values(value).every(isSettings)
}

/** A string that says something: not empty and not `/`, which stands for "no object". */
function text(value: Variant | undefined): string | null {
  const content = value?.value
  return typeof content === 'string' && content !== '' && content !== '/' ? content : null
}

function number(value: Variant | undefined): number {
  return typeof value?.value === 'number' ? value.value : 0
}

function texts(value: Variant | undefined): string[] {
  const content: readonly unknown[] = Array.isArray(value?.value) ? value.value : []
  return content.filter((item) => typeof item === 'string')
}

function unexpected(member: string): PatchbayError {
  return new PatchbayError({
    code: 'protocol',
    message: say('networkmanager-answer-to-makes', { member }),
  })
}
