import { PatchbayError } from '../../../shared/failure'
import { armBoot, disarmBoot } from './boot'
import { ownRuntime } from '../runtime/own-runtime'
import { copyOfThisHelper } from './own-copy'
import { armTimer, disarmTimer, hasSystemd } from './timer'
import { say } from '../../../shared/phrases/phrase'

/** A safety net of the network's own manager. */
export interface Armed {
  /** Names this rollback in the journal. */
  readonly token: string
  /** Throws when it has happened already. */
  disarm(): Promise<void>
  rollBack(): Promise<void>
}

/**
 * Everything that takes a change back should this helper not live to do so: the manager's own checkpoint, a timer of
 * systemd, and a unit for the next boot. At least one of the first two must be armed before anything is changed.
 */
export interface SafetyNets {
  /** The manager's own; null without one. */
  readonly armed: Armed | null
  /** Disarms what would act by itself while the manager lives. Done before the journal says that the change is kept. */
  disarmManager(): Promise<void>
  /** Disarms the rest; the timer would find the change ended. */
  disarm(): Promise<void>
}

/** How long the timer leaves the manager to act first, which is the gentler way. Seconds. */
const MANAGER_FIRST = 2

/**
 * Finds, or makes, what the nets will be started with, which can take seconds; call it before the armed time begins. Throws a
 * `PatchbayError` `refused` when root could not start anything later that is its own; nothing is changed then.
 */
export async function prepareNets(): Promise<void> {
  if (await hasSystemd()) await ownRuntime()
}

/**
 * Arms all nets that this host has. Throws a `PatchbayError` `refused` when it has none that would act while it runs,
 * `busy` when somebody else's change is armed; nothing is armed then.
 */
export async function armNets(
  manager: { arm(links: readonly string[], seconds: number): Promise<Armed | null> },
  change: { id: string; nic: string; bridge: string },
  seconds: number,
): Promise<SafetyNets> {
  const timer = await hasSystemd()
  const armed = await manager.arm([change.nic, change.bridge], seconds)
  const nets: SafetyNets = {
    armed,
    disarmManager: async () => armed?.disarm(),
    disarm: () => disarmTimerAndBoot(change.id),
  }
  if (!timer) {
    if (armed !== null) return nets
    throw new PatchbayError({
      code: 'refused',
      message: say('nothing-on-computer-could-take'),
      hint: say('patchbay-needs-systemd-or-networkmanager'),
    })
  }
  try {
    const helper = await copyOfThisHelper()
    // The timer first: it removes the unit should this helper die right after.
    await armTimer(change.id, seconds + (armed === null ? 0 : MANAGER_FIRST), helper)
    await armBoot(helper)
    return nets
  } catch (error) {
    await disarmAll(nets)
    throw error
  }
}

/** For a change that has been taken back, or never began. */
export async function disarmAll(nets: SafetyNets): Promise<void> {
  // It may have acted by itself at this very moment.
  await nets.disarmManager().catch(() => undefined)
  await nets.disarm()
}

export async function disarmTimerAndBoot(transaction: string): Promise<void> {
  // The timer last: it removes the unit should this helper die in between.
  try {
    await disarmBoot()
  } finally {
    await disarmTimer(transaction)
  }
}
