import { basename } from 'node:path'
import type { Address } from '../../../../shared/world/host'
import { aboutLink, ofTheCard, ofTheNetwork } from './belongings'
import type { NetworkdLink } from './facts'
import { pins, withSameToken } from './pins'
import { parseSections, printSections, type Section, settingOf } from './unit-text'

/** Where the user's files and ours lie; a file here hides its namesakes elsewhere. */
const FOLDER = '/etc/systemd/network'

export interface BridgePaths {
  netdev: string
  bridge: string
  port: string
}

/** Beginnings of our files' names: the first file in the order of names that matches a link is the one in force. */
const BEGINNINGS = ['05-patchbay', '00-patchbay', '0-patchbay']

/** Our files' paths, which come before the link's own file; null when its name comes before any that we have. */
export function bridgePaths({ file }: NetworkdLink, bridge: string): BridgePaths | null {
  const beginning = BEGINNINGS.find((one) => one < basename(file.path))
  if (beginning === undefined) return null
  return {
    netdev: `${FOLDER}/${beginning}-${bridge}.netdev`,
    bridge: `${FOLDER}/${beginning}-${bridge}.network`,
    port: `${FOLDER}/${beginning}-${bridge}-port.network`,
  }
}

/** Settings of [Network] by which other links sit on this one. */
const STACKED = ['MACVLAN', 'MACVTAP', 'IPVLAN', 'IPVTAP', 'VXLAN', 'Tunnel', 'MACsec', 'Xfrm', 'L2TP']
/** Settings of [Network] by which this link is a port of another. */
const ENSLAVED = ['Bridge', 'Bond', 'BatmanAdvanced']

/** What can't go along to a bridge, as `Key=value`; null when everything can. Pure; unknown without the text. */
export function immovable({ file, dropIns }: NetworkdLink): string | null {
  const sections = sectionsOf({ file, dropIns })
  for (const key of [...STACKED, ...ENSLAVED]) {
    const value = settingOf(sections, 'Network', key)
    if (value !== undefined && value !== '') return `${key}=${value}`
  }
  return null
}

/** Settings of [RoutingPolicyRule] by which a rule goes by a link. */
const RULE_LINKS = ['IncomingInterface', 'OutgoingInterface']

/** Whether the link's files state a policy rule that goes by `nic` and may have this priority. Pure; yes without the text. */
export function statesRule(link: NetworkdLink, nic: string, priority: number): boolean {
  if ([link.file, ...link.dropIns].some(({ text }) => text === null)) return true
  return sectionsOf(link).some((section) => {
    const has = (key: string): string | undefined => settingOf([section], 'RoutingPolicyRule', key)
    return (
      RULE_LINKS.some((key) => has(key) === nic) && [undefined, String(priority)].includes(has('Priority'))
    )
  })
}

export interface BridgeTexts {
  netdev: string
  bridge: string
  port: string
}

const NOTE = '# Made by Patchbay. It comes before the file below, which stays as it is:\n# '

/** What the bridge takes over from the NIC, apart from its file. */
export interface BridgeTraits {
  nic: string
  bridge: string
  mac: string
  mtu: number
  addresses: readonly Address[]
}

/** What every link has when nothing is stated. */
const USUAL_MTU = 1500

/**
 * The texts of the three files that make the bridge: it has everything that the NIC's own file says about the network, and the
 * NIC is its port. Pure. Names of settings: systemd.network(5), systemd.netdev(5) of systemd 252.
 */
export function bridgeTexts(link: NetworkdLink, traits: BridgeTraits): BridgeTexts {
  const { nic, bridge, mac, mtu, addresses } = traits
  const sections = sectionsOf(link)
  const network = withSameToken(ofTheNetwork(sections), addresses).map((one) => aboutLink(one, nic, bridge))
  const size = mtu === USUAL_MTU ? {} : { MTUBytes: String(mtu) }
  const text = (...parts: Section[]): string => `${NOTE}${link.file.path}\n\n${printSections(parts)}`
  return {
    netdev: text(
      section('NetDev', { Name: bridge, Kind: 'bridge', MACAddress: mac, ...size }),
      section('Bridge', { STP: 'no', ForwardDelaySec: '0' }),
    ),
    bridge: text(
      section('Match', { Name: bridge }),
      section('Link', size),
      ...network,
      ...pins(link, sections),
    ),
    port: text(
      section('Match', { Name: nic }),
      section('Link', size),
      section('Network', { Bridge: bridge, LinkLocalAddressing: 'no' }),
      ...ofTheCard(sections),
    ),
  }
}

const section = (name: string, settings: Readonly<Record<string, string>>): Section => ({
  name,
  settings: Object.entries(settings).map(([key, value]) => ({ key, value })),
})

/** Drop-ins are read after the file, each from its own beginning. */
const sectionsOf = ({ file, dropIns }: Pick<NetworkdLink, 'file' | 'dropIns'>): Section[] =>
  [file, ...dropIns].flatMap(({ text }) => parseSections(text ?? ''))
