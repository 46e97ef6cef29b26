import { randomUUID } from 'node:crypto'
import { PatchbayError } from '../../../../shared/failure'
import type { BridgePlan } from '../../../../shared/helper/plan'
import { type Bus, openSystemBus } from '../../../system/dbus'
import type { HostFacts } from '../../../host/facts'
import { lookAtHost } from '../../../host/look'
import {
  activeProfile,
  MEMORY_PROFILES_DIR,
  profileFile,
  profileNames,
  PROFILES_DIR,
} from '../../../host/managers/network-manager/profiles'
import type { Change, Side } from '../../change/change'
import { type FileCopy, putCopy, syncFile } from '../../root-files/files'
import { isUnplugged } from '../../kernel/carrier'
import { isPort } from '../../kernel/is-port'
import { forgetNameServers } from '../systemd-resolved'
import type { Proof } from '../../change/proofs'
import type { Armed } from '../../safety-nets/nets'
import type { ApplyContext, Backend, Prepared } from '../backend'
import { deriveProfiles } from './bridge-profiles'
import { CheckpointBackedRollback } from './checkpoint'
import { isRefusal, NetworkManager } from './client'
import { forgetHandback, handBackAtOnce } from './handback'
import { moveAtOnce } from './handover'
import { leaseOf } from './lease'
import { ownDataOf, type OwnData } from './own-data'
import { goesAway, handOver, type ProfileOnLink, removeBridge, settleAfterRollback } from './settle'
import { say } from '../../../../shared/phrases/phrase'

/** Makes and removes the bridge with NetworkManager's own profiles; see `Backend` for what each call promises. */
export class NetworkManagerBackend implements Backend {
  readonly name = 'networkmanager'
  // It takes a card without a carrier for one that it can't use.
  readonly needCarrier = ['addresses', 'routes', 'name servers', 'profile', 'port']
  readonly configuration = [PROFILES_DIR, MEMORY_PROFILES_DIR, '/etc/resolv.conf']
  private readonly nm: NetworkManager

  constructor(private readonly bus: Bus) {
    this.nm = new NetworkManager(bus)
  }

  async prepare(facts: HostFacts, plan: BridgePlan): Promise<Prepared> {
    const original = activeProfile(facts, plan.nic)
    if (!original) throw new Error(`${plan.nic} has no active profile`)
    const { uuid, id, file } = original
    const names = profileNames(plan.bridge, plan.nic)
    const own: OwnData = {
      original: { uuid, id, file },
      profiles: { bridge: randomUUID(), port: randomUUID() },
    }
    const lease = leaseOf(facts, plan.nic)
    const device = await this.nm.findDevice(plan.nic)
    const servers6 = device === null ? [] : await this.nm.nameServers6(device)
    return {
      own,
      // Until the bridge is kept the profiles live in memory alone, so that a power loss leaves nothing behind.
      files: [names.bridge, names.port].map((name) => ({
        path: profileFile(name),
        after: { by: 'manager' },
      })),
      lease: lease && { ...lease, dns: [...lease.dns, ...servers6] },
    }
  }

