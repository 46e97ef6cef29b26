import { bridgePaths, immovable, statesRule } from './bridge-files'
import type { NetworkdLink } from './facts'
import { rulesAbout, ruleStays } from '../policy-rules'
import { type BridgeTarget, info, type ManagerPlan, refused } from '../manager-plan'

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
        `systemd-networkd has no configuration file for ${nic}`,
        'Configure the card with a .network file or netplan first.',
      )
    }
    if (bridgePaths(link, bridge) === null) {
      return refused(
        `No file can come before ${link.file.path}, which ${nic} has, in the order of names`,
        'Give the file a name that begins with a higher number, and try again.',
      )
    }
    const obstacle = immovable(link)
    if (obstacle !== null) {
      return refused(
        `${link.file.path} of ${nic} has ${obstacle}, which can’t go along to a bridge`,
        'Take it out of the file first, choose another network card with --nic, or use NAT.',
      )
    }
    const stray = rulesAbout(target.facts, nic).find((rule) => !statesRule(link, nic, rule.priority))
    return stray ? ruleStays(stray, nic, `it was set by hand and is not in ${link.file.path}`) : null
  },
  changes(target) {
    const { nic, bridge } = target
    const link = managedLink(target)
    const paths = link ? bridgePaths(link, bridge) : null
    if (!link || !paths) return []
    return [
      {
        text: `Add the bridge ${bridge} with the MAC address of ${nic}, no spanning tree`,
        target: paths.netdev,
      },
      {
        text: `Give it the network settings of ${link.file.path}, which stays as it is`,
        target: paths.bridge,
      },
      { text: `Make ${nic} its port`, target: paths.port },
    ]
  },
  notices({ facts, nic }) {
    if (facts.managers[nic] !== 'netplan') return []
    return [
      info(
        'netplan’s own files stay as they are; the bridge’s files come before those that netplan makes of them.',
      ),
    ]
  },
  undo: ({ nic, bridge }) => `The three files and ${bridge} are removed, and ${nic} has its own file again.`,
  matter(facts, nic) {
    const link = managedLink({ facts, nic })
    return link ? [link.file, ...link.dropIns].map(({ stamp }) => stamp) : null
  },
}
