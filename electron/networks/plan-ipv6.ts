import { rangesOf, type AddressRange, type Subnet } from '../../shared/world/world'
import { rangeText, readIpv6 } from './addressing'
import { firstOf, formatIp, parseCidr, parseIp, shift, type Cidr } from './cidr'
import type { Claim } from './claims'
import type { NetworkEdits } from './edit-xml'
import { refused } from './names'
import type { NetworkDefinition } from './network-xml'
import { refuseSeveral, refuseStranded, subnetText } from './stranded'
import { say, type Text } from '../../shared/phrases/phrase'

/** What becomes of a network's IPv6 subnets; `edit` and `words` are null where nothing is different. */
export interface Ipv6Plan {
  edit: NonNullable<NetworkEdits['ipv6']> | 'off' | null
  words: Text | null
  /** Whether the network has IPv6 then. */
  has: boolean
}

/**
 * Decides about the IPv6 subnets. One that is there moves with its DHCP; of several all go, or none.
 * @param wish `off`, `auto`, a /64; null to leave them as they are
 * @throws PatchbayError `usage`, `refused` at `ipv6`
 */
export function planIpv6(
  definition: NetworkDefinition & { xml: string },
  wish: string | null,
  claims: readonly Claim[],
  random: () => bigint,
): Ipv6Plan {
  const known = definition.subnets.filter(({ family }) => family === 6)
  const [old] = known
  const same: Ipv6Plan = { edit: null, words: null, has: old !== undefined }
  if (wish === null || (wish === 'auto' && old !== undefined)) return same
  const next = readIpv6(wish, claims, random)
  if (next === null) {
    if (old === undefined) return same
    refuseStranded('ipv6', definition, known, null)
    return { edit: 'off', words: goingText(known), has: false }
  }
  if (old?.address === next.address && old.prefix === next.prefix && known.length === 1) return same
  refuseSeveral('ipv6', definition, known, true)
  const words = `IPv6 ${next.address}/${next.prefix}`
  if (old === undefined) return { edit: next, words, has: true }
  const cidr = parseCidr(`${next.address}/${next.prefix}`)
  refuseStranded('ipv6', definition, known, cidr)
  const ranges = cidr === null ? [] : movedRanges(old, cidr)
  const dhcp = ranges.length === 0 ? '' : `, DHCP ${ranges.map(rangeText).join(', ')}`
  return { edit: { ...next, ranges }, words: `${words}${dhcp}`, has: true }
}

/** Which subnets go, and what goes with them; a single one without DHCP goes without saying. */
function goingText(subnets: readonly Subnet[]): Text {
  const texts = subnets.map((subnet) => {
    const ranges = rangesOf(subnet).map(rangeText).join(', ')
    return ranges === '' ? subnetText(subnet) : `${subnetText(subnet)} (DHCP ${ranges})`
  })
  const says = texts.length > 1 || subnets.some((subnet) => rangesOf(subnet).length > 0)
  return says ? say('ipv6-off-these', { subnets: texts }) : say('ipv6-off')
}

/**
 * The DHCP ranges at the same place in another subnet.
 * @throws PatchbayError `refused` at `ipv6` where the host's own address would be among them
 */
function movedRanges(old: Subnet, cidr: Cidr): AddressRange[] {
  const from = parseCidr(subnetText(old))
  if (from === null) return []
  const by = firstOf(cidr).value - firstOf(from).value
  return rangesOf(old).flatMap((range) => {
    const [start, end] = [parseIp(range.start), parseIp(range.end)]
    if (start === null || end === null) return []
    const [first, last] = [shift(start, by), shift(end, by)]
    const moved = { start: formatIp(first), end: formatIp(last) }
    if (first.value <= cidr.value && cidr.value <= last.value) {
      throw refused(
        'ipv6',
        say('host-own-address-lies-in-range', { host: formatIp(cidr), moved: rangeText(moved) }),
        say('leave-host-address-out'),
      )
    }
    return [moved]
  })
}
