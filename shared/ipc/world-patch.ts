import type { ItemsPatch, WorldPatch } from './contract'
import type { World } from '../world/world'

/** The difference between two Worlds whose unchanged parts are the same objects; null when nothing changed. */
export function diffWorlds(before: World, after: World): WorldPatch | null {
  const patch: WorldPatch = {}
  if (before.libvirt !== after.libvirt) patch.libvirt = after.libvirt
  if (before.host !== after.host) patch.host = after.host
  if (before.transactions !== after.transactions) patch.transactions = after.transactions
  if (before.additions !== after.additions) patch.additions = after.additions
  if (before.operations !== after.operations) patch.operations = after.operations
  const networks = diffItems(before.networks, after.networks)
  if (networks !== null) patch.networks = networks
  const machines = diffItems(before.machines, after.machines)
  if (machines !== null) patch.machines = machines
  return Object.keys(patch).length === 0 ? null : patch
}

function diffItems<T extends { id: string }>(
  before: readonly T[],
  after: readonly T[],
): ItemsPatch<T> | null {
  if (before === after) return null
  const known = new Map(before.map((item) => [item.id, item]))
  const put = after.filter((item) => known.get(item.id) !== item)
  const sameOrder = before.length === after.length && before.every((item, i) => item.id === after[i]?.id)
  if (sameOrder) return put.length === 0 ? null : { put }
  return { put, order: after.map((item) => item.id) }
}

/** Applies a patch; `applyPatch(a, diffWorlds(a, b))` equals `b`. */
export function applyPatch(world: World, patch: WorldPatch): World {
  const { networks, machines, ...whole } = patch
  return {
    ...world,
    ...whole,
    networks: networks === undefined ? world.networks : applyItems(world.networks, networks),
    machines: machines === undefined ? world.machines : applyItems(world.machines, machines),
  }
}

function applyItems<T extends { id: string }>(items: readonly T[], patch: ItemsPatch<T>): readonly T[] {
  const byId = new Map(items.map((item) => [item.id, item]))
  for (const item of patch.put) byId.set(item.id, item)
  const order = patch.order ?? items.map((item) => item.id)
  return order.flatMap((id) => byId.get(id) ?? [])
}
