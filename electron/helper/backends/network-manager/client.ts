import ipaddr from 'ipaddr.js'
import { type Bus, DbusError } from '../../../system/dbus'
import { isRecord, isVariant, type Variant } from '../../../system/dbus-values'
import { isSettings, NM, NM_PATH, type NmSettings } from '../../../host/managers/network-manager/facts'
import { PatchbayError } from '../../../../shared/failure'
import { holdsBy, type Listen, type Patience, waitUntil } from '../../protocol/wait'
import { say } from '../../../../shared/phrases/phrase'

/** Errors of the bus itself, when nobody answers: it is being restarted, or was killed. */
const UNANSWERED = ['NoReply', 'ServiceUnknown', 'NameHasNoOwner', 'Disconnected', 'TimedOut', 'Timeout'].map(
  (name) => `org.freedesktop.DBus.Error.${name}`,
)

/** Whether it is NetworkManager that says no, such as to something that it does not know. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof DbusError && !UNANSWERED.includes(error.errorName)

/** The calls of NetworkManager that change something. Names, signatures, flags: NetworkManager's D-Bus API 1.42. */
export class NetworkManager {
  constructor(private readonly bus: Bus) {}

  /** Adds a profile that exists in memory alone and doesn't start by itself yet. Returns its object path. */
  async addInMemory(settings: NmSettings): Promise<string> {
    const IN_MEMORY = 0x2
    const BLOCK_AUTOCONNECT = 0x20
    const [path] = await this.settings('AddConnection2', 'a{sa{sv}}ua{sv}', [
      settings,
      IN_MEMORY | BLOCK_AUTOCONNECT,
      {},
    ])
    return objectPath(path)
  }

  /** Changes a profile in memory; the file, if any, is not written. */
  async updateInMemory(profile: string, settings: NmSettings): Promise<void> {
    const IN_MEMORY = 0x2
    await this.connection(profile, 'Update2', 'a{sa{sv}}ua{sv}', [settings, IN_MEMORY, {}])
  }

  /** Writes a profile to disk as it is. */
  async saveToDisk(profile: string): Promise<void> {
    const TO_DISK = 0x1
    await this.connection(profile, 'Update2', 'a{sa{sv}}ua{sv}', [{}, TO_DISK, {}])
  }

  async deleteProfile(profile: string): Promise<void> {
    await this.connection(profile, 'Delete')
  }

  /** Reads keyfiles that were put into place by hand. */
  async load(files: readonly string[]): Promise<void> {
    await this.settings('LoadConnections', 'as', [files])
  }

  /** The object path of a profile, or null when there is none with this UUID. Throws when NetworkManager is not there. */
  async findProfile(uuid: string): Promise<string | null> {
    try {
      const [path] = await this.settings('GetConnectionByUuid', 's', [uuid])
      return objectPath(path)
    } catch (error) {
      if (isRefusal(error)) return null
      throw error
    }
  }

  async settingsOf(profile: string): Promise<NmSettings> {
    const [settings] = await this.connection(profile, 'GetSettings')
    if (!isSettings(settings)) throw unexpected('GetSettings')
    return settings
  }

  async profileFile(profile: string): Promise<string | null> {
    const file = (await this.property(profile, `${NM}.Settings.Connection`, 'Filename'))?.value
    return typeof file === 'string' && file !== '' ? file : null
  }

  async findDevice(link: string): Promise<string | null> {
    try {
      const [path] = await this.manager('GetDeviceByIpIface', 's', [link])
      return objectPath(path)
    } catch (error) {
      if (error instanceof DbusError) return null
      throw error
    }
  }

  /** Starts activating a profile; `device` null lets NetworkManager make the profile's own. */
  async activate(profile: string, device: string | null): Promise<string> {
    const [path] = await this.manager('ActivateConnection', 'ooo', [profile, device ?? '/', '/'])
    return objectPath(path)
  }

  async deactivate(active: string): Promise<void> {
    await this.manager('DeactivateConnection', 'o', [active])
  }

  async deviceState(device: string): Promise<number> {
    const state = (await this.property(device, `${NM}.Device`, 'State'))?.value
    return typeof state === 'number' ? state : 0
  }

  /** What the active connection of a device is: its object path and its profile's UUID. */
  async activeOn(device: string): Promise<{ path: string; uuid: string; state: number } | null> {
    const path = (await this.property(device, `${NM}.Device`, 'ActiveConnection'))?.value
    if (typeof path !== 'string' || path === '/') return null
    const uuid = (await this.property(path, `${NM}.Connection.Active`, 'Uuid'))?.value
    const state = (await this.property(path, `${NM}.Connection.Active`, 'State'))?.value
    return typeof uuid === 'string' && typeof state === 'number' ? { path, uuid, state } : null
  }

  /**
   * Whether an activation has come to its good end (NMActiveConnectionState 2).
   * Throws a `PatchbayError` that names `what` when it has failed (3, 4, or the object is gone).
   */
  async isActivated(active: string, what: string): Promise<boolean> {
    const state = (await this.property(active, `${NM}.Connection.Active`, 'State'))?.value
    if (state === 0 || state === 1) return false
    if (state === 2) return true
    throw new PatchbayError({ code: 'internal', message: say('networkmanager-could-not-activate', { what }) })
  }

