import ipaddr from 'ipaddr.js'
import { PatchbayError } from '../../shared/failure'
import type { AdditionOf } from '../../shared/host-addition'
import type { LibvirtNetwork, World } from '../../shared/world'
import { findMachine } from './find'

type Forward = AdditionOf<'port-forward'>

/** `8080`, `8080/tcp`, `53/udp`. @throws PatchbayError `usage` */
export function parseHostPort(text: string): Pick<Forward, 'protocol' | 'hostPort'> {
  const [, port, protocol = 'tcp'] = /^([0-9]{1,5})(?:\/(tcp|udp))?$/.exec(text) ?? []
  return { protocol: protocol === 'udp' ? 'udp' : 'tcp', hostPort: portIn(port, text) }
}

/**
 * Where a port leads to: `web01`, `web01:80`, `192.168.122.10:80`; to the same port unless told.
 * @throws PatchbayError `usage`, `not-found`, `refused` when the machine is not on a NAT network, or has no address yet
 */
export function forwardTo(
  world: Pick<World, 'machines' | 'networks'>,
  from: Pick<Forward, 'protocol' | 'hostPort'>,
  to: string,
): Forward {
  const [, target = to, port] = /^(.*):([0-9]{1,5})$/.exec(to) ?? []
  const machinePort = port === undefined ? from.hostPort : portIn(port, to)
  const candidates = ipaddr.IPv4.isValidFourPartDecimal(target)
    ? [target]
    : findMachine(world, target).nics.flatMap((nic) => nic.addresses.map(({ ip }) => ip))
  for (const machine of candidates) {
    const bridge = world.networks.find((one) => isNatOf(one, machine))
    if (bridge?.source === 'libvirt' && bridge.bridge !== null) {
      return { kind: 'port-forward', ...from, machine, machinePort, bridge: bridge.bridge }
    }
  }
  throw new PatchbayError({
    code: 'refused',
    message: `${target} has no address on a NAT network that runs.`,
    hint: 'A machine on the LAN is reached directly. See addresses with: patchbay machines',
  })
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

function portIn(text: string | undefined, whole: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port
  throw new PatchbayError({
    code: 'usage',
    message: `“${whole}” names no port.`,
    hint: 'A port is a number from 1 to 65535, such as 8080, 8080/tcp or 53/udp.',
  })
}
