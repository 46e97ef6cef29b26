import type { Section, Setting } from './unit-text'

/**
 * What of a .network file belongs to the network, and so goes along to the bridge, and what belongs to the card, which
 * stays the link that frames really leave by. Names: systemd.network(5) of systemd 252; what is unknown goes along.
 */

/** Sections about the card: its virtual functions, and how it queues what it sends. */
const CARD_SECTIONS: readonly string[] = [
  ...['SR-IOV', 'CAN', 'IPoIB', 'QDisc', 'TrafficControlQueueingDiscipline', 'NetworkEmulator'],
  ...['TokenBucketFilter', 'PIE', 'FlowQueuePIE', 'StochasticFairBlue', 'StochasticFairnessQueueing'],
  ...['BFIFO', 'PFIFO', 'PFIFOHeadDrop', 'PFIFOFast', 'CAKE', 'ControlledDelay', 'FairQueueing'],
  ...['DeficitRoundRobinScheduler', 'DeficitRoundRobinSchedulerClass', 'EnhancedTransmissionSelection'],
  ...['GenericRandomEarlyDetection', 'FairQueueingControlledDelay', 'TrivialLinkEqualizer'],
  ...['HierarchyTokenBucket', 'HierarchyTokenBucketClass', 'HeavyHitterFilter'],
  ...['QuickFairQueueing', 'QuickFairQueueingClass', 'LLDP'],
]

/** Sections that say which link is meant, or how it is a port of another bridge than ours. */
const OWN_SECTIONS: readonly string[] = ['Match', 'Bridge', 'BridgeFDB', 'BridgeMDB', 'BridgeVLAN']

/** Settings of [Link] about the card alone. The size of packets is stated for both, see `bridgeTexts`. */
const CARD_LINK_SETTINGS: readonly string[] = ['MACAddress', 'Promiscuous']
/** Settings of [Link] that hold for either, as a network that the user sets up by hand. */
const SHARED_LINK_SETTINGS: readonly string[] = ['ActivationPolicy']

/**
 * LLDP is about the cable, and a bridge never passes it on (IEEE 802.1AB, 7.1). The card's VLANs get their frames before its
 * bridge does (kernel: net/core/dev.c, `__netif_receive_skb_core`), so they work as before.
 */
const CARD_NETWORK_SETTINGS: readonly string[] = ['LLDP', 'EmitLLDP', 'VLAN']

/** The part of a file that goes along to the bridge, without [Match] and the packets' size. Pure. */
export function ofTheNetwork(sections: readonly Section[]): Section[] {
  return sections
    .filter(({ name }) => !OWN_SECTIONS.includes(name) && !CARD_SECTIONS.includes(name))
    .map((section) => {
      if (section.name === 'Link') return without(section, [...CARD_LINK_SETTINGS, 'MTUBytes'])
      return section.name === 'Network' ? without(section, CARD_NETWORK_SETTINGS) : section
    })
}

/**
 * The part that stays with the card, without [Match] and the packets' size. Whether the computer is online is for the
 * bridge to say. Pure.
 */
export function ofTheCard(sections: readonly Section[]): Section[] {
  const only = (name: string, keys: readonly string[]): Section => ({
    name,
    settings: sections
      .filter((section) => section.name === name)
      .flatMap(({ settings }) => settings.filter(({ key }) => keys.includes(key))),
  })
  return [
    only('Link', [...CARD_LINK_SETTINGS, ...SHARED_LINK_SETTINGS]),
    { name: 'Link', settings: [{ key: 'RequiredForOnline', value: 'no' }] },
    only('Network', CARD_NETWORK_SETTINGS),
    ...sections.filter(({ name }) => CARD_SECTIONS.includes(name)),
  ]
}

const without = (section: Section, keys: readonly string[]): Section => ({
  ...section,
  settings: section.settings.filter(({ key }) => !keys.includes(key)),
})

/** Settings whose value is the name of a link, or begins with it. */
const LINK_NAMES: readonly string[] = [
  'IncomingInterface',
  'OutgoingInterface',
  'UplinkInterface',
  'BindCarrier',
]

/** The same section where everything that was said of the link `from` is said of `to`. Pure. */
export const aboutLink = (section: Section, from: string, to: string): Section => ({
  ...section,
  settings: section.settings.map(({ key, value }) => ({ key, value: renamed({ key, value }, from, to) })),
})

function renamed({ key, value }: Setting, from: string, to: string): string {
  if (LINK_NAMES.includes(key)) {
    return value.replace(/[^ \t]+/g, (word) => (word === from ? to : word))
  }
  // `DNS=fe80::1%LINK#NAME`, `MultiPathRoute=ADDRESS@LINK WEIGHT`.
  return value.replace(/([%@])([^\s#%@]+)/g, (all, sign: string, word: string) =>
    word === from ? `${sign}${to}` : all,
  )
}
