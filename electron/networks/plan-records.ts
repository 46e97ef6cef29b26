import { PatchbayError } from '../../shared/failure'
import type { NetworkChange } from '../../shared/world/network-wish'
import { servesDhcp, type DnsHost, type Reservation, type Subnet } from '../../shared/world/world'
import { contains, formatCidr, formatIp, isHostIn, parseCidr, parseIp, sameIp } from './cidr'
import { dnsHostXml, reservationXml } from './edit-xml'
import { checkDnsName, checkMachineName, parseMac, refused, wrong } from './names'
import type { NetworkDefinition } from './network-xml'
import type { NetworkUpdate } from './update'
import { sameWords, say, type Text } from '../../shared/phrases/phrase'

/** Static leases and DNS records: libvirt changes them while the network runs. All of it pure. */
export interface RecordPlan {
  updates: readonly NetworkUpdate[]
  words: Text
}

type Adding<K extends NetworkChange['kind']> = Extract<NetworkChange, { kind: K }>

/** @throws PatchbayError `usage`, `refused`, with the field */
export function addLease(definition: NetworkDefinition, wish: Adding<'add-lease'>): RecordPlan {
  const { ip, index } = placeOf(definition, wish.ip)
  if (wish.mac === null && wish.name === null) {
    throw wrong('mac', say('not-said-whom-address'), say('name-machine-mac-name'))
  }
  const mac = wish.mac === null ? null : parseMac(wish.mac, 'mac')
  if (wish.name !== null) checkMachineName(wish.name, 'name')
  const lease: Reservation = { ip, mac, name: wish.name }
  const all = definition.subnets.flatMap(({ reservations }) => reservations)
  const words = say('static-lease', { lease: leaseWords(lease) })
  if (all.some((other) => sameWords(leaseWords(other), leaseWords(lease)))) return { updates: [], words }
  refuseDuplicates(all, lease, definition.name)
  return { updates: [leaseUpdate('add', index, lease)], words }
}

/** The `<ip>` that the address belongs to. */
function placeOf({ name, subnets }: NetworkDefinition, text: string): { ip: string; index: number } {
  const ip = parseIp(text)
  const v4 = subnets.filter(({ family }) => family === 4).map(cidrOf)
  const known = v4.map((cidr) => (cidr === null ? '' : formatCidr(cidr))).join(', ')
  const hint = known === '' ? say('give-network-subnet-first') : say('choose-out', { known })
  if (ip === null) throw wrong('ip', say('no-address', { text }), hint)
  const index = subnets.findIndex((subnet) => {
    const cidr = cidrOf(subnet)
    return cidr !== null && contains(cidr, ip)
  })
  const subnet = subnets[index]
  const cidr = subnet && cidrOf(subnet)
  // A machine has no MAC in DHCPv6, and makes its own IPv6 address anyway.
  if (ip.family !== 4 || !subnet || !cidr) {
    throw wrong('ip', say('in-no-ipv4-subnet-network', { text, name }), hint)
  }
  if (!isHostIn(cidr, ip) || sameIp(cidr, ip)) {
    throw wrong('ip', say('cannot-machine-subnet-broadcast', { text }), hint)
  }
  const serving = subnets.find((other) => other !== subnet && other.family === 4 && servesDhcp(other))
  if (serving) {
    const other = say('libvirt-serves-dhcp-in-ipv4', { address: serving.address, prefix: serving.prefix })
    throw refused('ip', other, say('choose-address'))
  }
  return { ip: formatIp(ip), index }
}

const cidrOf = ({ address, prefix }: Subnet) => parseCidr(`${address}/${prefix}`)

function refuseDuplicates(all: readonly Reservation[], lease: Reservation, network: string): void {
  for (const field of ['ip', 'mac', 'name'] as const) {
    const other = all.find((one) => one[field] !== null && sameWord(one[field], lease[field]))
    if (!other) continue
    const shellHint = say('remove-first-patchbay-network-lease', { network, ip: other.ip })
    throw refused(field, say('static-lease-already', { lease: leaseWords(other) }), say('remove-first'), {
      shellHint,
    })
  }
}

