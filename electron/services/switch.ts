import type { Address, Link } from '../../shared/host'
import { isHostAccess, macvtapLinks } from '../../shared/macvtap'
import { sameAttachment, type Attachment, type NicAddress, type World } from '../../shared/world'
import type { Libvirt } from '../libvirt/libvirt'
import { SWITCH_STEPS } from '../machines/move-nic'
import type { SwitchOutcome, SwitchRequest } from '../machines/switch-nic'
import type { ConnectPlan } from './connect'
import { findNeighbour } from './neighbours'
import type { Progress } from './operations'

/** How long a guest on a bridge gets to ask for an address and use it; DHCP servers take up to 4 s for a new guest. */
const BRIDGE_PATIENCE_MS = 25_000

export type Switch = (libvirt: Libvirt, request: SwitchRequest) => Promise<SwitchOutcome>

export interface SwitchParts {
  switchNic: Switch
  libvirt: Libvirt
  world: World
  /** Ends the wait for an address. */
  over: AbortController
  /** Told when only the address is waited for: the switch itself is done. */
  waiting: () => void
  /** Told after each step, since libvirt has no event for a NIC that was changed. */
  changed: () => void
}

/** The steps of a switch, as far as they can be told beforehand: only a guest that can notice is asked to. */
export function stepsOf({ live, machine, nic, to, replugs, silent }: ConnectPlan): string[] {
  const { unplug, plug, rejoin, address } = SWITCH_STEPS
  if (replugs) return [unplug, plug]
  if (nic.live === null) return [plug]
  const noticed = live && machine.state === 'running' && nic.linkUp && !sameAttachment(nic.live, to)
  if (!noticed) return [plug]
  return silent ? [plug, rejoin] : [plug, rejoin, address]
}

/**
 * Switches as planned and shows the steps. On a bridge the address is also looked for among the host's neighbours,
 * since the LAN's router tells nobody here what it gave out; whoever finds it first ends the wait.
 */
export async function switchAndSee(
  { switchNic, libvirt, world, over, waiting, changed }: SwitchParts,
  plan: ConnectPlan,
  progress: Progress,
): Promise<SwitchOutcome> {
  const { machine, nic, to, live } = plan
  const link = linkToAsk(world, to)
  const own = link?.addresses.find((address) => address.family === 4)
  const told = new Set<string>(stepsOf(plan))
  let search: Promise<string | null> = Promise.resolve(null)
  try {
    const outcome = await switchNic(libvirt, {
      machine: machine.id,
      mac: nic.mac,
      to,
      live,
      signal: over.signal,
      ...(own === undefined ? {} : { addressPatienceMs: BRIDGE_PATIENCE_MS }),
      progress: (step, state, detail) => {
        const waits = step === SWITCH_STEPS.address
        // Whose address it is in the end is told below.
        if (!waits || state !== 'done') progress.step(step, state, detail)
        if (state === 'done') changed()
        if (!waits || state !== 'running') return
        told.add(step)
        waiting()
        if (link && own) {
          search = findNeighbour({ name: link.name, own }, nic.mac, over.signal)
          void search.then((ip) => ip !== null && over.abort())
        }
      },
    })
    over.abort()
    const address = outcome.address ?? onBridge(await search, own)
    if (told.has(SWITCH_STEPS.address)) {
      progress.step(SWITCH_STEPS.address, 'done', address?.ip ?? 'none seen; the guest may need longer')
    }
    return { ...outcome, address: address?.source === 'arp' ? onBridge(address.ip, own) : address }
  } finally {
    over.abort()
  }
}

/** The host's own link among the neighbours of whoever is plugged in there, if there is one. */
function linkToAsk({ host, networks }: World, to: Attachment): Link | undefined {
  if (to.type === 'bridge') return host.links.find((one) => one.name === to.bridge)
  const below = macvtapLinks(networks, to)
  return below === null ? undefined : host.links.find((one) => isHostAccess(one, below))
}

/** libvirt knows no prefix of a neighbour (it says 0); it is that of the host's own address on the bridge. */
function onBridge(ip: string | null, own: Address | undefined): NicAddress | null {
  return ip === null ? null : { ip, prefix: own?.prefix ?? 32, source: 'arp' }
}