  /** Whether the device holds a DHCP lease of this family. */
  async hasLease(device: string, family: 4 | 6): Promise<boolean> {
    return (await this.leasePath(device, family)) !== null
  }

  /** The object path of the device's DHCP lease of this family, another one for each time that it was asked for; or null. */
  async leasePath(device: string, family: 4 | 6): Promise<string | null> {
    const config = (await this.property(device, `${NM}.Device`, `Dhcp${family}Config`))?.value
    if (typeof config !== 'string' || config === '/') return null
    const options = (await this.property(config, `${NM}.DHCP${family}Config`, 'Options'))?.value
    return isRecord(options) && ('ip_address' in options || 'ip6_address' in options) ? config : null
  }

  /** The IPv6 name servers that a device has, from whomever. */
  async nameServers6(device: string): Promise<string[]> {
    const config = (await this.property(device, `${NM}.Device`, 'Ip6Config'))?.value
    if (typeof config !== 'string' || config === '/') return []
    const servers: unknown = (await this.property(config, `${NM}.IP6Config`, 'Nameservers'))?.value
    return Array.isArray(servers) ? servers.flatMap(ipv6From) : []
  }

  /** Puts settings into effect on a device without interrupting it and without touching its profile. */
  async reapply(device: string, settings: NmSettings): Promise<void> {
    await this.device(device, 'Reapply', 'a{sa{sv}}tu', [settings, 0, 0])
  }

  async createCheckpoint(devices: readonly string[], seconds: number): Promise<string> {
    const DELETE_NEW_CONNECTIONS = 0x2
    const [path] = await this.manager('CheckpointCreate', 'aouu', [devices, seconds, DELETE_NEW_CONNECTIONS])
    return objectPath(path)
  }

  async destroyCheckpoint(checkpoint: string): Promise<void> {
    await this.manager('CheckpointDestroy', 'o', [checkpoint])
  }

  /** Returns the devices that could not be brought back, with NetworkManager's result code (0 is good). */
  async rollBackCheckpoint(checkpoint: string): Promise<Record<string, number>> {
    const [results] = await this.manager('CheckpointRollback', 'o', [checkpoint])
    if (!isRecord(results)) throw unexpected('CheckpointRollback')
    const failed = Object.entries(results).flatMap(([device, code]) =>
      typeof code === 'number' && code !== 0 ? [[device, code] as const] : [],
    )
    return Object.fromEntries(failed)
  }

  async checkpoints(): Promise<readonly string[]> {
    const paths: unknown = (await this.property(NM_PATH, NM, 'Checkpoints'))?.value
    return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : []
  }

  /**
   * Waits until `condition` holds. It is looked at again whenever NetworkManager reports a changed property.
   * Throws a `PatchbayError` `timeout` with `what` at `deadline` (on the clock of `performance.now()`).
   */
  waitUntil(what: string, condition: () => Promise<boolean>, patience: Patience): Promise<void> {
    return waitUntil(what, condition, patience, this.listen)
  }

  /** Whether `condition` comes to hold before `deadline`. */
  holdsBy(deadline: number, condition: () => Promise<boolean>, signal?: AbortSignal): Promise<boolean> {
    return holdsBy(condition, signal ? { deadline, signal } : { deadline }, this.listen)
  }

  private readonly listen: Listen = (notice) =>
    this.bus.listen({ sender: NM, interface: 'org.freedesktop.DBus.Properties' }, notice)

  private manager(member: string, signature: string, args: readonly unknown[]): Promise<readonly unknown[]> {
    return this.bus.call({ destination: NM, path: NM_PATH, interface: NM, member }, signature, args)
  }

  private settings(member: string, signature: string, args: readonly unknown[]): Promise<readonly unknown[]> {
    const path = `${NM_PATH}/Settings`
    return this.bus.call({ destination: NM, path, interface: `${NM}.Settings`, member }, signature, args)
  }

  private connection(
    path: string,
    member: string,
    signature = '',
    args: readonly unknown[] = [],
  ): Promise<readonly unknown[]> {
    const target = { destination: NM, path, interface: `${NM}.Settings.Connection`, member }
    return this.bus.call(target, signature, args)
  }

  private device(
    path: string,
    member: string,
    signature: string,
    args: readonly unknown[],
  ): Promise<readonly unknown[]> {
    return this.bus.call({ destination: NM, path, interface: `${NM}.Device`, member }, signature, args)
  }

  /** Null when the object is gone. */
  private async property(path: string, name: string, property: string): Promise<Variant | null> {
    const target = { destination: NM, path, interface: 'org.freedesktop.DBus.Properties', member: 'Get' }
    try {
      const [value] = await this.bus.call(target, 'ss', [name, property])
      return isVariant(value) ? value : null
    } catch (error) {
      if (error instanceof DbusError) return null
      throw error
    }
  }
}

function ipv6From(bytes: unknown): string[] {
  const array = bytes instanceof Uint8Array ? [...bytes] : bytes
  if (!Array.isArray(array) || array.length !== 16) return []
  return [ipaddr.fromByteArray(array.map(Number)).toString()]
}

function objectPath(value: unknown): string {
  if (typeof value !== 'string') throw unexpected('a call')
  return value
}

function unexpected(member: string): PatchbayError {
  return new PatchbayError({
    code: 'protocol',
    message: say('networkmanager-answer-to-makes', { member }),
  })
}
