import { macvtapLinks } from './macvtap'
import { isLive, type Attachment, type Machine, type Nic, type World } from './world'

/** A machine's NIC that a change would leave without what it is plugged into. */
export interface CableInTheWay {
  machine: Machine
  nic: Nic
  /** Plugged in right now; else from the machine's next start on. */
  running: boolean
}

/** The cables that end in one of these bridges, directly, through a libvirt network over it, or by macvtap. Pure. */
export function cablesOn(
  bridges: readonly string[],
  { machines, networks }: Pick<World, 'machines' | 'networks'>,
): CableInTheWay[] {
  const isOn = (attachment: Attachment | null): boolean =>
    attachment !== null && linksBelow(attachment, networks).some((link) => bridges.includes(link))
  return machines.flatMap((machine) =>
    machine.nics
      .filter(({ live, saved }) => isOn(live) || isOn(saved))
      .map((nic) => ({ machine, nic, running: isLive(machine.state) && isOn(nic.live) })),
  )
}

/** The host's links that an attachment stands on; none for libvirt's own networks. */
export function linksBelow(attachment: Attachment, networks: World['networks']): readonly string[] {
  if (attachment.type === 'bridge') return [attachment.bridge]
  const macvtap = macvtapLinks(networks, attachment)
  if (macvtap !== null) return macvtap
  if (attachment.type !== 'network') return []
  const network = networks.find((one) => one.source === 'libvirt' && one.name === attachment.network)
  return network?.source === 'libvirt' && network.kind === 'bridged' && network.bridge !== null
    ? [network.bridge]
    : []
}

/** Each machine once. */
export const machinesOf = (cables: readonly CableInTheWay[]): readonly Machine[] => [
  ...new Map(cables.map(({ machine }) => [machine.id, machine])).values(),
]
