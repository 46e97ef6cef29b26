import { filesAfter, immovableStanza, ownFile, stanzasOf } from '../ifupdown/bridge-stanzas'
import { type BridgeTarget, info, type ManagerPlan, refused } from './manager-plan'

/** ifupdown's share: the NIC's stanzas are commented out, since nothing can hide them, and become the bridge's. */
export const ifupdownPlan: ManagerPlan = {
  backend: 'ifupdown',
  lasting: true,
  refuse({ facts, nic }) {
    const { ifupdown } = facts
    if (!ifupdown || stanzasOf(ifupdown, nic).length === 0) {
      return refused(
        `/etc/network/interfaces has no stanza “iface ${nic} …”`,
        'Write one, with the card’s own name, and try again.',
      )
    }
    const obstacle = immovableStanza(ifupdown, nic)
    if (obstacle === null) return null
    return refused(
      `/etc/network/interfaces has “${obstacle}” for ${nic}, which can’t go along to a bridge`,
      'Make the bridge by hand (Patchbay then uses it), choose another network card with --nic, or use NAT.',
    )
  },
  changes(target) {
    const { facts, nic, bridge } = target
    if (!facts.ifupdown) return []
    return filesAfter(facts.ifupdown, aboutOf(target)).map(({ path }) =>
      path === ownFile(bridge)
        ? {
            text: `Add ${bridge} with the settings of ${nic}, its MAC address, no spanning tree`,
            target: path,
          }
        : { text: `Comment out what brings ${nic} up; undo puts it back byte for byte`, target: path },
    )
  },
  notices: () => [info('Commands in if-up.d are not run by the change itself, but from the next start on.')],
  undo: ({ nic, bridge }) =>
    `The files are put back byte for byte, and ${nic} has its network again; ${bridge} is removed.`,
  matter: ({ ifupdown }) => ifupdown?.files.map(({ stamp }) => stamp) ?? null,
}

/** What the stanzas need to know of the NIC. */
export function aboutOf({ facts, nic, bridge }: BridgeTarget): {
  nic: string
  bridge: string
  mac: string
  mtu: number
} {
  const link = facts.host.links.find(({ name }) => name === nic)
  return { nic, bridge, mac: link?.mac ?? '', mtu: link?.mtu ?? 1500 }
}
