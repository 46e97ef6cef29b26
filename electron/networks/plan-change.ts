import { NEW_KINDS, type NetworkChange, type NetworkChangeWish } from '../../shared/network-wish'
import { servesDhcp, type Subnet, type World } from '../../shared/world'
import { rangeText, readIpv6, readMtu, readRange, readSubnet, type HostSubnet } from './addressing'
import { formatIp, isHostIn, parseCidr, parseIp, sameIp } from './cidr'
import { claimsOf, type Claim } from './claims'
import { rangesIn, rangeXml, type NetworkEdits } from './edit-xml'
import { refused, wrong } from './names'
import { parseNetwork, type NetworkDefinition } from './network-xml'
import { readDomain, refuseField } from './plan-network'
import { addHost, addLease, removeHost, removeLease } from './plan-records'
import type { NetworkUpdate } from './update'

/** How a network is changed: by updates that libvirt makes while it runs, and by edits of its saved definition. */
export interface ChangePlan {
  updates: readonly NetworkUpdate[]
  edits: NetworkEdits
  /** The same in words. */
  now: readonly string[]
  later: readonly string[]
}

/**
 * Decides how to change a network, or says at which field it can't be. Pure.
 * @param xml its definition as it is saved; as it runs where nothing is saved
 * @param random gives 40 bits for a private IPv6 subnet
 * @throws PatchbayError `usage`, `refused`, `not-found`, with the field
 */
export function planChange(
  world: Pick<World, 'host' | 'networks'>,
  xml: string,
  change: NetworkChange,
  random: () => bigint,
): ChangePlan {
  const definition = parseNetwork(xml)
  switch (change.kind) {
    case 'settings':
      return planSettings({ ...definition, xml }, change, claimsOf(world, definition.name), random)
    case 'add-lease':
      return live(addLease(definition, change))
    case 'remove-lease':
      return live(removeLease(definition, change.which))
    case 'add-host':
      return live(addHost(definition, change))
    case 'remove-host':
      return live(removeHost(definition, change.which))
  }
}

const live = ({ updates, words }: { updates: readonly NetworkUpdate[]; words: string }): ChangePlan => ({
  updates,
  edits: {},
  now: updates.length === 0 ? [] : [words],
  later: [],
})

function planSettings(
  definition: NetworkDefinition & { xml: string },
  wish: NetworkChangeWish,
  claims: readonly Claim[],
  random: () => bigint,
): ChangePlan {
  refuseForeign(definition, wish)
  const edits: NetworkEdits = {}
  const later: string[] = []
  const edit = <K extends keyof NetworkEdits>(
    key: K,
    value: NetworkEdits[K],
    now: unknown,
    words: string,
  ): void => {
    if (JSON.stringify(value) === JSON.stringify(now)) return
    edits[key] = value
    later.push(words)
  }

  const v6 = definition.subnets.find(({ family }) => family === 6)
  const known = v6 === undefined ? null : { address: v6.address, prefix: v6.prefix }
  const keepsIpv6 = wish.ipv6 === null || (wish.ipv6 === 'auto' && known !== null)
  const ipv6 = keepsIpv6 ? known : readIpv6(wish.ipv6, claims, random)
  if (wish.ipv6 !== null) edit('ipv6', ipv6, known, `IPv6 ${ipv6 ? `${ipv6.address}/${ipv6.prefix}` : 'off'}`)
  if (wish.domain !== null) {
    edit('domain', readDomain(wish.domain), definition.domain, `domain ${wish.domain}`)
  }
  const mtu = readMtu(wish.mtu ?? (definition.mtu === null ? null : String(definition.mtu)), ipv6 !== null)
  if (wish.mtu !== null) edit('mtu', mtu, definition.mtu, mtuWords(mtu))
  if (wish.isolatedPorts !== null) {
    const words = `machines ${wish.isolatedPorts ? 'kept apart' : 'among each other'}`
    edit('isolatedPorts', wish.isolatedPorts, definition.isolatedPorts, words)
  }

  const old = ipv4Of(definition)
  const subnet = wish.subnet === null ? null : readSubnet(wish.subnet, claims)
  if (subnet !== null && !isAt(old, subnet)) {
    if (old) refuseStrandedLeases(old.subnet, subnet)
    const dhcp = readRange(wish.dhcp ?? (old?.subnet.dhcp ? null : 'off'), subnet)
    const next = { address: formatIp(subnet.host), prefix: subnet.cidr.prefix, dhcp }
    edit('subnet', next, null, `subnet ${next.address}/${next.prefix}, DHCP ${rangeText(dhcp)}`)
    return { updates: [], edits, now: [], later }
  }
  const range = wish.dhcp === null ? { updates: [], now: [] } : planRange(definition.xml, old, wish.dhcp)
  return { ...range, edits, later }
}

