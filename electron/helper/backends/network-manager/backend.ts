import { randomUUID } from 'node:crypto'
import { chown } from 'node:fs/promises'
import { PatchbayError } from '../../../../shared/failure'
import type { BridgePlan } from '../../../../shared/plan'
import { type Bus, DbusError, openSystemBus } from '../../../host/dbus'
import type { HostFacts } from '../../../host/facts'
import {
  activeProfile,
  MEMORY_PROFILES_DIR,
  profileFile,
  profileNames,
  PROFILES_DIR,
} from '../../../host/profiles'
import { type FileCopy, syncFile, writeNew } from '../../files'
import type { ApplyContext, Armed, Backend, BackendRecord, Lease } from '../backend'
import { deriveProfiles } from './bridge-profiles'
import { CheckpointBackedRollback } from './checkpoint'
import { NetworkManager } from './client'
import { moveAtOnce } from './handover'
import { leaseOf } from './lease'
import { settleAfterRollback } from './settle'

/** Makes and removes the bridge with NetworkManager's own profiles; see `Backend` for what each call promises. */
export class NetworkManagerBackend implements Backend {
  readonly name = 'networkmanager'
  readonly configuration = [PROFILES_DIR, MEMORY_PROFILES_DIR, '/etc/resolv.conf']
  private readonly nm: NetworkManager

  constructor(private readonly bus: Bus) {
    this.nm = new NetworkManager(bus)
  }

  recordOf(facts: HostFacts, plan: BridgePlan): BackendRecord {
    const original = activeProfile(facts, plan.nic)
    if (!original) throw new Error(`${plan.nic} has no active profile`)
    const { uuid, id, file } = original
    return {
      nic: plan.nic,
      bridge: plan.bridge,
      mac: plan.moves.mac,
      original: { uuid, id, file },
      profiles: { bridge: randomUUID(), port: randomUUID() },
      lease: leaseOf(facts, plan.nic),
    }
  }

  async arm(links: readonly string[], seconds: number): Promise<Armed> {
    const devices = await Promise.all(links.map((link) => this.nm.findDevice(link)))
    return CheckpointBackedRollback.create(
      this.nm,
      devices.filter((device) => device !== null),
      seconds,
    )
  }

  async findArmed(token: string): Promise<Armed | null> {
    const pending = await this.nm.checkpoints()
    return pending.includes(token) ? new CheckpointBackedRollback(this.nm, token) : null
  }

  async createBridge(record: BackendRecord, facts: HostFacts, context: ApplyContext): Promise<void> {
    const { nic, bridge, mac, profiles: uuids } = record
    const profiles = deriveProfiles(facts, { nic, bridge, mac, uuids })
    const bridgePath = await this.nm.addInMemory(profiles.provisional)
    context.signal.throwIfAborted()
    const portPath = await this.nm.addInMemory(profiles.port)
    await moveAtOnce(this.nm, { nic, bridge, bridgePath, portPath, ...profiles.moved }, context)
    context.signal.throwIfAborted()
    await this.nm.updateInMemory(bridgePath, profiles.bridge)
    await this.nm.reapply(await this.device(bridge), {})
  }

  async removeBridge(
    { nic, bridge, original }: BackendRecord,
    saved: FileCopy | null,
    context: ApplyContext,
  ): Promise<void> {
    const profile = (await this.nm.findProfile(original.uuid)) ?? (await this.restore(original.uuid, saved))
    if (profile === null) {
      throw new PatchbayError({
        code: 'refused',
        message: `The profile “${original.id}” that ${nic} had before no longer exists`,
        hint: `Make a profile for ${nic}, activate it, and delete patchbay-${bridge} and its port by hand.`,
      })
    }
    context.signal.throwIfAborted()
    const active = await this.nm.activate(profile, await this.device(nic))
    context.signal.throwIfAborted()
    // The bridge still has the address and the default route; both belong to the NIC from now on.
    const bridgeDevice = await this.nm.findDevice(bridge)
    const bridgeActive = bridgeDevice === null ? null : await this.nm.activeOn(bridgeDevice)
    if (bridgeActive) await this.nm.deactivate(bridgeActive.path)
    await this.nm.waitUntil(
      `NetworkManager did not bring ${nic} back in time`,
      () => this.nm.isActivated(active, original.id),
      context,
    )
  }

  async keepBridge(record: BackendRecord): Promise<readonly string[]> {
    // The bridge first: a port without its bridge would find no network after a power loss in between.
    const files: string[] = []
    for (const uuid of [record.profiles.bridge, record.profiles.port]) {
      const profile = await this.nm.findProfile(uuid)
      if (profile === null) throw new Error(`the profile ${uuid} is gone`)
      await this.nm.saveToDisk(profile)
      const file = await this.nm.profileFile(profile)
      if (file === null) throw new Error(`the profile ${uuid} was not written`)
      await syncFile(file)
      files.push(file)
    }
    return files
  }

  async forgetBridge(record: BackendRecord): Promise<void> {
    for (const uuid of [record.profiles.port, record.profiles.bridge]) {
      const profile = await this.nm.findProfile(uuid)
      if (profile !== null) await this.deleteUnlessGone(profile)
    }
  }

  leaseOn(facts: HostFacts, link: string): Lease | null {
    return leaseOf(facts, link)
  }

  async settle(
    { nic, bridge, original, profiles }: BackendRecord,
    side: 'nic' | 'bridge',
    lease: Lease | null,
    deadline: number,
  ): Promise<void> {
    const own =
      side === 'nic'
        ? { link: nic, uuid: original.uuid, file: original.file }
        : { link: bridge, uuid: profiles.bridge, file: profileFile(profileNames(bridge, nic).bridge) }
    await settleAfterRollback(this.nm, own, lease, deadline)
  }

  close(): void {
    this.bus.close()
  }

  /** Puts a profile's file back into its place. Returns the profile's object path, or null when that did not help. */
  private async restore(uuid: string, saved: FileCopy | null): Promise<string | null> {
    if (!saved) return null
    await writeNew(saved.path, saved.content, saved.mode)
    await chown(saved.path, saved.uid, saved.gid)
    await this.nm.load([saved.path])
    return this.nm.findProfile(uuid)
  }

  private async device(link: string): Promise<string> {
    const device = await this.nm.findDevice(link)
    if (device !== null) return device
    throw new PatchbayError({ code: 'not-found', message: `NetworkManager knows no link ${link}` })
  }

  /** A rollback by itself may delete it at the same moment. */
  private async deleteUnlessGone(profile: string): Promise<void> {
    try {
      await this.nm.deleteProfile(profile)
    } catch (error) {
      if (!(error instanceof DbusError)) throw error
    }
  }
}

/** Throws a `PatchbayError` `unsupported` when there is no system bus. */
export async function openNetworkManagerBackend(): Promise<Backend> {
  return new NetworkManagerBackend(await openSystemBus())
}
