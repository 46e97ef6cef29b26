import { configOf } from './config'
import { bridgeStanzas } from './derive'
import { editsFor, type FileEdit } from './edit'
import type { IfupdownFacts } from './files'
import { ifupdownRefusal } from './refusals'
import { leftByKernelMove } from '../unmanaged/kernel-move'
import { info, type ManagerPlan, refused } from '../manager-plan'

/** ifupdown's share: the NIC's stanzas are commented out, since nothing can hide them, and become the bridge's. */
export const ifupdownPlan: ManagerPlan = {
  backend: 'ifupdown',
  lasting: true,
  refuse(target) {
    const { facts, nic, bridge } = target
    if (facts.ifupdown) return ifupdownRefusal(facts.ifupdown, nic, bridge) ?? leftByKernelMove(target)
    return refused(
      `/etc/network/interfaces has no stanza “iface ${nic} …”`,
      'Write one, with the card’s own name, and try again.',
    )
  },
  changes({ facts, nic, bridge }) {
    if (!facts.ifupdown) return []
    return editsOf(facts.ifupdown, nic, bridge).map(({ path, before }) =>
      before === null
        ? {
            text: `Add ${bridge} with the settings of ${nic}, its MAC address, no spanning tree`,
            target: path,
          }
        : { text: `Comment out the stanzas of ${nic}; undo puts them back byte for byte`, target: path },
    )
  },
  notices: () => [info('Commands in if-up.d are not run by the change itself, but from the next start on.')],
  undo: ({ nic, bridge }) =>
    `The files are put back byte for byte, and ${nic} has its network again; ${bridge} is removed.`,
  matter: ({ ifupdown }) => ifupdown?.files.map(({ path, stamp }) => ({ path, ...stamp })) ?? null,
}

/** The changes of ifupdown's files that give the NIC's stanzas to the bridge. Pure. */
export function editsOf(facts: IfupdownFacts, nic: string, bridge: string): FileEdit[] {
  const config = configOf(facts)
  return editsFor(config, nic, bridge, bridgeStanzas(config, nic, bridge))
}