/** The card of a running machine keeps the MTU that it was made with. */
const mtuWords = (mtu: number | null): string => `MTU ${mtu ?? 'as usual'}, for a machine from its own start`

function refuseForeign({ kind, name }: NetworkDefinition, wish: NetworkChangeWish): void {
  const known = NEW_KINDS.find((one) => one === kind)
  if (known === undefined) {
    const hint = `Change it with: virsh net-edit ${name}`
    throw refused('network', `Patchbay can’t change the network ${name}: it is of a kind of its own.`, hint)
  }
  const fields = ['subnet', 'dhcp', 'ipv6', 'domain', 'mtu', 'isolatedPorts'] as const
  const said = fields.filter((field) => wish[field] !== null)
  if (said.length === 0) {
    throw wrong(
      'network',
      `Nothing was said that should change in ${name}.`,
      'Say what, for instance --mtu 1400.',
    )
  }
  for (const field of said) refuseField(field, known)
}

interface Ipv4 {
  subnet: Subnet
  /** Its place among all `<ip>`. */
  index: number
}

/** The IPv4 subnet with DHCP, of which libvirt allows one; else the first. */
function ipv4Of({ subnets }: NetworkDefinition): Ipv4 | null {
  const all = subnets.map((subnet, index) => ({ subnet, index })).filter(({ subnet }) => subnet.family === 4)
  const serving = all.find(({ subnet }) => servesDhcp(subnet))
  return serving ?? all[0] ?? null
}

const isAt = (ipv4: Ipv4 | null, { cidr, host }: HostSubnet): boolean =>
  ipv4?.subnet.address === formatIp(host) && ipv4.subnet.prefix === cidr.prefix

/** @throws PatchbayError `refused` when a static lease would be outside the new subnet */
function refuseStrandedLeases({ reservations }: Subnet, { cidr, host }: HostSubnet): void {
  const stranded = reservations.filter(({ ip }) => {
    const parsed = parseIp(ip)
    return parsed === null || !isHostIn(cidr, parsed) || sameIp(parsed, host)
  })
  if (stranded.length === 0) return
  throw refused(
    'subnet',
    `Static leases have no place in that subnet: ${stranded.map(({ ip }) => ip).join(', ')}.`,
    'Remove them first: patchbay network lease remove NETWORK ADDRESS',
  )
}

/** libvirt takes ranges out and puts them in while the network runs. */
function planRange(xml: string, ipv4: Ipv4 | null, text: string): Pick<ChangePlan, 'updates' | 'now'> {
  const cidr = ipv4 && parseCidr(`${ipv4.subnet.address}/${ipv4.subnet.prefix}`)
  const host = ipv4 && parseIp(ipv4.subnet.address)
  if (!cidr || !host) throw wrong('dhcp', 'The network has no IPv4 subnet yet.', 'Give it one with --subnet.')
  const { subnet, index } = ipv4
  const range = readRange(text, { cidr, host })
  const old = rangesIn(xml, index)
  if (old.length <= 1 && rangeText(range) === rangeText(subnet.dhcp)) return { updates: [], now: [] }
  const update = (command: NetworkUpdate['command'], element: string): NetworkUpdate => ({
    command,
    section: 'dhcpRange',
    parentIndex: index,
    xml: element,
  })
  return {
    updates: [
      ...old.map((one) => update('delete', one)),
      ...(range === null ? [] : [update('add', rangeXml(range, old[0]))]),
    ],
    now: [`DHCP ${rangeText(range)}`],
  }
}
