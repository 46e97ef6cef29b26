import { PatchbayError } from '../../shared/failure'
import { at, attribute, childrenOf, parseXml, type XmlElement } from '../libvirt/xml'
import { say, type Text } from '../../shared/phrases/phrase'

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
      say('has-vlan', { vlan: tagsOf(nic), where: WHERE[ground] }),
      ground === 'linux-bridge' ? say('use-bridge-leads-to-vlan') : say('use-open-vswitch-network'),
    )
  }
  if (ground !== 'linux-bridge' && attribute(at(nic, 'port'), 'isolated') === 'yes') {
    throw refused(
      say('is-isolated', { where: WHERE[ground] }),
      ground === 'macvtap' ? say('use-macvtap-in-private-mode') : say('take-port-isolated-out-first'),
    )
  }
  if (ground !== 'macvtap' && ground !== 'macvtap-passthrough') return
  const filter = attribute(at(nic, 'filterref'), 'filter')
  if (filter !== null) {
    throw refused(say('network-card-filter-libvirt-filters', { filter }), say('use-bridge-gives-same-place'))
  }
}

const WHERE: Record<Ground, Text> = {
  'linux-bridge': say('on-linux-bridge'),
  'open-vswitch': say('on-open-vswitch'),
  macvtap: say('on-macvtap'),
  'macvtap-passthrough': say('there'),
  'host-device': say('there'),
  unknown: say('there'),
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
    say('network-card-failover-pair-guest', { partner }),
    attribute(team, 'type') === 'transient'
      ? say('unplug-card-virsh-detach-device', { partner })
      : say('unplug-first-virsh-detach-device', { partner }),
  )
}

/** The MAC of the other NIC of the pair, as long as it is plugged in. */
function partnerOf(nic: XmlElement, team: XmlElement, domainXml: string): Text | null {
  const alias = attribute(at(nic, 'alias'), 'name')
  const partner = childrenOf(parseXml(domainXml, 'domain'), 'devices')
    .flatMap((devices) => childrenOf(devices, 'interface'))
    .find((other) =>
      attribute(team, 'type') === 'transient'
        ? attribute(at(other, 'alias'), 'name') === attribute(team, 'persistent')
        : alias !== null && attribute(at(other, 'teaming'), 'persistent') === alias,
    )
  return partner === undefined ? null : (attribute(at(partner, 'mac'), 'address') ?? say('another-one'))
}

const refused = (message: Text, hint: Text): PatchbayError =>
  new PatchbayError({ code: 'refused', message, hint })
