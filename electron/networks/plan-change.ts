import { NEW_KINDS, type NetworkChange, type NetworkChangeWish } from '../../shared/world/network-wish'
import { rangesOf, servesDhcp, type AddressRange, type Subnet, type World } from '../../shared/world/world'
import { rangeText, readMtu, readRange, readSubnet, type HostSubnet } from './addressing'
import { contains, formatIp, parseCidr, parseIp } from './cidr'
import { claimsOf, type Claim } from './claims'
import { rangesIn, rangeXml, type NetworkEdits } from './edit-xml'
import { refused, wrong } from './names'
import { parseNetwork, type NetworkDefinition } from './network-xml'
import { planIpv6 } from './plan-ipv6'
import { readDomain, refuseField } from './plan-network'
import { addHost, addLease, removeHost, removeLease } from './plan-records'
import { refuseSeveral, refuseStranded, subnetText } from './stranded'
import type { NetworkUpdate } from './update'
import { say, type Text } from '../../shared/phrases/phrase'

/** How a network is changed: by updates that libvirt makes while it runs, and by edits of its saved definition. */
export interface ChangePlan {
  updates: readonly NetworkUpdate[]
  edits: NetworkEdits
  /** The same in words. */
  now: readonly Text[]
  later: readonly Text[]
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

const live = ({ updates, words }: { updates: readonly NetworkUpdate[]; words: Text }): ChangePlan => ({
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
  const later: Text[] = []
  const edit = <K extends keyof NetworkEdits>(
    key: K,
    value: NetworkEdits[K],
    now: unknown,
    words: Text,
  ): void => {
    if (JSON.stringify(value) === JSON.stringify(now)) return
    edits[key] = value
    later.push(words)
  }

  const ipv6 = planIpv6(definition, wish.ipv6, claims, random)
  if (ipv6.edit !== null) edit('ipv6', ipv6.edit === 'off' ? null : ipv6.edit, undefined, ipv6.words ?? '')
  if (wish.domain !== null) {
    edit('domain', readDomain(wish.domain), definition.domain, say('domain-2', { domain: wish.domain }))
  }
  const mtu = readMtu(wish.mtu ?? (definition.mtu === null ? null : String(definition.mtu)), ipv6.has)
  if (wish.mtu !== null) edit('mtu', mtu, definition.mtu, mtuWords(mtu))
  if (wish.isolatedPorts !== null) {
    const words = say(wish.isolatedPorts ? 'machines-kept-apart' : 'machines-among-each-other')
    edit('isolatedPorts', wish.isolatedPorts, definition.isolatedPorts, words)
  }

  const all = ipv4In(definition)
  const subnet = wish.subnet === null ? null : readSubnet(wish.subnet, claims)
  if (subnet !== null && !all.some((one) => isAt(one, subnet))) {
    const subnets = all.map((one) => one.subnet)
    refuseSeveral('subnet', definition, subnets, false)
    refuseStranded('subnet', definition, subnets, {
      ...subnet.host,
      prefix: subnet.cidr.prefix,
    })
    const [old] = all
    const dhcp = readRange(wish.dhcp ?? (old?.subnet.dhcp ? null : 'off'), subnet)
    const next = { address: formatIp(subnet.host), prefix: subnet.cidr.prefix, dhcp }
    edit(
      'subnet',
      next,
      null,
      say('subnet-dhcp', { address: next.address, prefix: next.prefix, dhcp: rangeText(dhcp) }),
    )
    return { updates: [], edits, now: [], later }
  }
  refuseShift(definition, ipv6.edit === 'off' && wish.dhcp !== null)
  const range = wish.dhcp === null ? { updates: [], now: [] } : planRange(definition.xml, all, wish.dhcp)
  return { ...range, edits, later }
}

/** The card of a running machine keeps the MTU that it was made with. */
const mtuWords = (mtu: number | null): Text =>
  mtu === null ? say('mtu-as-usual') : say('mtu-from-own-start', { mtu })

function refuseForeign({ kind, name }: NetworkDefinition, wish: NetworkChangeWish): void {
  const known = NEW_KINDS.find((one) => one === kind)
  if (known === undefined) {
    const hint = say('change-with-virsh-net-edit', { name })
    throw refused('network', say('patchbay-cannot-change-network-kind', { name }), hint)
  }
  const fields = ['subnet', 'dhcp', 'ipv6', 'domain', 'mtu', 'isolatedPorts'] as const
  const said = fields.filter((field) => wish[field] !== null)
  if (said.length === 0) {
    throw wrong('network', say('nothing-said-should-change', { name }), say('say-for-instance-mtu-1400'))
  }
  for (const field of said) refuseField(field, known)
}

/**
 * libvirt counts the subnets to know in which one a range changes, in the running network and in the saved one alike.
 * @throws PatchbayError `refused` at `dhcp` where an IPv6 subnet before the IPv4 one goes from the saved one alone
 */
function refuseShift({ subnets, name }: NetworkDefinition, goes: boolean): void {
  if (!goes || subnets[0]?.family !== 6 || !subnets.some(({ family }) => family === 4)) return
  const hint = say('change-first-then-other-patchbay', { name })
  throw refused('dhcp', say('dhcp-cannot-changed-in-same'), hint)
}

interface Ipv4 {
  subnet: Subnet
  /** Its place among all `<ip>`. */
  index: number
}

const ipv4In = ({ subnets }: NetworkDefinition): Ipv4[] =>
  subnets.map((subnet, index) => ({ subnet, index })).filter(({ subnet }) => subnet.family === 4)

/** The IPv4 subnet with DHCP, of which libvirt allows one; else the one that the range lies in, or the first. */
function servingFor(all: readonly Ipv4[], range: string): Ipv4 | null {
  const start = parseIp(range.split('-')[0]?.trim() ?? '')
  const around = all.find(({ subnet }) => {
    const cidr = parseCidr(subnetText(subnet))
    return cidr !== null && start !== null && contains(cidr, start)
  })
  return all.find(({ subnet }) => servesDhcp(subnet)) ?? around ?? all[0] ?? null
}

const isAt = ({ subnet }: Ipv4, { cidr, host }: HostSubnet): boolean =>
  subnet.address === formatIp(host) && subnet.prefix === cidr.prefix

/** Which range comes, and which ones go where one word would not say it: of several all are replaced. */
const rangeWords = (range: AddressRange | null, old: readonly AddressRange[]): Text =>
  old.length < 2
    ? `DHCP ${rangeText(range)}`
    : say('dhcp-in-place-of', { range: rangeText(range), old: old.map(rangeText).join(', ') })

/** libvirt takes ranges out and puts them in while the network runs. */
function planRange(xml: string, all: readonly Ipv4[], text: string): Pick<ChangePlan, 'updates' | 'now'> {
  const ipv4 = servingFor(all, text)
  const cidr = ipv4 && parseCidr(subnetText(ipv4.subnet))
  const host = ipv4 && parseIp(ipv4.subnet.address)
  if (!cidr || !host) throw wrong('dhcp', say('network-no-ipv4-subnet-yet'), say('give-with-subnet'))
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
    now: [rangeWords(range, rangesOf(subnet))],
  }
}
