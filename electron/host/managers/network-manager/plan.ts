import type { PlanNotice } from '../../../../shared/helper/plan'
import type { HostFacts } from '../../facts'
import type { NmProfile } from './facts'
import { activeProfile, dataOf, numberSetting, profileFile, profileNames, textSetting } from './profiles'
import { rulesAbout, ruleStays } from '../policy-rules'
import { type BridgeTarget, type Refusal, info, type ManagerPlan, refused } from '../manager-plan'
import { say } from '../../../../shared/phrases/phrase'

const hasProfile: Refusal = ({ facts, nic }) =>
  activeProfile(facts, nic)
    ? null
    : refused(
        say('no-networkmanager-profile-active', { nic }),
        say('connect-first-nmcli-device-connect', { nic }),
      )

/** Types of profiles whose link can be a bridge's port, and which say how it is made. */
const PORT_TYPES: readonly string[] = ['802-3-ethernet', 'bond', 'vlan']

const plainProfile: Refusal = ({ facts, nic }) => {
  const profile = activeProfile(facts, nic)
  if (!profile) return null
  if (profile.settings['802-1x'] !== undefined) {
    return refused(say('profile-signs-in-802-1x', { id: profile.id, nic }), say('use-nat-machines-then-go'))
  }
  if (!PORT_TYPES.includes(profile.type)) {
    return refused(
      say('profile-type-not-wired-connection', { id: profile.id, nic, type: profile.type }),
      say('choose-another-network-card'),
    )
  }
  if (textSetting(profile.settings, 'ipv4', 'method') === 'shared') {
    return refused(
      say('shares-computer-connection-with-others', { nic, id: profile.id }),
      say('choose-network-card-leads'),
    )
  }
  return null
}

/** Ports that ask for the bond's present profile would bring that back, and with it the bond's own addresses. */
const portsOfTheLink: Refusal = ({ facts, nic }) => {
  const profile = activeProfile(facts, nic)
  const port = facts.networkManager?.profiles.find(({ settings }) =>
    ['master', 'controller'].some((key) => textSetting(settings, 'connection', key) === profile?.uuid),
  )
  if (!profile || !port) return null
  return refused(
    say('profile-for-port-profile', { port: port.id, profile: profile.id, nic }),
    say('let-name-link-try-again', { uuid: port.uuid, nic }),
  )
}

/** NetworkManager ends a plugin's VPN with the connection that it runs over, and does not begin it again. */
const noVpnOverTheLink: Refusal = ({ facts, nic }) => {
  const vpn = facts.networkManager?.vpns.find(({ links }) => links.includes(nic))
  if (!vpn) return null
  return refused(
    say('vpn-runs-over-networkmanager-end', { id: vpn.id, nic }),
    say('disconnect-nmcli-connection-down-id', { id: vpn.id }),
  )
}

/** The profile's own rules go along, with the bridge in place of the NIC. */
const rulesByProfile: Refusal = ({ facts, nic }) => {
  const settings = activeProfile(facts, nic)?.settings ?? {}
  const stated = (['ipv4', 'ipv6'] as const).flatMap((group) => dataOf(settings, group, 'routing-rules'))
  const stray = rulesAbout(facts, nic).find(
    (rule) =>
      !stated.some(
        ({ priority, family }) => priority === rule.priority && family === KERNEL_FAMILY[rule.family],
      ),
  )
  return stray ? ruleStays(stray, nic, say('set-hand-not-in-profile')) : null
}

/** AF_INET and AF_INET6, by which a profile's rules say what they are for. */
const KERNEL_FAMILY = { 4: 2, 6: 10 } as const

const CHECKS: readonly Refusal[] = [
  ...[hasProfile, plainProfile, portsOfTheLink, noVpnOverTheLink, rulesByProfile],
]

/** The highest priority a profile can have (nm-settings(5), connection.autoconnect-priority); ours have it. */
const HIGHEST_PRIORITY = 999

/** Profiles that could take the card at the next start, were they not outranked. */
function rivalNotices({ facts, nic }: BridgeTarget, active: NmProfile): PlanNotice[] {
  const rivals = (facts.networkManager?.profiles ?? []).filter(
    ({ uuid, type, interfaceName, settings }) =>
      uuid !== active.uuid &&
      type === active.type &&
      (interfaceName === null || interfaceName === nic) &&
      settings.connection?.autoconnect?.value !== false &&
      textSetting(settings, 'connection', 'master') === undefined,
  )
  const equal = [active, ...rivals].filter(
    ({ settings }) => numberSetting(settings, 'connection', 'autoconnect-priority') === HIGHEST_PRIORITY,
  )
  return [
    ...(rivals.length > 0
      ? [
          info(
            say('other-profiles-for-rest-meanwhile', { nic, rivals: rivals.map(({ id }) => id).join(', ') }),
          ),
        ]
      : []),
    ...equal.map(({ id }): PlanNotice => ({
      severity: 'warning',
      text: say('highest-priority-too-profile-used', { id }),
    })),
  ]
}

const bondNotice = ({ nic }: BridgeTarget): PlanNotice =>
  info(say('networkmanager-attaches-ports-anew-network', { nic }))

/** NetworkManager's share: two profiles that take precedence over the NIC's own, which rests meanwhile. */
export const networkManagerPlan: ManagerPlan = {
  backend: 'networkmanager',
  lasting: true,
  refuse(target) {
    for (const check of CHECKS) {
      const failure = check(target)
      if (failure) return failure
    }
    return null
  },
  changes({ facts, nic, bridge }) {
    const names = profileNames(bridge, nic)
    const id = activeProfile(facts, nic)?.id ?? ''
    const mac = facts.host.links.find(({ name }) => name === nic)?.mac ?? ''
    return [
      {
        text: say('add-profile-for-bridge-ip', { bridge, id, mac }),
        target: profileFile(names.bridge),
      },
      { text: say('add-profile-makes-port', { nic }), target: profileFile(names.port) },
      { text: say('activate-both-stays-rests', { id }), target: nic },
    ]
  },
  notices(target) {
    const active = activeProfile(target.facts, target.nic)
    if (!active) return []
    return [...rivalNotices(target, active), ...(active.type === 'bond' ? [bondNotice(target)] : [])]
  },
  undo({ facts, nic, bridge }) {
    const id = activeProfile(facts, nic)?.id ?? ''
    return say('profile-activated-again-with-two', { id, bridge })
  },
  matter: (facts, nic) => settingsThatMatter(facts, nic),
}

/** The active profile without the time of its last use, which NetworkManager updates every few minutes. */
function settingsThatMatter(facts: HostFacts, nic: string): unknown {
  const settings = activeProfile(facts, nic)?.settings
  if (!settings) return null
  const { timestamp: _, ...connection } = settings.connection ?? {}
  return { ...settings, connection }
}
