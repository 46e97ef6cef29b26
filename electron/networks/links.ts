import { lanBridgeOf, type Link } from '../../shared/world/host'
import type { World } from '../../shared/world/world'
import { checkLinkName, refused, wrong } from './names'
import { freeBridgeName } from './propose'
import { say } from '../../shared/phrases/phrase'

/** The host's links that a network stands on, and the one that it brings. */
type Surroundings = Pick<World, 'host' | 'networks'>

/** The name of a bridge that is not there yet. */
export function virtualBridge(world: Surroundings, wanted: string | null): string {
  const free = freeBridgeName(world)
  if (wanted === null) return free
  checkLinkName(wanted, 'bridge')
  const hint = say('free-for-instance', { free })
  const owner = world.networks.find((network) => network.source === 'libvirt' && network.bridge === wanted)
  if (owner) throw refused('bridge', say('bridge-network', { wanted, name: owner.name }), hint)
  if (linkOf(world, wanted)) throw refused('bridge', say('host-link-named-already', { wanted }), hint)
  return wanted
}

/** A bridge of the host; the one to the LAN unless named. */
export function hostBridge(world: Surroundings, wanted: string | null): string {
  refuseElsewhere(world, 'bridge')
  const bridge = wanted ?? lanBridgeOf(world.host)
  const hint = say('make-bridge-first')
  const ways = {
    shellHint: say('make-with-patchbay-bridge-create'),
    remedy: { kind: 'make-bridge' },
  } as const
  if (bridge === null) throw refused('bridge', say('no-bridge-to-lan-on-host'), hint, ways)
  const owner = world.networks.find(
    (network) => network.source === 'libvirt' && network.kind !== 'bridged' && network.bridge === bridge,
  )
  if (owner) {
    const shellHint = say('plug-machines-into-network-patchbay', { name: owner.name })
    const plug = say('plug-machines-into-network')
    throw refused('bridge', say('belongs-to-network-itself', { bridge, name: owner.name }), plug, {
      shellHint,
    })
  }
  const link = linkOf(world, bridge)
  if (link?.kind === 'bridge') return bridge
  const what = link ? say('not-bridge-2', { bridge }) : say('host-no-bridge-named', { bridge })
  throw refused('bridge', what, hint, ways)
}

/** Network cards that machines can sit on; the uplink's unless named. */
export function macvtapLinks(world: Surroundings, links: readonly string[]): readonly string[] {
  refuseElsewhere(world, 'links')
  const nic = world.host.uplink?.nic
  const chosen = links.length === 0 && nic !== undefined ? [nic] : links
  if (chosen.length === 0) {
    throw refused('links', say('host-no-uplink-machines-could'), say('name-network-card'))
  }
  const twice = chosen.find((name, index) => chosen.indexOf(name) !== index)
  if (twice !== undefined)
    throw wrong('links', say('named-twice-2', { twice }), say('name-each-network-card-once'))
  for (const name of chosen) refuseMacvtapOn(existing(world, name))
  return chosen
}

function refuseMacvtapOn({ name, kind, master }: Link): void {
  if (kind === 'wifi') {
    const hint = say('use-nat-or-routed-network')
    throw refused('links', say('wi-fi-whose-access-point', { name }), hint)
  }
  if (kind === 'loopback' || kind === 'tunnel' || kind === 'ppp') {
    throw refused('links', say('carries-no-ethernet-no-machine', { name }), say('name-network-card'))
  }
  // A link has one receive handler (Linux, netdev_rx_handler_register), and its bridge or bond has it.
  if (master !== null) {
    const hint = say('make-bridged-network-over-instead', { master })
    const shellHint = say('make-network-over-bridge-instead', { master })
    throw refused('links', say('port-no-machine-can-sit', { name, master }), hint, {
      shellHint,
    })
  }
}

/** The link that a network leads out through; null for whichever the routes say. */
export function viaOf(world: Surroundings, links: readonly string[]): string | null {
  const [via, ...more] = links
  if (more.length > 0) throw wrong('links', say('such-network-leads-out-through'), say('name-one'))
  if (via === undefined) return null
  refuseElsewhere(world, 'links')
  return existing(world, via).name
}

/** Another computer's links can't be seen from here, so none can be found fit for a network. */
function refuseElsewhere({ host }: Surroundings, field: string): void {
  if (host.computer === 'this') return
  throw refused(
    field,
    say('links-bridges-cannot-seen', { hostname: host.hostname }),
    say('run-patchbay-over-for-network'),
  )
}

function existing(world: Surroundings, name: string): Link {
  const link = linkOf(world, name)
  if (link) return link
  throw refused('links', say('host-no-link-named', { name }), say('name-host-shows'), {
    shellHint: say('see-with-patchbay-status'),
  })
}

const linkOf = ({ host }: Surroundings, name: string): Link | undefined =>
  host.links.find((link) => link.name === name)
