import type { Link } from '../world/host'
import type { HostIntent } from './transaction'

/** What a host change has its hands on. */
export interface Footprint {
  id: string
  links: readonly string[]
  /** What lies below its links, such as a VLAN's card. */
  below: readonly string[]
  files: readonly string[]
}

/** The footprint of a change that touches `files`, on a host with `links`. Pure. */
export function footprintOf(
  { id, intent }: { id: string; intent: HostIntent },
  files: readonly string[],
  links: readonly Pick<Link, 'name' | 'parent'>[],
): Footprint {
  const own = [intent.nic, intent.bridge]
  const all = [...own]
  for (const name of all) {
    const parent = links.find((link) => link.name === name)?.parent ?? null
    if (parent !== null && !all.includes(parent)) all.push(parent)
  }
  return { id, links: own, below: all.slice(own.length), files }
}

/** Whether `earlier` can't be undone before `later` is. Pure. */
export const buildsOn = (later: Footprint, earlier: Footprint): boolean =>
  later.id > earlier.id &&
  ([...later.links, ...later.below].some((link) => earlier.links.includes(link)) ||
    later.files.some((file) => earlier.files.includes(file)))

/** The changes among those in force that undoing one of them takes along, in the order in which they are undone. Pure. */
export function undoOrder<T extends Footprint>(inForce: readonly T[], wanted: T): T[] {
  const order = [wanted]
  for (const one of order) {
    order.push(...inForce.filter((later) => buildsOn(later, one) && !order.includes(later)))
  }
  return order.sort((a, b) => (a.id < b.id ? 1 : -1))
}

/** The change that a difference on these links or files comes from: the newest in force that has its hands on them. Pure. */
export function madeBy(
  inForce: readonly Footprint[],
  links: readonly string[],
  files: readonly string[],
): string | null {
  const makers = inForce.filter(
    (one) => one.links.some((link) => links.includes(link)) || one.files.some((file) => files.includes(file)),
  )
  return (
    makers
      .map(({ id }) => id)
      .sort()
      .at(-1) ?? null
  )
}
