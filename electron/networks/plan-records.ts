import { PatchbayError } from '../../shared/failure'
import type { NetworkChange } from '../../shared/world/network-wish'
import { servesDhcp, type DnsHost, type Reservation, type Subnet } from '../../shared/world/world'
import { contains, formatCidr, formatIp, isHostIn, parseCidr, parseIp, sameIp } from './cidr'
import { dnsHostXml, reservationXml } from './edit-xml'
import { checkDnsName, checkMachineName, parseMac, refused, wrong } from './names'
import type { NetworkDefinition } from './network-xml'
import type { NetworkUpdate } from './update'

/** Static leases and DNS records: libvirt changes them while the network runs. All of it pure. */
export interface RecordPlan {
  updates: readonly NetworkUpdate[]
  words: string
}

type Adding<K extends NetworkChange['kind']> = Extract<NetworkChange, { kind: K }>

/** @throws PatchbayError `usage`, `refused`, with the field */
export function addLease(definition: NetworkDefinition, wish: Adding<'add-lease'>): RecordPlan {
  const { ip, index } = placeOf(definition, wish.ip)
  if (wish.mac === null && wish.name === null) {
    throw wrong(
      'mac',
      'It is not said whom the address is for.',
      'Name the machine by its MAC, its name, or both.',
    )
  }
  const mac = wish.mac === null ? null : parseMac(wish.mac, 'mac')
  if (wish.name !== null) checkMachineName(wish.name, 'name')
  const lease: Reservation = { ip, mac, name: wish.name }
  const all = definition.subnets.flatMap(({ reservations }) => reservations)
  const words = `static lease ${leaseWords(lease)}`
  if (all.some((other) => leaseWords(other) === leaseWords(lease))) return { updates: [], words }
  refuseDuplicates(all, lease, definition.name)
  return { updates: [leaseUpdate('add', index, lease)], words }
}

/** The `<ip>` that the address belongs to. */
function placeOf({ name, subnets }: NetworkDefinition, text: string): { ip: string; index: number } {
  const ip = parseIp(text)
  const v4 = subnets.filter(({ family }) => family === 4).map(cidrOf)
  const known = v4.map((cidr) => (cidr === null ? '' : formatCidr(cidr))).join(', ')
  const hint = known === '' ? 'Give the network a subnet first.' : `Choose one out of ${known}.`
  if (ip === null) throw wrong('ip', `“${text}” is no address.`, hint)
  const index = subnets.findIndex((subnet) => {
    const cidr = cidrOf(subnet)
    return cidr !== null && contains(cidr, ip)
  })
  const subnet = subnets[index]
  const cidr = subnet && cidrOf(subnet)
  // A machine has no MAC in DHCPv6, and makes its own IPv6 address anyway.
  if (ip.family !== 4 || !subnet || !cidr) {
    throw wrong('ip', `${text} is in no IPv4 subnet of the network ${name}.`, hint)
  }
  if (!isHostIn(cidr, ip) || sameIp(cidr, ip)) {
    throw wrong(
      'ip',
      `${text} can’t be a machine’s: it is the subnet’s, the broadcast or the host’s own.`,
      hint,
    )
  }
  const serving = subnets.find((other) => other !== subnet && other.family === 4 && servesDhcp(other))
  if (serving) {
    const other = `libvirt serves DHCP in one IPv4 subnet of a network, and here that is ${serving.address}/${serving.prefix}.`
    throw refused('ip', other, 'Choose an address from that.')
  }
  return { ip: formatIp(ip), index }
}

const cidrOf = ({ address, prefix }: Subnet) => parseCidr(`${address}/${prefix}`)

function refuseDuplicates(all: readonly Reservation[], lease: Reservation, network: string): void {
  for (const field of ['ip', 'mac', 'name'] as const) {
    const other = all.find((one) => one[field] !== null && sameWord(one[field], lease[field]))
    if (!other) continue
    const shellHint = `Remove it first: patchbay network lease remove ${network} ${other.ip}`
    throw refused(field, `There is a static lease ${leaseWords(other)} already.`, 'Remove it first.', {
      shellHint,
    })
  }
}

const sameWord = (a: string, b: string | null): boolean => a.toLowerCase() === b?.toLowerCase()

const leaseWords = ({ ip, mac, name }: Reservation): string =>
  `${ip} for ${[name, mac].filter((word) => word !== null).join(' ')}`

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
      words: `static lease ${leaseWords(lease)} removed`,
    }
  }
  throw missing(name, `static lease ${which}`)
}

const missing = (network: string, what: string): PatchbayError =>
  new PatchbayError({
    code: 'not-found',
    field: 'which',
    message: `The network ${network} has no ${what}.`,
    shellHint: `See what there is with: patchbay network show ${network}`,
  })

/** A second name for an address joins the first. @throws PatchbayError `usage`, `refused`, with the field */
export function addHost(definition: NetworkDefinition, wish: Adding<'add-host'>): RecordPlan {
  const parsed = parseIp(wish.ip)
  if (parsed === null) throw wrong('ip', `“${wish.ip}” is no address.`, 'An address looks like 10.1.2.3.')
  if (definition.subnets.length === 0) {
    const hint = 'Use the DNS of whoever gives out addresses there.'
    throw refused('network', `libvirt answers no names on the network ${definition.name}.`, hint)
  }
  const ip = formatIp(parsed)
  for (const name of wish.names) checkDnsName(name, 'names')
  const { hosts } = definition
  const old = hosts.find((host) => sameHost(host, ip))
  const more = wish.names.filter((name) => !old?.names.some((known) => sameWord(known, name)))
  const words = `name ${wish.names.join(', ')} for ${ip}`
  if (more.length === 0) return { updates: [], words }
  for (const name of more) {
    const taken = hosts.find(({ names }) => names.some((known) => sameWord(known, name)))
    if (!taken) continue
    const shellHint = `Remove it first: patchbay network host remove ${definition.name} ${name}`
    throw refused('names', `${name} is the name of ${taken.ip} already.`, 'Remove it first.', { shellHint })
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
  if (host === undefined) throw missing(name, `DNS record ${which}`)
  const rest = sameWord(host.ip, which) ? [] : host.names.filter((one) => !sameWord(one, which))
  return {
    updates: [
      hostUpdate('delete', host),
      ...(rest.length === 0 ? [] : [hostUpdate('add', { ip: host.ip, names: rest })]),
    ],
    words: `name ${which} removed`,
  }
}

const hostUpdate = (command: NetworkUpdate['command'], host: DnsHost): NetworkUpdate => ({
  command,
  section: 'dnsHost',
  parentIndex: -1,
  xml: dnsHostXml(host),
})
