import { isLive, type Attachment, type Machine, type Nic, type World } from '../../shared/world/world'

/** A NIC that is plugged into a network, in the running machine, in the saved definition, or in both. */
export interface NetworkUser {
  machine: Machine
  nic: Nic
  /** Plugged in right now. */
  running: boolean
}

/** Whoever would miss a libvirt network. */
export function usersOf({ machines }: Pick<World, 'machines'>, network: string): NetworkUser[] {
  const isIt = (attachment: Attachment | null): boolean =>
    attachment?.type === 'network' && attachment.network === network
  return machines.flatMap((machine) =>
    machine.nics
      .filter(({ live, saved }) => isIt(live) || isIt(saved))
      .map((nic) => ({ machine, nic, running: isLive(machine.state) && isIt(nic.live) })),
  )
}

/** Each machine once. */
export const namesOf = (users: readonly NetworkUser[]): string[] => [
  ...new Set(users.map(({ machine }) => machine.name)),
]
