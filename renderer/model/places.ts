import { reachabilityOf, reachabilityOfAttachment, type Reachability } from '../../shared/reachability'
import {
  attachmentOf,
  networkIdOf,
  type Attachment,
  type Machine,
  type Network,
  type NetworkKind,
  type World,
} from '../../shared/world'

/** An attachment that Patchbay can make. */
export type Pluggable = Exclude<Attachment, { type: 'other' }>

/** Somewhere a cable can be plugged in: a network, or a host link shared by macvtap. */
export interface Place {
  /** The same key as `networkIdOf` gives for the attachment. */
  id: string
  name: string
  kind: NetworkKind
  attachment: Pluggable
  /** Null for a host link, which nobody keeps as a network. */
  network: Network | null
  /** The bridge that the uplink is a port of. */
  isLan: boolean
  active: boolean
  reach: Reachability
  /** What its own cable leads to. */
  leadsTo: 'router' | 'host' | null
}

type Picture = Pick<World, 'host' | 'networks' | 'machines'>

/** Every place of the World: the LAN first, then libvirt's networks, other bridges, and macvtap links in use. */
export function placesOf(world: Picture): Place[] {
  const networks = world.networks.map((network) => placeOfNetwork(network, world))
  return [...networks, ...macvtapPlaces(world)].sort((a, b) => rank(a) - rank(b))
}

const rank = (place: Place): number => {
  if (place.isLan) return 0
  if (place.network === null) return 3
  return place.network.source === 'libvirt' ? 1 : 2
}

function placeOfNetwork(network: Network, world: Picture): Place {
  const reach = reachabilityOf(network, world.host)
  return {
    id: network.id,
    name: network.name,
    kind: network.kind,
    attachment:
      network.source === 'libvirt'
        ? { type: 'network', network: network.name }
        : { type: 'bridge', bridge: network.name },
    network,
    isLan: network.source === 'bridge' && network.onLan,
    active: network.active,
    reach,
    leadsTo: destination(reach),
  }
}

function macvtapPlaces(world: Picture): Place[] {
  const places = new Map<string, Place>()
  for (const machine of world.machines) {
    for (const nic of machine.nics) {
      for (const attachment of [nic.live, nic.saved]) {
        if (attachment?.type !== 'direct') continue
        const id = networkIdOf(attachment)
        const reach = reachabilityOfAttachment(attachment, world.networks, world.host)
        if (id === null || reach === null || places.has(id)) continue
        places.set(id, {
          id,
          name: attachment.link,
          kind: 'macvtap',
          attachment,
          network: null,
          isLan: false,
          active: true,
          reach,
          leadsTo: destination(reach),
        })
      }
    }
  }
  return [...places.values()]
}

function destination(reach: Reachability): Place['leadsTo'] {
  if (reach.machineToOutside === 'directly') return 'router'
  return reach.hostToMachine === 'yes' ? 'host' : null
}

/** The machines with a cable in a place now (live, or saved for a stopped machine). */
export function pluggedInto(placeId: string, machines: readonly Machine[]): readonly Machine[] {
  return machines.filter((machine) =>
    machine.nics.some((nic) => {
      const attachment = attachmentOf(nic)
      return attachment !== null && networkIdOf(attachment) === placeId
    }),
  )
}

/** The machines that would miss a place: plugged in now, or from their next start. */
export const usersOf = (placeId: string, machines: readonly Machine[]): readonly Machine[] =>
  machines.filter(({ nics }) =>
    nics.some(({ live, saved }) =>
      [live, saved].some((attachment) => attachment !== null && networkIdOf(attachment) === placeId),
    ),
  )
