import { configOf } from './config'
import { bridgeStanzas } from './derive'
import { editsFor, type FileEdit } from './edit'
import type { IfupdownFacts } from './files'
import { ifupdownRefusal } from './refusals'
import { leftByKernelMove } from '../unmanaged/kernel-move'
import { info, type ManagerPlan, refused } from '../manager-plan'
import { say } from '../../../../shared/phrases/phrase'

/** ifupdown's share: the NIC's stanzas are commented out, since nothing can hide them, and become the bridge's. */
export const ifupdownPlan: ManagerPlan = {
  backend: 'ifupdown',
  lasting: true,
  refuse(target) {
    const { facts, nic, bridge } = target
    if (facts.ifupdown) return ifupdownRefusal(facts.ifupdown, nic, bridge) ?? leftByKernelMove(target)
    return refused(say('etc-network-interfaces-no-stanza', { nic }), say('write-with-card-own-name'))
  },
  changes({ facts, nic, bridge }) {
    if (!facts.ifupdown) return []
    return editsOf(facts.ifupdown, nic, bridge).map(({ path, before }) =>
      before === null
        ? {
            text: say('add-with-settings-mac-address', { bridge, nic }),
            target: path,
          }
        : { text: say('comment-out-stanzas-undo-puts', { nic }), target: path },
    )
  },
  notices: () => [info(say('commands-in-if-up-d'))],
  undo: ({ nic, bridge }) => say('files-put-back-byte', { nic, bridge }),
  matter: ({ ifupdown }) => ifupdown?.files.map(({ path, stamp }) => ({ path, ...stamp })) ?? null,
}

/** The changes of ifupdown's files that give the NIC's stanzas to the bridge. Pure. */
export function editsOf(facts: IfupdownFacts, nic: string, bridge: string): FileEdit[] {
  const config = configOf(facts)
  return editsFor(config, nic, bridge, bridgeStanzas(config, nic, bridge))
}
