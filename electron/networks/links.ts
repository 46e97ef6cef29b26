import { lanBridgeOf, type Link } from '../../shared/world/host'
import type { World } from '../../shared/world/world'
import { checkLinkName, refused, wrong } from './names'
import { freeBridgeName } from './propose'

/** The host's links that a network stands on, and the one that it brings. */
type Surroundings = Pick<World, 'host' | 'networks'>

/** The name of a bridge that is not there yet. */
export function virtualBridge(world: Surroundings, wanted: string | null): string {
  const free = freeBridgeName(world)
  if (wanted === null) return free
  checkLinkName(wanted, 'bridge')
  const hint = `Free is for instance ${free}.`
  const owner = world.networks.find((network) => network.source === 'libvirt' && network.bridge === wanted)
  if (owner) throw refused('bridge', `${wanted} is the bridge of the network ${owner.name}.`, hint)
  if (linkOf(world, wanted)) throw refused('bridge', `The host has a link named ${wanted} already.`, hint)
  return wanted
}

/** A bridge of the host; the one to the LAN unless named. */
export function hostBridge(world: Surroundings, wanted: string | null): string {
  refuseElsewhere(world, 'bridge')
  const bridge = wanted ?? lanBridgeOf(world.host)
  const hint = 'Make one first.'
  const ways = {
    shellHint: 'Make one with: patchbay bridge create',
    remedy: { kind: 'make-bridge' },
  } as const
  if (bridge === null) throw refused('bridge', 'There is no bridge to the LAN on this host yet.', hint, ways)
  const owner = world.networks.find(
    (network) => network.source === 'libvirt' && network.kind !== 'bridged' && network.bridge === bridge,
  )
  if (owner) {
    const shellHint = `Plug machines into that network: patchbay connect MACHINE network:${owner.name}`
    const plug = 'Plug machines into that network.'
    throw refused('bridge', `${bridge} belongs to the network ${owner.name} itself.`, plug, { shellHint })
  }
  const link = linkOf(world, bridge)
  if (link?.kind === 'bridge') return bridge
  const what = link ? `${bridge} is not a bridge.` : `The host has no bridge named ${bridge}.`
  throw refused('bridge', what, hint, ways)
}

/** Network cards that machines can sit on; the uplink's unless named. */
export function macvtapLinks(world: Surroundings, links: readonly string[]): readonly string[] {
  refuseElsewhere(world, 'links')
  const nic = world.host.uplink?.nic
  const chosen = links.length === 0 && nic !== undefined ? [nic] : links
  if (chosen.length === 0) {
    throw refused('links', 'This host has no uplink that machines could sit on.', 'Name a network card.')
  }
  const twice = chosen.find((name, index) => chosen.indexOf(name) !== index)
  if (twice !== undefined) throw wrong('links', `${twice} is named twice.`, 'Name each network card once.')
  for (const name of chosen) refuseMacvtapOn(existing(world, name))
  return chosen
}

function refuseMacvtapOn({ name, kind, master }: Link): void {
  if (kind === 'wifi') {
    const hint = 'Use a NAT or a routed network.'
    throw refused('links', `${name} is Wi-Fi, whose access point takes one MAC address only.`, hint)
  }
  if (kind === 'loopback' || kind === 'tunnel' || kind === 'ppp') {
    throw refused(
      'links',
      `${name} carries no Ethernet, so no machine can sit on it.`,
      'Name a network card.',
    )
  }
  // A link has one receive handler (Linux, netdev_rx_handler_register), and its bridge or bond has it.
  if (master !== null) {
    const hint = `Make a bridged network over ${master} instead.`
    const shellHint = `Make a network over the bridge instead: --kind bridge --bridge ${master}`
    throw refused('links', `${name} is a port of ${master}, so no machine can sit on it.`, hint, {
      shellHint,
    })
  }
}

/** The link that a network leads out through; null for whichever the routes say. */
export function viaOf(world: Surroundings, links: readonly string[]): string | null {
  const [via, ...more] = links
  if (more.length > 0) throw wrong('links', 'Such a network leads out through one link.', 'Name one.')
  if (via === undefined) return null
  refuseElsewhere(world, 'links')
  return existing(world, via).name
}

/** Another computer's links can't be seen from here, so none can be found fit for a network. */
function refuseElsewhere({ host }: Surroundings, field: string): void {
  if (host.computer === 'this') return
  throw refused(
    field,
    `Which links and bridges ${host.hostname} has can’t be seen from here.`,
    'Run Patchbay over there for a network that stands on one of them.',
  )
}

function existing(world: Surroundings, name: string): Link {
  const link = linkOf(world, name)
  if (link) return link
  throw refused('links', `The host has no link named ${name}.`, 'Name one that This host shows.', {
    shellHint: 'See what there is with: patchbay status',
  })
}

const linkOf = ({ host }: Surroundings, name: string): Link | undefined =>
  host.links.find((link) => link.name === name)
