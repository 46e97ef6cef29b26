import { PatchbayError } from '../../shared/failure'
import { at, attribute, childrenOf, parseXml, type XmlElement } from '../libvirt/xml'

/** What a NIC would be plugged into in the end, as far as that decides what libvirt lets it have there. */
export type Ground =
  'linux-bridge' | 'open-vswitch' | 'macvtap' | 'macvtap-passthrough' | 'host-device' | 'unknown'

/** The first libvirt whose Linux bridges know VLAN tags (libvirt 11.0.0, NEWS). */
const VLAN_ON_LINUX_BRIDGE = 11_000_000

/**
 * Refuses a place where the NIC would lose what its definition says, or would not start any more. libvirt finds out about
 * some of it only when the machine starts (src/conf/domain_validate.c, virDomainActualNetDefValidate).
 * @param version of libvirt: 9_000_000 is 9.0.0
 * @throws PatchbayError `refused`
 */
export function refuseWhatIsLost(interfaceXml: string, ground: Ground, version: bigint): void {
  const nic = parseXml(interfaceXml, 'interface')
  if (at(nic, 'vlan') !== null && !knowsVlan(ground, version)) {
    throw refused(
      `This network card has VLAN ${tagsOf(nic)}, which libvirt cannot set ${WHERE[ground]}: the machine would not start any more.`,
      ground === 'linux-bridge'
        ? 'Use a bridge that leads to that VLAN, or an Open vSwitch network; or take <vlan> out first (virsh edit).'
        : 'Use an Open vSwitch network, or take <vlan> out first (virsh edit).',
    )
  }
  if (ground !== 'linux-bridge' && attribute(at(nic, 'port'), 'isolated') === 'yes') {
    throw refused(
      `This network card is isolated from the others on its bridge, and libvirt isolates nobody ${WHERE[ground]}.`,
      ground === 'macvtap'
        ? 'Use macvtap in private mode after taking <port isolated> out (virsh edit), or stay on a bridge.'
        : 'Take <port isolated> out first (virsh edit), or stay on a bridge of the kernel.',
    )
  }
  if (ground !== 'macvtap' && ground !== 'macvtap-passthrough') return
  const filter = attribute(at(nic, 'filterref'), 'filter')
  if (filter !== null) {
    throw refused(
      `This network card has the filter ${filter}, and libvirt filters nothing on macvtap: the machine would be unprotected.`,
      'Use a bridge, which gives the same place in the LAN; or take <filterref> out first (virsh edit).',
    )
  }
}

const WHERE: Record<Ground, string> = {
  'linux-bridge': 'on a Linux bridge',
  'open-vswitch': 'on Open vSwitch',
  macvtap: 'on macvtap',
  'macvtap-passthrough': 'there',
  'host-device': 'there',
  unknown: 'there',
}

function knowsVlan(ground: Ground, version: bigint): boolean {
  switch (ground) {
    case 'linux-bridge':
      return version >= VLAN_ON_LINUX_BRIDGE
    case 'macvtap':
      return false
    case 'open-vswitch':
    case 'macvtap-passthrough':
    case 'host-device':
    case 'unknown':
      return true
  }
}

const tagsOf = (nic: XmlElement): string => {
  const vlan = at(nic, 'vlan')
  return (vlan === null ? [] : childrenOf(vlan, 'tag')).map((tag) => attribute(tag, 'id') ?? '?').join(', ')
}

/**
 * Refuses to part the two NICs of a failover pair: the guest takes them for one, so both have to lead to the same network
 * (https://libvirt.org/formatdomain.html#teaming-a-virtio-hostdev-nic-pair).
 * @param domainXml the machine's definition that is about to change
 * @throws PatchbayError `refused`
 */
export function refuseToPartTeam(interfaceXml: string, domainXml: string): void {
  const nic = parseXml(interfaceXml, 'interface')
  const team = at(nic, 'teaming')
  const partner = team && partnerOf(nic, team, domainXml)
  if (partner === null) return
  throw refused(
    `This network card and ${partner} are a failover pair, which the guest takes for one card: both must lead to the same network.`,
    attribute(team, 'type') === 'transient'
      ? `Unplug this card (virsh detach-device), and switch ${partner}, which carries on alone.`
      : `Unplug ${partner} first (virsh detach-device), then switch this card, which carries on alone meanwhile.`,
  )
}

/** The MAC of the other NIC of the pair, as long as it is plugged in. */
function partnerOf(nic: XmlElement, team: XmlElement, domainXml: string): string | null {
  const alias = attribute(at(nic, 'alias'), 'name')
  const partner = childrenOf(parseXml(domainXml, 'domain'), 'devices')
    .flatMap((devices) => childrenOf(devices, 'interface'))
    .find((other) =>
      attribute(team, 'type') === 'transient'
        ? attribute(at(other, 'alias'), 'name') === attribute(team, 'persistent')
        : alias !== null && attribute(at(other, 'teaming'), 'persistent') === alias,
    )
  return partner === undefined ? null : (attribute(at(partner, 'mac'), 'address') ?? 'another one')
}

const refused = (message: string, hint: string): PatchbayError =>
  new PatchbayError({ code: 'refused', message, hint })
