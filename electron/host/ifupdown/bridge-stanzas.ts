import type { IfupdownFacts } from './facts'
import { INTERFACES_FOLDER } from './facts'
import { type Option, parseInterfaces, type Stanza } from './interfaces'
import { withoutNic } from './edit'

export interface BridgeOfNic {
  nic: string
  bridge: string
  mac: string
  mtu: number
}

/** The file that holds our stanzas, where the user's files read the folder. */
export const ownFile = (bridge: string): string => `${INTERFACES_FOLDER}/patchbay-${bridge}`

/** The NIC's stanzas, in all files. */
export function stanzasOf({ files }: IfupdownFacts, nic: string): Stanza[] {
  return files.flatMap(({ text }) => parseInterfaces(text ?? '').stanzas).filter(({ link }) => link === nic)
}

/** Methods whose stanzas mean the same on a bridge. */
const MOVABLE = ['dhcp', 'static', 'manual', 'auto']
const STACKED = /^(wpa|wireless|bond|vlan|bridge|tunnel|provider|inherits)([-_]|$)/

/** What can't go along to a bridge, as the user wrote it; null when everything can. Pure. */
export function immovableStanza(facts: IfupdownFacts, nic: string): string | null {
  for (const { family, method, rest, options } of stanzasOf(facts, nic)) {
    if (!MOVABLE.includes(method) || rest !== '') return `iface ${nic} ${family} ${method} ${rest}`.trim()
    const stacked = options.find(({ key }) => STACKED.test(key))
    if (stacked) return `${stacked.key} ${stacked.value}`
  }
  const lines = facts.files.flatMap(({ text }) => parseInterfaces(text ?? '').lines)
  const mapped = lines.some(({ part }) => part.kind === 'mapping' && part.links.includes(nic))
  return mapped ? `mapping ${nic}` : null
}

/** The changed files with their new text, and our own. Pure. */
export function filesAfter(facts: IfupdownFacts, about: BridgeOfNic): { path: string; text: string }[] {
  const { nic, bridge } = about
  const stanzas = bridgeStanzas(stanzasOf(facts, nic), about)
  const edited = facts.files.flatMap(({ path, text }) => {
    const after = withoutNic(text ?? '', nic, bridge)
    return after === text ? [] : [{ path, text: after }]
  })
  if (facts.readsFolder) return [...edited, { path: ownFile(bridge), text: stanzas }]
  const [main] = facts.files
  if (!main) return edited
  const before = edited.find(({ path }) => path === main.path)?.text ?? main.text ?? ''
  const appended = `${before}${before.endsWith('\n') ? '' : '\n'}\n${stanzas}`
  return [...edited.filter(({ path }) => path !== main.path), { path: main.path, text: appended }]
}

const HEAD = `# Made by Patchbay: the network of the card below is on the bridge. Undo it with: patchbay bridge undo`

/**
 * The stanzas of the bridge, with all that the NIC's had. It needs no further package: the bridge is made by `ip`, unless it is
 * there already. Pure.
 */
export function bridgeStanzas(stanzas: readonly Stanza[], { nic, bridge, mac, mtu }: BridgeOfNic): string {
  const mtuWords = mtu === 1500 ? '' : ` mtu ${mtu}`
  const make = [
    `pre-up [ -e /sys/class/net/${bridge} ] || ip link add name ${bridge} address ${mac}${mtuWords} type bridge stp_state 0 forward_delay 0`,
    `pre-up ip link set dev ${nic}${mtuWords} master ${bridge} up`,
  ]
  const remove = `post-down ip link delete dev ${bridge} type bridge`
  const parts = stanzas.map(({ family, method, options }, index) =>
    [
      `iface ${bridge} ${family} ${method}`,
      ...(index === 0 ? make : []),
      ...options.map((option) => `${option.key} ${renamed(option, nic, bridge)}`.trim()),
      ...(index === stanzas.length - 1 ? [remove] : []),
    ].join('\n    '),
  )
  return `${HEAD}\nauto ${bridge}\n${parts.join('\n\n')}\n\niface ${nic} inet manual\n`
}

const COMMANDS = ['up', 'down', 'pre-up', 'post-up', 'pre-down', 'post-down']

/** In commands the NIC is named as a word of its own. */
function renamed({ key, value }: Option, nic: string, bridge: string): string {
  if (!COMMANDS.includes(key)) return value
  return value
    .split(/(\s+|["'=/])/)
    .map((word) => (word === nic ? bridge : word))
    .join('')
}
