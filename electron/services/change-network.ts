import type { NetworkChange, NetworkChangeEffect } from '../../shared/world/network-wish'
import type { World } from '../../shared/world/world'
import type { Libvirt } from '../libvirt/libvirt'
import { applyChange, planChangeOf } from '../networks/apply-change'
import { readDefinitions, type Definitions } from '../networks/definitions'
import type { ChangePlan } from '../networks/plan-change'
import type { OpenedWorld } from '../world/open-world'
import { random40 } from './create-network'
import { findNetwork } from './find'
import { namesOf, usersOf } from './network-users'
import { begin } from './operations'
import { say, type Text } from '../../shared/phrases/phrase'
import { restartKeepingMachines, stepsOfRestart } from './restart-network'

export interface PlannedChange {
  definitions: Definitions
  plan: ChangePlan
  effect: NetworkChangeEffect
}

/**
 * Works out what a change comes to, and what of it waits; changes nothing.
 * @throws PatchbayError `usage`, `refused`, `not-found`, with the field
 */
export async function planNetworkChange(
  { store }: OpenedWorld,
  libvirt: Libvirt,
  change: NetworkChange,
): Promise<NetworkChangeEffect> {
  return (await plannedChange(store.current, libvirt, change)).effect
}

export interface ChangeNetworkRequest {
  change: NetworkChange
  /** Whether the network is restarted in the same go, where something waits for that. */
  restart: boolean
}

/**
 * Starts changing a network; answers with the id of the operation.
 * @throws PatchbayError `usage`, `refused`, `not-found`, with the field
 */
export async function beginChangeNetwork(
  { store, libvirt: source }: OpenedWorld,
  libvirt: Libvirt,
  { change, restart }: ChangeNetworkRequest,
): Promise<string> {
  const { definitions, plan: planned, effect } = await plannedChange(store.current, libvirt, change)
  const { name, uuid } = definitions.net
  const title = say('change-network', { name })
  const subject = { kind: 'network', network: `network:${name}`, action: 'change' } as const
  const network = findNetwork(store.current, name)
  const restarts = restart && network.active && effect.later.length > 0
  const steps = restarts ? [title, ...stepsOfRestart(store.current, network)] : [title]
  return begin(store, { subject, title, steps: effect.nothing ? [] : steps }, async (progress) => {
    if (!effect.nothing) {
      await progress.during(title, async () => {
        await applyChange(libvirt, definitions, planned)
        await source.refresh({ networks: [uuid] })
        return say('clauses', { all: [...planned.now, ...planned.later] })
      })
    }
    if (restarts) await restartKeepingMachines({ store, libvirt: source }, libvirt, network, progress)
    const told = restarts ? { ...effect, now: [...effect.now, ...effect.later], later: [] } : effect
    return { summary: summaryOf(name, told), result: { kind: 'network-changed' } }
  })
}

/**
 * A change with everything that making it takes, for use within an operation.
 * @throws PatchbayError `usage`, `refused`, `not-found`, with the field
 */
export async function plannedChange(
  world: World,
  libvirt: Libvirt,
  change: NetworkChange,
): Promise<PlannedChange> {
  const { name } = findNetwork(world, change.network)
  const definitions = await readDefinitions(libvirt, name)
  const planned = planChangeOf(world, definitions, change, random40)
  const running = definitions.live !== null
  const effect: NetworkChangeEffect = {
    nothing: planned.now.length + planned.later.length === 0,
    now: running ? planned.now : [],
    later: running ? planned.later : [...planned.now, ...planned.later],
    machines: namesOf(usersOf(world, name).filter((user) => user.running)),
  }
  return { definitions, plan: planned, effect }
}

function summaryOf(name: string, { nothing, now, later }: NetworkChangeEffect): Text {
  if (nothing) return say('network-way-already', { name })
  const [inForce, waiting] = [say('clauses', { all: now }), say('clauses', { all: later })]
  if (later.length === 0) return say('network-in-force', { name, now: inForce })
  return now.length === 0
    ? say('network-from-next-start', { name, later: waiting })
    : say('network-in-force-and-later', { name, now: inForce, later: waiting })
}
