/** Flags of libvirt's public API, as its headers name them (include/libvirt/libvirt-domain.h, libvirt-network.h). */

/** virConnectListAllDomainsFlags: filters of connectListAllDomains. */
export const ListDomains = { transient: 8, autostart: 1024 } as const

/** virConnectListAllNetworksFlags: filters of connectListAllNetworks. */
export const ListNetworks = { active: 2, transient: 8, autostart: 16 } as const

/** virDomainXMLFlags. */
export const DomainXml = { current: 0, secure: 1, inactive: 2, migratable: 8 } as const

/** virDomainModificationImpact, virNetworkUpdateFlags: what a change applies to. */
export const Affect = { current: 0, live: 1, config: 2 } as const

/** virDomainMetadataType. */
export const Metadata = { element: 2 } as const

/** virDomainInterfaceAddressesSource. */
export const AddressSource = { lease: 0, agent: 1, arp: 2 } as const

/** virDomainState. */
export const DomainState = {
  none: 0,
  running: 1,
  blocked: 2,
  paused: 3,
  shutdown: 4,
  shutoff: 5,
  crashed: 6,
  pmSuspended: 7,
} as const

/** virNetworkXMLFlags. */
export const NetworkXml = { current: 0, inactive: 1 } as const

/** virNetworkUpdateCommand. */
export const UpdateCommand = { modify: 1, delete: 2, addLast: 3, addFirst: 4 } as const

/** virNetworkUpdateSection, the ones that libvirt updates in a running network. */
export const UpdateSection = {
  dhcpHost: 4,
  dhcpRange: 5,
  forwardInterface: 7,
  portGroup: 9,
  dnsHost: 10,
  dnsTxt: 11,
  dnsSrv: 12,
} as const

/** virDrvFeature (src/libvirt_internal.h). */
export const Feature = { networkUpdateHasCorrectOrder: 16 } as const