const sameWord = (a: string, b: string | null): boolean => a.toLowerCase() === b?.toLowerCase()

const leaseWords = ({ ip, mac, name }: Reservation): Text =>
  say('lease-for', { ip, whom: [name, mac].filter((word) => word !== null).join(' ') })

const leaseUpdate = (
  command: NetworkUpdate['command'],
  parentIndex: number,
  lease: Reservation,
): NetworkUpdate => ({ command, section: 'dhcpHost', parentIndex, xml: reservationXml(lease) })

/** @param which its address, MAC or name. @throws PatchbayError `not-found` */
export function removeLease({ name, subnets }: NetworkDefinition, which: string): RecordPlan {
  for (const [index, { reservations }] of subnets.entries()) {
    const lease = reservations.find((one) =>
      [one.ip, one.mac, one.name].some((word) => sameWord(which, word)),
    )
    if (lease === undefined) continue
    return {
      updates: [leaseUpdate('delete', index, lease)],
      words: say('static-lease-removed', { lease: leaseWords(lease) }),
    }
  }
  throw missing(name, say('no-static-lease', { network: name, which }))
}

const missing = (network: string, message: Text): PatchbayError =>
  new PatchbayError({
    code: 'not-found',
    field: 'which',
    message,
    shellHint: say('see-with-patchbay-network-show', { network }),
  })

/** A second name for an address joins the first. @throws PatchbayError `usage`, `refused`, with the field */
export function addHost(definition: NetworkDefinition, wish: Adding<'add-host'>): RecordPlan {
  const parsed = parseIp(wish.ip)
  if (parsed === null)
    throw wrong('ip', say('ip-no-address', { ip: wish.ip }), say('address-looks-like-10-1'))
  if (definition.subnets.length === 0) {
    const hint = say('use-dns-whoever-gives-out')
    throw refused('network', say('libvirt-answers-no-names', { name: definition.name }), hint)
  }
  const ip = formatIp(parsed)
  for (const name of wish.names) checkDnsName(name, 'names')
  const { hosts } = definition
  const old = hosts.find((host) => sameHost(host, ip))
  const more = wish.names.filter((name) => !old?.names.some((known) => sameWord(known, name)))
  const words = say('name-for', { names: wish.names.join(', '), ip })
  if (more.length === 0) return { updates: [], words }
  for (const name of more) {
    const taken = hosts.find(({ names }) => names.some((known) => sameWord(known, name)))
    if (!taken) continue
    const shellHint = say('remove-first-patchbay-network-host', { network: definition.name, name })
    throw refused('names', say('name-already', { name, ip: taken.ip }), say('remove-name-first'), {
      shellHint,
    })
  }
  const next = { ip, names: [...(old?.names ?? []), ...more] }
  return { updates: [...(old ? [hostUpdate('delete', old)] : []), hostUpdate('add', next)], words }
}

function sameHost(host: DnsHost, ip: string): boolean {
  const parsed = parseIp(host.ip)
  return parsed !== null && formatIp(parsed) === ip
}

/** @param which an address with all its names, or one name. @throws PatchbayError `not-found` */
export function removeHost({ name, hosts }: NetworkDefinition, which: string): RecordPlan {
  const host = hosts.find(({ ip, names }) => sameWord(ip, which) || names.some((one) => sameWord(one, which)))
  if (host === undefined) throw missing(name, say('no-dns-record', { network: name, which }))
  const rest = sameWord(host.ip, which) ? [] : host.names.filter((one) => !sameWord(one, which))
  return {
    updates: [
      hostUpdate('delete', host),
      ...(rest.length === 0 ? [] : [hostUpdate('add', { ip: host.ip, names: rest })]),
    ],
    words: say('name-removed', { which }),
  }
}

const hostUpdate = (command: NetworkUpdate['command'], host: DnsHost): NetworkUpdate => ({
  command,
  section: 'dnsHost',
  parentIndex: -1,
  xml: dnsHostXml(host),
})
