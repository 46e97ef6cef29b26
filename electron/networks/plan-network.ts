import { hasField, NETWORK_FIELDS, type NetworkField } from '../../shared/world/network-fields'
import type { NetworkWish, NewKind } from '../../shared/world/network-wish'
import type { World } from '../../shared/world/world'
import { readIpv6, readMtu, readRange, readSubnet } from './addressing'
import { formatIp } from './cidr'
import { claimsOf } from './claims'
import { hostBridge, macvtapLinks, viaOf, virtualBridge } from './links'
import { checkDnsName, checkNetworkName, refused, wrong } from './names'
import type { AddressedSpec, NetworkSpec, Plumbing } from './spec'
import { say, type Text } from '../../shared/phrases/phrase'

type Surroundings = Pick<World, 'host' | 'networks'>

/**
 * Decides everything about a new network, or says at which field it can't be made. Pure.
 * @param random gives 40 bits for a private IPv6 subnet
 * @throws PatchbayError `usage`, `refused`, with the field
 */
export function planNetwork(world: Surroundings, wish: NetworkWish, random: () => bigint): NetworkSpec {
  checkNetworkName(wish.name)
  if (world.networks.some(({ source, name }) => source === 'libvirt' && name === wish.name)) {
    throw refused('name', say('network-named-already', { name: wish.name }), say('choose-another-name'))
  }
  refuseForeignFields(wish)
  const { name, kind } = wish
  switch (kind) {
    case 'very-isolated':
      return { name, kind, ...plumbingOf(world, wish, false) }
    case 'bridged':
      return { name, kind, bridge: hostBridge(world, wish.bridge), isolatedPorts: wish.isolatedPorts }
    case 'macvtap':
      return { name, kind, mode: wish.mode ?? 'bridge', links: macvtapLinks(world, wish.links) }
    case 'nat':
    case 'isolated':
    case 'routed':
    case 'open':
      return { name, ...addressed(world, { ...wish, kind }, random) }
  }
}

/** @throws PatchbayError `usage` for a field that a network of this kind does not have */
export function refuseField(field: NetworkField, kind: NewKind): void {
  if (hasField(field, kind)) return
  const kinds = NETWORK_FIELDS[field].join(', ')
  throw wrong(field, say('kind-lacks', { kind, what: WORDS[field] }), say('only-these', { kinds }))
}

const WORDS: Record<NetworkField, Text> = {
  subnet: say('subnet-own'),
  dhcp: say('dhcp-own'),
  ipv6: say('ipv6-subnet-own'),
  domain: say('dns-domain-own'),
  dns: say('dns-to-switched-off'),
  mtu: say('mtu-own'),
  isolatedPorts: say('ports-to-kept-apart'),
  bridge: say('bridge'),
  links: say('host-link-to-chosen'),
  mode: say('macvtap-mode'),
}

function refuseForeignFields(wish: NetworkWish): void {
  const said: Record<NetworkField, boolean> = {
    subnet: wish.subnet !== null,
    dhcp: wish.dhcp !== null,
    ipv6: wish.ipv6 !== null,
    domain: wish.domain !== null,
    dns: !wish.dns,
    mtu: wish.mtu !== null,
    isolatedPorts: wish.isolatedPorts,
    bridge: wish.bridge !== null,
    links: wish.links.length > 0,
    mode: wish.mode !== null,
  }
  for (const field of FIELD_NAMES) if (said[field]) refuseField(field, wish.kind)
}

const FIELD_NAMES = Object.keys(NETWORK_FIELDS) as NetworkField[]

function addressed(
  world: Surroundings,
  wish: NetworkWish & Pick<AddressedSpec, 'kind'>,
  random: () => bigint,
): AddressedSpec {
  const claims = claimsOf(world)
  const subnet = readSubnet(wish.subnet, claims)
  const ipv6 = readIpv6(wish.ipv6, claims, random)
  return {
    kind: wish.kind,
    subnet: {
      address: formatIp(subnet.host),
      prefix: subnet.cidr.prefix,
      dhcp: readRange(wish.dhcp, subnet),
    },
    ipv6,
    domain: readDomain(wish.domain),
    dns: wish.dns,
    via: viaOf(world, wish.links),
    ...plumbingOf(world, wish, ipv6 !== null),
  }
}

/** @throws PatchbayError `usage` at `domain` */
export function readDomain(text: string | null): string | null {
  if (text === null || text === 'off') return null
  checkDnsName(text, 'domain')
  return text
}

function plumbingOf(world: Surroundings, wish: NetworkWish, ipv6: boolean): Plumbing {
  return {
    bridge: virtualBridge(world, wish.bridge),
    mtu: readMtu(wish.mtu, ipv6),
    isolatedPorts: wish.isolatedPorts,
  }
}
