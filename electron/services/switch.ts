import type { World } from '../../shared/world'
import type { Libvirt } from '../libvirt/libvirt'
import { SWITCH_STEPS, type SwitchOutcome, type SwitchRequest } from '../machines/switch-nic'
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
  /** Told after each step, since libvirt has no event for a NIC that was changed. */
  changed: () => void
}

/** The steps of a switch that can be told beforehand. */
export const stepsOf = ({ live, machine }: ConnectPlan): string[] =>
  live && machine.state === 'running' ? Object.values(SWITCH_STEPS) : [SWITCH_STEPS.plug]

/**
 * Switches as planned and shows the steps. On a bridge the address is also looked for among the host's neighbours,
 * since the LAN's router tells nobody here what it gave out; whoever finds it first ends the wait.
 */
export async function switchAndSee(
  { switchNic, libvirt, world, changed }: SwitchParts,
  { machine, nic, to, live }: ConnectPlan,
  progress: Progress,
): Promise<SwitchOutcome> {
  const link = to.type === 'bridge' ? world.host.links.find((one) => one.name === to.bridge) : undefined
  const own = link?.addresses.find((address) => address.family === 4)
  const over = new AbortController()
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
        progress.step(step, state, detail)
        if (state === 'done') changed()
        if (step !== SWITCH_STEPS.address || state !== 'running' || !link || !own) return
        search = findNeighbour({ name: link.name, own }, nic.mac, over.signal)
        void search.then((ip) => ip !== null && over.abort())
      },
    })
    over.abort()
    const ip = await search
    if (outcome.address !== null || ip === null || !own) return outcome
    progress.step(SWITCH_STEPS.address, 'done', `${ip} (arp)`)
    return { ...outcome, address: { ip, prefix: own.prefix, source: 'arp' } }
  } finally {
    over.abort()
  }
}
