import ipaddr from 'ipaddr.js'
import { addressesHere } from '../../shared/world/address-here'
import { PatchbayError } from '../../shared/failure'
import type { AdditionOf } from '../../shared/helper/host-addition'
import type { LibvirtNetwork, World } from '../../shared/world/world'
import { findMachine } from './find'
import { say } from '../../shared/phrases/phrase'

type Forward = AdditionOf<'port-forward'>

/** `8080`, `8080/tcp`, `53/udp`. @throws PatchbayError `usage`, with the field `port` */
export function parseHostPort(text: string): Pick<Forward, 'protocol' | 'hostPort'> {
  const [, port = '', protocol = 'tcp'] = /^([0-9]{1,5})(?:\/(tcp|udp))?$/.exec(text.trim()) ?? []
  return { protocol: protocol === 'udp' ? 'udp' : 'tcp', hostPort: portOf(port, text, 'port') }
}

/** @throws PatchbayError `usage`, with the field `machinePort` */
export const parsePort = (text: string): number => portOf(text.trim(), text, 'machinePort')

/**
 * Where a port leads to: `web01`, `web01:80`, `192.168.122.10:80`; to the same port unless told.
 * @throws PatchbayError `usage`, `not-found`, `refused` when the machine is not on a NAT network, or has no address yet
 */
export function forwardTo(
  world: Pick<World, 'machines' | 'networks' | 'host'>,
  from: Pick<Forward, 'protocol' | 'hostPort'>,
  to: string,
): Forward {
  const [, target = to, port] = /^(.*):([0-9]{1,5})$/.exec(to) ?? []
  const machinePort = port === undefined ? from.hostPort : portOf(port, to, 'machinePort')
  if (ipaddr.IPv4.isValidFourPartDecimal(target)) return forwardToAddress(world, from, target, machinePort)
  const here = addressesHere(world)
  const addresses = findMachine(world, target).nics.flatMap((nic) => here(nic).map(({ ip }) => ip))
  const onNat = addresses.find((ip) => natBridgeOf(world, ip) !== null)
  if (onNat === undefined) throw notOnNat(target)
  return forwardToAddress(world, from, onNat, machinePort)
}

/** @throws PatchbayError `refused` when the address is not of a NAT network that runs */
export function forwardToAddress(
  world: Pick<World, 'networks'>,
  from: Pick<Forward, 'protocol' | 'hostPort'>,
  machine: string,
  machinePort: number,
): Forward {
  const bridge = natBridgeOf(world, machine)
  if (bridge !== null) return { kind: 'port-forward', ...from, machine, machinePort, bridge }
  throw notOnNat(machine)
}

const notOnNat = (machine: string): PatchbayError =>
  new PatchbayError({
    code: 'refused',
    message: say('not-on-nat-network-runs', { machine }),
    hint: say('machine-on-lan-reached-directly'),
    shellHint: say('machine-on-lan-reached-directly-see'),
  })

/** The virtual bridge of the NAT network that an address is of. */
function natBridgeOf({ networks }: Pick<World, 'networks'>, ip: string): string | null {
  const found = networks.find((one) => isNatOf(one, ip))
  return found?.source === 'libvirt' ? found.bridge : null
}

function isNatOf(network: World['networks'][number], ip: string): network is LibvirtNetwork {
  if (network.source !== 'libvirt' || network.kind !== 'nat' || !network.active) return false
  return network.subnets.some(
    ({ family, address, prefix }) =>
      family === 4 &&
      ipaddr.IPv4.isValidFourPartDecimal(ip) &&
      ipaddr.IPv4.parse(ip).match(ipaddr.IPv4.parse(address), prefix),
  )
}

function portOf(text: string, whole: string, field: string): number {
  const port = /^[0-9]+$/.test(text) ? Number(text) : NaN
  if (port >= 1 && port <= 65535) return port
  throw new PatchbayError({
    code: 'usage',
    message: say('names-no-port', { whole }),
    hint: say('port-number-from-1'),
    field,
  })
}