  async arm(links: readonly string[], seconds: number): Promise<Armed | null> {
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

  /** What the user has made of our profiles since; and snapshots of Patchbay 0.1 have no copies of them at all. */
  beforeUndo({ files }: Change): Promise<void> {
    return files.keepManagersFiles()
  }

  apply(side: Side, change: Change, context: ApplyContext): Promise<void> {
    return side === 'bridge' ? this.createBridge(change, context) : this.removeBridge(change, context)
  }

  async recover(side: Side, change: Change, deadline: number): Promise<void> {
    const { nic, bridge } = change
    const { profiles } = ownDataOf(change)
    await forgetHandback()
    if (side === 'nic') {
      await this.keep('nic', change)
      await removeBridge(this.nm, bridge)
      await settleAfterRollback(this.nm, profileOn(side, change), change, deadline)
      return
    }
    await change.files.put('bridge')
    await this.nm.load(change.files.paths)
    await this.bringUp(bridge, profiles.bridge)
    // Without a carrier it refuses to; it does so by itself later.
    if (!(await isUnplugged(nic))) await this.bringUp(nic, profiles.port, isPort(change))
    await settleAfterRollback(this.nm, profileOn(side, change), change, deadline)
    await forgetNameServers(nic)
  }

  leaseCame(side: Side, change: Change): Promise<boolean> {
    return handOver(this.nm, profileOn(side, change))
  }

  keep(side: Side, change: Change): Promise<void> {
    const { profiles } = ownDataOf(change)
    return side === 'bridge' ? this.saveProfiles(profiles) : this.deleteProfiles(profiles)
  }

  checks(side: Side, facts: HostFacts, change: Change): Proof[] {
    if (side === 'bridge') return []
    const { original } = ownDataOf(change)
    const active = activeProfile(facts, change.nic)
    const detail = active ? `“${active.id}” is active` : 'none is active'
    return [{ name: 'profile', ok: active?.uuid === original.uuid, detail }]
  }

  close(): void {
    this.bus.close()
  }

  private async createBridge(change: Change, context: ApplyContext): Promise<void> {
    const { nic, bridge, mac, carried } = change
    const { profiles: uuids } = ownDataOf(change)
    const profiles = deriveProfiles(await lookAtHost(), { nic, bridge, mac, uuids })
    const bridgePath = await this.nm.addInMemory(profiles.provisional)
    context.signal.throwIfAborted()
    const portPath = await this.nm.addInMemory(profiles.port)
    await moveAtOnce(this.nm, { nic, bridge, bridgePath, portPath, carried, ...profiles.moved }, context)
    context.signal.throwIfAborted()
    await this.nm.updateInMemory(bridgePath, profiles.bridge)
    await this.nm.reapply(await this.device(bridge), {})
  }

  private async removeBridge(change: Change, context: ApplyContext): Promise<void> {
    const { nic, bridge } = change
    const { original } = ownDataOf(change)
    const profile = (await this.nm.findProfile(original.uuid)) ?? (await this.restore(change, original))
    if (profile === null) {
      throw new PatchbayError({
        code: 'refused',
        message: say('profile-had-before-no-longer', { id: original.id, nic }),
        hint: say('make-profile-for-activate-delete', { nic, bridge }),
      })
    }
    context.signal.throwIfAborted()
    let active = ''
    await handBackAtOnce({
      nic,
      bridge,
      begin: async () => {
        active = await this.nm.activate(profile, await this.device(nic))
      },
      ready: async () => {
        await this.nm.waitUntil(
          `NetworkManager did not bring ${nic} back in time`,
          () => this.nm.isActivated(active, original.id),
          context,
        )
      },
      end: async () => {
        const bridgeDevice = await this.nm.findDevice(bridge)
        const bridgeActive = bridgeDevice === null ? null : await this.nm.activeOn(bridgeDevice)
        if (bridgeActive) await this.nm.deactivate(bridgeActive.path)
        await goesAway(this.nm, bridge, context)
      },
    })
  }

  private async saveProfiles(profiles: OwnData['profiles']): Promise<void> {
    // The bridge first: a port without its bridge would find no network after a power loss in between.
    for (const uuid of [profiles.bridge, profiles.port]) {
      const profile = await this.nm.findProfile(uuid)
      if (profile === null) throw new Error(`the profile ${uuid} is gone`)
      // One that is saved already, as after an undo that was taken back, stays as it is to the second.
      const saved = (await this.nm.profileFile(profile))?.startsWith(`${PROFILES_DIR}/`) ?? false
      if (!saved) await this.nm.saveToDisk(profile)
      const file = await this.nm.profileFile(profile)
      if (file === null) throw new Error(`the profile ${uuid} was not written`)
      await syncFile(file)
    }
  }

  private async deleteProfiles(profiles: OwnData['profiles']): Promise<void> {
    for (const uuid of [profiles.port, profiles.bridge]) {
      const profile = await this.nm.findProfile(uuid)
      if (profile !== null) await this.deleteUnlessGone(profile)
    }
  }

  /**
   * Gives a link its profile again, should it have gone elsewhere. The bridge before its port: NetworkManager does not make
   * a bridge that is gone for the sake of a port. `isThere`: whether the kernel agrees that the profile is in force.
   */
  private async bringUp(link: string, uuid: string, isThere = true): Promise<void> {
    const [profile, device] = await Promise.all([this.nm.findProfile(uuid), this.nm.findDevice(link)])
    if (profile === null) return
    const active = device === null ? null : await this.nm.activeOn(device)
    if (active?.uuid !== uuid || !isThere) await this.nm.activate(profile, device)
  }

  /** Puts a profile's file back into its place. Returns the profile's object path, or null when that did not help. */
  private async restore(change: Change, { uuid, file }: OwnData['original']): Promise<string | null> {
    const saved: FileCopy | null = file === null ? null : await change.files.copyOf('nic', file)
    if (saved === null) return null
    await putCopy(saved)
    await this.nm.load([saved.path])
    return this.nm.findProfile(uuid)
  }

  private async device(link: string): Promise<string> {
    const device = await this.nm.findDevice(link)
    if (device !== null) return device
    throw new PatchbayError({ code: 'not-found', message: say('networkmanager-knows-no-link', { link }) })
  }

  /** A rollback by itself may delete it at the same moment. */
  private async deleteUnlessGone(profile: string): Promise<void> {
    try {
      await this.nm.deleteProfile(profile)
    } catch (error) {
      if (!isRefusal(error)) throw error
    }
  }
}

/** The link that carries the network on a side, and its profile. */
function profileOn(side: Side, change: Change): ProfileOnLink {
  const { nic, bridge } = change
  const { original, profiles } = ownDataOf(change)
  return side === 'nic'
    ? { link: nic, uuid: original.uuid, file: original.file }
    : { link: bridge, uuid: profiles.bridge, file: profileFile(profileNames(bridge, nic).bridge) }
}

/** Throws a `PatchbayError` `unsupported` when there is no system bus. */
export async function openNetworkManagerBackend(): Promise<Backend> {
  return new NetworkManagerBackend(await openSystemBus())
}
