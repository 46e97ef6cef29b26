import { servesDhcp } from '../world/network'
import { bestVerdict, reach, type Around, type End } from './reach'
import { spotAt, type Spot } from './spot'
import { unknown, type Reach } from './verdict'
import type { Attachment, Machine, Network } from '../world/world'

/** Who reaches whom through one network: the table "The networks" of the README as data, as programs read it. */
export interface Reachability {
  hostToMachine: 'yes' | 'no' | 'no-host-address' | 'no-macvtap' | 'by-host-access' | 'unknown'
  machineToOutside: 'directly' | 'through-nat' | 'by-routing' | 'no' | 'unknown'
  lanToMachine: 'yes' | 'by-routing' | 'no' | 'unknown'
  /** Who hands out addresses: libvirt's DHCP, the router of the LAN, or nobody. */
  addressesFrom: 'libvirt' | 'lan-router' | 'nobody' | 'unknown'
}

/** What is said of a machine, each with its reason. */
export interface MachineReach {
  hostToMachine: Reach
  machineToOutside: Reach
  lanToMachine: Reach
}

/**
 * Who reaches a machine, and whom it reaches, as it is now: off, paused and cut off count. One NIC that gets through is
 * enough. Where nobody gives addresses and none is known, a way there is not yet a yes.
 */
export function machineReach(machine: Machine, around: Around): MachineReach {
  const said = (judge: (self: End) => Reach): Reach =>
    bestVerdict(byNic(machine).map((one) => addressed(judge({ type: 'machine', machine: one }), one, around)))
  return {
    hostToMachine: said((self) => reach({ type: 'host' }, self, around)),
    machineToOutside: said((self) => reach(self, { type: 'internet' }, around)),
    lanToMachine: said((self) => reach({ type: 'lan' }, self, around)),
  }
}

/** The machine as if it had one NIC only, for each of them. */
const byNic = (machine: Machine): Machine[] =>
  machine.nics.length === 0 ? [machine] : machine.nics.map((nic) => ({ ...machine, nics: [nic] }))

/** The same for a running machine that is plugged in there and nowhere else. */
export const reachAt = (attachment: Attachment, around: Around): MachineReach =>
  machineReach(runningOn(attachment), around)

/** Who gives addresses to whoever is plugged in there. */
export const addressesFrom = (attachment: Attachment, around: Around): Reachability['addressesFrom'] =>
  addressesAt(spotAt(attachment, around))

/** What a machine on this network reaches, and who reaches it, in words for programs. A stopped network reaches nothing. */
export function reachabilityOf(network: Network, around: Around): Reachability {
  const attachment = attachmentTo(network)
  const { hostToMachine, machineToOutside, lanToMachine } = reachAt(attachment, around)
  return {
    hostToMachine: HOST[hostToMachine.reason.code] ?? plain(hostToMachine),
    machineToOutside: OUTSIDE[machineToOutside.reason.code] ?? notYes(machineToOutside),
    lanToMachine: LAN[lanToMachine.reason.code] ?? plain(lanToMachine),
    addressesFrom: addressesFrom(attachment, around),
  }
}

/** What plugs a machine into a network. */
export const attachmentTo = (network: Network): Exclude<Attachment, { type: 'other' | 'direct' }> =>
  network.source === 'libvirt'
    ? { type: 'network', network: network.name }
    : { type: 'bridge', bridge: network.name }

function addressesAt(spot: Spot): Reachability['addressesFrom'] {
  switch (spot.at) {
    case 'virtual':
      return spot.network.subnets.some(servesDhcp) ? 'libvirt' : 'nobody'
    case 'bridge':
      if (spot.onLan) return 'lan-router'
      return spot.leads ? 'unknown' : 'nobody'
    case 'macvtap':
      return spot.onLan ? 'lan-router' : 'unknown'
    case 'nowhere':
      return spot.verdict.answer === 'no' ? 'nobody' : 'unknown'
  }
}

/** A yes is meant for a machine with an address: where none is given and none is seen, it hangs on one set by hand. */
function addressed(verdict: Reach, { nics }: Machine, around: Around): Reach {
  if (verdict.answer !== 'yes') return verdict
  const hasOne = nics.some(
    ({ live, addresses }) =>
      addresses.length > 0 || (live !== null && addressesFrom(live, around) !== 'nobody'),
  )
  return hasOne ? verdict : unknown('no-dhcp', verdict.reason.on)
}

/** A machine that is well, with a cable into one place. */
const runningOn = (attachment: Attachment): Machine => ({
  id: '',
  name: '',
  title: null,
  state: 'running',
  persistent: true,
  autostart: false,
  nics: [
    {
      mac: '',
      model: null,
      alias: null,
      tap: null,
      live: attachment,
      saved: attachment,
      linkUp: true,
      addresses: [],
    },
  ],
})

type Words<T extends string> = Partial<Record<Reach['reason']['code'], T>>

const HOST: Words<Reachability['hostToMachine']> = {
  'host-access': 'by-host-access',
  // Which of them, their addresses tell.
  'no-address-known': 'by-host-access',
  'macvtap-apart': 'no-macvtap',
  'no-host-route': 'no-macvtap',
  'no-host-address': 'no-host-address',
  'no-dhcp': 'yes',
}
const OUTSIDE: Words<Reachability['machineToOutside']> = {
  'on-lan': 'directly',
  'by-nat': 'through-nat',
  'needs-route': 'by-routing',
  'no-dhcp': 'through-nat',
}
const LAN: Words<Reachability['lanToMachine']> = { 'needs-route': 'by-routing' }

const plain = ({ answer }: Reach): 'yes' | 'no' | 'unknown' => answer
const notYes = ({ answer }: Reach): 'no' | 'unknown' => (answer === 'no' ? 'no' : 'unknown')
