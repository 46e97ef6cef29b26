import { bridgePaths, immovable, statesRule } from './bridge-files'
import type { NetworkdLink } from './facts'
import { rulesAbout, ruleStays } from '../policy-rules'
import { type BridgeTarget, info, type ManagerPlan, refused } from '../manager-plan'
import { say } from '../../../../shared/phrases/phrase'

const managedLink = ({ facts, nic }: Pick<BridgeTarget, 'facts' | 'nic'>): NetworkdLink | undefined =>
  facts.networkd.find(({ name }) => name === nic)

/**
 * systemd-networkd's share, also where netplan has it generate the configuration: three files that come before the NIC's own,
 * which stays as it is.
 */
export const networkdPlan: ManagerPlan = {
  backend: 'systemd-networkd',
  lasting: true,
  refuse(target) {
    const { nic, bridge } = target
    const link = managedLink(target)
    if (!link) {
      return refused(
        say('systemd-networkd-no-configuration-file', { nic }),
        say('configure-card-with-network-file'),
      )
    }
    if (bridgePaths(link, bridge) === null) {
      return refused(say('no-file-can-come', { path: link.file.path, nic }), say('give-file-name-begins'))
    }
    const obstacle = immovable(link)
    if (obstacle !== null) {
      return refused(
        say('cannot-go-along-to-bridge', { path: link.file.path, nic, obstacle }),
        say('take-out-file-first-choose'),
      )
    }
    const stray = rulesAbout(target.facts, nic).find((rule) => !statesRule(link, nic, rule.priority))
    return stray ? ruleStays(stray, nic, say('set-hand', { path: link.file.path })) : null
  },
  changes(target) {
    const { nic, bridge } = target
    const link = managedLink(target)
    const paths = link ? bridgePaths(link, bridge) : null
    if (!link || !paths) return []
    return [
      {
        text: say('add-bridge-with-mac-address', { bridge, nic }),
        target: paths.netdev,
      },
      {
        text: say('give-network-settings-stays', { path: link.file.path }),
        target: paths.bridge,
      },
      { text: say('make-port', { nic }), target: paths.port },
    ]
  },
  notices({ facts, nic }) {
    if (facts.managers[nic] !== 'netplan') return []
    return [info(say('netplan-own-files-stay-bridge'))]
  },
  undo: ({ nic, bridge }) => say('three-files-removed-own-file', { bridge, nic }),
  matter(facts, nic) {
    const link = managedLink({ facts, nic })
    return link ? [link.file, ...link.dropIns].map(({ stamp }) => stamp) : null
  },
}
