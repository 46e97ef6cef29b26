import { DbusError } from '../../../system/dbus'
import { PatchbayError } from '../../../../shared/failure'
import type { Armed } from '../../safety-nets/nets'
import type { NetworkManager } from './client'
import { say } from '../../../../shared/phrases/phrase'

/**
 * NetworkManager's own safety net: unless it is destroyed in time, NetworkManager reactivates what the devices had,
 * and deletes the profiles added since. It needs nobody to be alive but NetworkManager.
 */
export class CheckpointBackedRollback implements Armed {
  constructor(
    private readonly nm: NetworkManager,
    readonly token: string,
  ) {}

  static async create(nm: NetworkManager, devices: readonly string[], seconds: number): Promise<Armed> {
    try {
      return new CheckpointBackedRollback(nm, await nm.createCheckpoint(devices, seconds))
    } catch (error) {
      if (!(error instanceof DbusError)) throw error
      throw new PatchbayError(
        {
          code: 'busy',
          message: say('another-program-changing-network-card'),
          hint: say('wait-until-ended-change'),
          detail: error.message,
        },
        { cause: error },
      )
    }
  }

  async disarm(): Promise<void> {
    await this.nm.destroyCheckpoint(this.token)
  }

  /** Nothing to do when it has happened by itself meanwhile. */
  async rollBack(): Promise<void> {
    const pending = await this.nm.checkpoints()
    if (pending.includes(this.token)) await this.nm.rollBackCheckpoint(this.token)
  }
}
