import { type Config, marksOf, stanzasFor } from './config'
import type { Option, Stanza } from './syntax'
import { subjectOf, withDevice } from './words'

/** The commands that a stanza may have at each moment (interfaces(5)). */
export const COMMANDS = ['pre-up', 'up', 'post-up', 'down', 'pre-down', 'post-down'] as const

export const isCommand = (name: string): boolean => (COMMANDS as readonly string[]).includes(name)

/** Options that packages such as ethtool read and set on the card (ethtool-options(5)); and the card's own MAC. */
const CARD_OPTION =
  /^(ethernet-|ethernet_|link-(speed|duplex|autoneg)|hardware-|driver-|offload-|txqueuelen$|hwaddress$)/

/** Options by which packages make a bond or a VLAN (ifenslave, vlan-interfaces(5)). */
const MAKING_OPTION = /^(bond[-_]|slaves$|vlan[-_])/
/** Names by which a VLAN is made without any option (vlan-interfaces(5)). */
const VLAN_NAME = /^vlan\d+$|\.\d+$/

/** Whether the link is not there before ifup has made it, as a bond or a VLAN. */
const isMadeByIfup = (stanzas: readonly Stanza[]): boolean =>
  stanzas.some(
    ({ name, options }) =>
      VLAN_NAME.test(name) ||
      options.some((option) => MAKING_OPTION.test(option.name) || /\blink\s+add\b/.test(option.value)),
  )

/** A stanza as it will be written. */
interface Draft {
  head: string
  lines: string[]
}

/**
 * The stanzas of the bridge and its port, in place of the NIC's own ones. Whatever the NIC's stanzas say about
 * addresses, routes, names and filters goes to the bridge; what they say about the card stays with the card.
 * Plain ASCII, as the file's own encoding is unknown. Pure.
 */
export function bridgeStanzas(config: Config, nic: string, bridge: string): string {
  const stanzas = stanzasFor(config, nic)
  const marks = marksOf(config, nic)
  const drafts = [...stanzas.map((stanza) => bridgeDraft(stanza, nic, bridge)), ...portDrafts(stanzas, nic)]
  const [first, port] = [drafts[0], drafts[stanzas.length]]
  const last = drafts[stanzas.length - 1]
  if (!first || !last || !port) return ''
  const join = [
    `pre-up ${makeBridge(nic, bridge, macOf(stanzas))}`,
    `pre-up ip link set dev ${nic} master ${bridge}`,
  ]
  const [make = '', enslave = ''] = join
  const made = isMadeByIfup(stanzas)
  // The card is brought up first, whichever file comes first, as its own settings can't all be made while it is used.
  // A card that is up already is no error for ifup.
  const up = `pre-up ifup ${nic}`
  first.lines.unshift(...(made ? [up, make, enslave] : [make, up, enslave]))
  // ifdown goes through the stanzas in the same order as ifup: only the last one may take the bridge away.
  last.lines.push(`post-down ip link delete dev ${bridge}`)
  // A card that comes later, or again, finds its bridge, or makes it. A bond or VLAN is made only after its `pre-up` lines.
  port.lines.unshift(...(made ? join.map((line) => line.replace(/^pre-/, '')) : join))
  const inside = new Set(stanzas.flatMap((stanza) => stanza.marks))
  const words = [
    ...marks.map((word) => `${word} ${bridge}`),
    // Those on lines of their own stay where they are.
    ...marks.filter((word) => inside.has(word)).map((word) => `${word} ${nic}`),
  ]
  return [words.map((line) => `${line}\n`).join(''), ...drafts.map(printDraft)].join('\n')
}

const printDraft = ({ head, lines }: Draft): string =>
  [head, ...lines.map((line) => `    ${line}`)].map(printLine).join('')

/** A backslash at the end would go on into the next line; white space after it keeps it from that, and is dropped. */
const printLine = (line: string): string => `${line}${line.endsWith('\\') ? ' ' : ''}\n`

/**
 * The MAC is read when the bridge is made: a card that was replaced has another one, and without any card there must be
 * no bridge, so that booting does not wait for an address.
 */
const makeBridge = (nic: string, bridge: string, mac: string | null): string =>
  `[ -e /sys/class/net/${bridge} ] || ` +
  `ip link add name ${bridge} address ${mac ?? `"$(cat /sys/class/net/${nic}/address)"`} ` +
  'type bridge stp_state 0 forward_delay 0'

/** The MAC that the stanzas give the card, which it may not have yet when the bridge is made. */
function macOf(stanzas: readonly Stanza[]): string | null {
  const options = stanzas.flatMap((stanza) => stanza.options)
  const [, mac = null] =
    options
      .filter(({ name }) => name === 'hwaddress')
      .map(({ value }) => /^(?:ether[ \t]+)?((?:[0-9a-f]{2}:){5}[0-9a-f]{2})$/i.exec(value))
      .find((match) => match !== null) ?? []
  return mac
}

function bridgeDraft({ name, family, method, options }: Stanza, nic: string, bridge: string): Draft {
  const lines = options
    .filter((option) => !staysWithCard(option, name))
    // Only commands name devices; elsewhere the NIC's name is just a text, as in `description`.
    .map(({ name: word, value }) => `${word} ${isCommand(word) ? withDevice(value, nic, bridge) : value}`)
  return { head: `iface ${bridge} ${family} ${method}`, lines }
}

/** One stanza for each family that has something to say about the card, and always one for inet. */
function portDrafts(stanzas: readonly Stanza[], nic: string): Draft[] {
  return ['inet', 'inet6'].flatMap((family) => {
    const lines = stanzas
      .filter((stanza) => stanza.family === family)
      .flatMap(({ name, options }) => options.filter((option) => isForCard(option, name)))
      .map(({ name, value }) => `${name} ${value}`)
    if (family !== 'inet' && lines.length === 0) return []
    return [{ head: `iface ${nic} ${family} manual`, lines: [...new Set(lines)] }]
  })
}

/** The MTU holds for both: a bridge passes only what its port can. */
const isForCard = (option: Option, nic: string): boolean =>
  option.name === 'mtu' || staysWithCard(option, nic)

function staysWithCard({ name, value }: Option, nic: string): boolean {
  if (isCommand(name)) return subjectOf(value, nic) === 'card'
  // A MAC made up anew at every start is for whoever has the address, which is the bridge.
  return MAKING_OPTION.test(name) || (CARD_OPTION.test(name) && !(name === 'hwaddress' && value === 'random'))
}
