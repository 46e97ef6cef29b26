import { basename } from 'node:path'
import type { NetworkdLink } from './facts'
import { parseSections, printSections, type Section, type Setting, settingOf } from './unit-text'

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

/** Sections that are about the card, or about being a port of something. */
const CARD_SECTIONS = ['Match', 'Link', 'Bridge', 'BridgeFDB', 'BridgeMDB', 'BridgeVLAN', 'SR-IOV', 'CAN']
/** Settings of [Link] that are about the network rather than the card. */
const NETWORK_SETTINGS = ['RequiredForOnline', 'RequiredFamilyForOnline', 'ARP', 'Multicast', 'AllMulticast']
/** Settings of [Network] by which other links sit on this one. */
const STACKED = [
  'VLAN',
  'MACVLAN',
  'MACVTAP',
  'IPVLAN',
  'IPVTAP',
  'VXLAN',
  'Tunnel',
  'MACsec',
  'Xfrm',
  'L2TP',
]
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

export interface BridgeTexts {
  netdev: string
  bridge: string
  port: string
}

const NOTE = '# Made by Patchbay. It comes before the file below, which stays as it is:\n# '

/**
 * The texts of the three files that make the bridge: it has everything that the NIC's own file says about the network, and the
 * NIC is its port. Pure. Names of settings: systemd.network(5), systemd.netdev(5) of systemd 252.
 */
export function bridgeTexts(
  link: NetworkdLink,
  { nic, bridge, mac, mtu }: { nic: string; bridge: string; mac: string; mtu: number },
): BridgeTexts {
  const sections = sectionsOf(link)
  const linkSettings = sections.filter(({ name }) => name === 'Link').flatMap(({ settings }) => settings)
  const aboutNetwork = ({ key }: Setting): boolean => NETWORK_SETTINGS.includes(key)
  const network = sections
    .filter(({ name }) => !CARD_SECTIONS.includes(name))
    .map((section) => renamed(section, nic, bridge))
  const mtuSetting = mtu === 1500 ? [] : [{ key: 'MTUBytes', value: String(mtu) }]
  const cardSettings = linkSettings.filter((setting) => !aboutNetwork(setting) && setting.key !== 'MTUBytes')
  const note = `${NOTE}${link.file.path}\n\n`
  return {
    netdev: `${note}${printSections([
      {
        name: 'NetDev',
        settings: [
          { key: 'Name', value: bridge },
          { key: 'Kind', value: 'bridge' },
          { key: 'MACAddress', value: mac },
          ...mtuSetting,
        ],
      },
      {
        name: 'Bridge',
        settings: [
          { key: 'STP', value: 'no' },
          { key: 'ForwardDelaySec', value: '0' },
        ],
      },
    ])}`,
    bridge: `${note}${printSections([
      { name: 'Match', settings: [{ key: 'Name', value: bridge }] },
      { name: 'Link', settings: [...linkSettings.filter(aboutNetwork), ...mtuSetting] },
      ...network,
      ...pins(link, sections),
    ])}`,
    port: `${note}${printSections([
      { name: 'Match', settings: [{ key: 'Name', value: nic }] },
      { name: 'Link', settings: [...cardSettings, ...mtuSetting] },
      {
        name: 'Network',
        settings: [
          { key: 'Bridge', value: bridge },
          { key: 'LinkLocalAddressing', value: 'no' },
        ],
      },
    ])}`,
  }
}

const sectionsOf = ({ file, dropIns }: Pick<NetworkdLink, 'file' | 'dropIns'>): Section[] =>
  parseSections([file, ...dropIns].map(({ text }) => text ?? '').join('\n'))

const LINK_NAMES = ['IncomingInterface', 'OutgoingInterface', 'BindCarrier']

function renamed(section: Section, nic: string, bridge: string): Section {
  const settings = section.settings.map(({ key, value }) =>
    LINK_NAMES.includes(key) && value === nic ? { key, value: bridge } : { key, value },
  )
  return { ...section, settings }
}

/**
 * The same client towards the router. networkd's usual identifier is of the machine (DUID) and the link (IAID), and the IAID
 * is made of the link's name, so it is stated as it was sent: `ff`, four bytes of IAID, the DUID (RFC 4361).
 */
function pins({ lease }: NetworkdLink, sections: readonly Section[]): Section[] {
  const [, iaid] = /^ff([0-9a-f]{8})/i.exec(lease?.CLIENTID ?? '') ?? []
  if (iaid === undefined) return []
  return ['DHCPv4', 'DHCPv6']
    .filter((name) => settingOf(sections, name, 'IAID') === undefined)
    .map((name) => ({ name, settings: [{ key: 'IAID', value: String(parseInt(iaid, 16)) }] }))
}
