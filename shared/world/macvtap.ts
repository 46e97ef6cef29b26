import type { Link } from './host'
import { err, ok, type Result } from '../result'
import type { Attachment, Network, World } from './world'
import { say, type Text } from '../phrases/phrase'

/** What macvtap depends on: the host's links, and who uses them already. */
export type MacvtapWorld = Pick<World, 'host' | 'networks' | 'machines'>

type Direct = Extract<Attachment, { type: 'direct' }>

/** The NIC that is about to be plugged in. */
export interface NicKey {
  machine: string
  mac: string
}

/**
 * Refuses macvtap on a link of this host that can't carry it, or would cut the host off. Changes nothing.
 * @param nic what it is for: that it is there already is no obstacle
 */
export function checkMacvtap(world: MacvtapWorld, { link: name, mode }: Direct, nic: NicKey): Result<null> {
  const link = world.host.links.find((one) => one.name === name)
  if (link === undefined) return ok(null)
  if (link.kind === 'loopback' || link.kind === 'tunnel' || link.kind === 'ppp') {
    return refuse(say('carries-no-ethernet-frames-own', { name }), say('use-nat-or-network-card'))
  }
  if (link.kind === 'macvtap' || link.kind === 'macvlan') {
    return refuse(
      say('by-itself-on', { name, parent: link.parent ?? say('another-link'), kind: link.kind }),
      link.parent === null
        ? say('name-network-card')
        : say('use-macvtap-for-same-place', { parent: link.parent, mode }),
    )
  }
  if (link.master !== null) return port(world, link, link.master)
  const users = usersOf(world, name).filter(({ machine, mac }) => machine !== nic.machine || mac !== nic.mac)
  const only = users.find((user) => user.mode === 'passthrough')
  if (only !== undefined) {
    return refuse(
      say('handed-through-to-passthrough-shares', { link: name, name: only.name }),
      say('move-first-or-choose-another', { name: only.name }),
    )
  }
  return mode === 'passthrough' ? checkPassthrough(world, link, users) : ok(null)
}

/** The kernel lets a link be below macvtap or a port, not both (dev->rx_handler, EBUSY). */
function port({ host }: MacvtapWorld, { name }: Link, master: string): Result<null> {
  const isBridge = host.links.some((link) => link.name === master && link.kind === 'bridge')
  return refuse(
    say('port-kernel-allows-no-macvtap', { name, master }),
    isBridge
      ? say('plug-machine-into-bridge-bridge', { master })
      : say('use-macvtap-for-same-place-2', { master }),
  )
}

/** With passthrough the machine's MAC becomes the link's, and everything that arrives there goes to the machine. */
function checkPassthrough({ host }: MacvtapWorld, link: Link, users: readonly User[]): Result<null> {
  const address = link.addresses.find(({ origin }) => origin !== 'link-local')
  const carriesHost = host.uplink !== null && [host.uplink.link, host.uplink.nic].includes(link.name)
  if (address !== undefined || carriesHost) {
    return refuse(
      address === undefined
        ? say('carries-hosts-uplink', { name: link.name })
        : say('carries-hosts-address', { name: link.name, ip: address.ip }),
      say('use-macvtap-bridge-or-link', { name: link.name }),
    )
  }
  const [user] = users
  const [other] = host.links.filter(({ parent }) => parent === link.name)
  const taken = user?.name ?? other?.name
  if (taken === undefined) return ok(null)
  return refuse(
    say('on-already-passthrough-shares-link', { taken, name: link.name }),
    say('use-macvtap-bridge-or-choose', { name: link.name }),
  )
}

interface User extends NicKey {
  name: string
  mode: Direct['mode']
}

/** The NICs of running machines that are on a link by macvtap. */
function usersOf({ machines }: MacvtapWorld, link: string): User[] {
  return machines.flatMap(({ id, name, nics }) =>
    nics.flatMap(({ mac, live }) =>
      live?.type === 'direct' && live.link === link ? [{ machine: id, mac, name, mode: live.mode }] : [],
    ),
  )
}

/** What is worth knowing before a machine is plugged into macvtap; nothing for other places. */
export function macvtapNotes(world: Pick<World, 'host' | 'networks'>, to: Attachment): Text[] {
  const links = macvtapLinks(world.networks, to)
  // Another computer's links can't be seen from here: neither its Wi-Fi nor its ways around the kernel's limit.
  if (links === null || world.host.computer === 'another') return []
  const access = world.host.links.find((link) => isHostAccess(link, links))
  const wifi = world.host.links.find(({ name, kind }) => kind === 'wifi' && links.includes(name))
  return [
    access === undefined
      ? say('over-macvtap-host-machine-do')
      : say('over-macvtap-host-reaches-machine', { name: access.name }),
    ...(wifi === undefined ? [] : [say('wi-fi-card-access-points', { name: wifi.name })]),
  ]
}

/** A macvlan of the host's own beside the machines: by it the host meets who is on the same link by macvtap. */
export const isHostAccess = ({ kind, parent, addresses }: Link, links: readonly string[]): boolean =>
  kind === 'macvlan' &&
  parent !== null &&
  links.includes(parent) &&
  addresses.some(({ family }) => family === 4)

/** The links that an attachment leads to by macvtap; null when it does not. */
export function macvtapLinks(networks: readonly Network[], to: Attachment): readonly string[] | null {
  if (to.type === 'direct') return [to.link]
  if (to.type !== 'network') return null
  const network = networks.find((one) => one.source === 'libvirt' && one.name === to.network)
  return network?.kind === 'macvtap' ? network.links : null
}

const refuse = (message: Text, hint: Text): Result<never> => err({ code: 'refused', message, hint })
