import type { PlanNotice } from '../../../../shared/helper/plan'
import type { HostFacts } from '../../facts'
import type { NmProfile } from './facts'
import { activeProfile, dataOf, numberSetting, profileFile, profileNames, textSetting } from './profiles'
import { rulesAbout, ruleStays } from '../policy-rules'
import { type BridgeTarget, type Refusal, info, type ManagerPlan, refused } from '../manager-plan'

const hasProfile: Refusal = ({ facts, nic }) =>
  activeProfile(facts, nic)
    ? null
    : refused(
        `No NetworkManager profile is active on ${nic}`,
        `Connect it first: nmcli device connect ${nic}`,
      )

/** Types of profiles whose link can be a bridge's port, and which say how it is made. */
const PORT_TYPES: readonly string[] = ['802-3-ethernet', 'bond', 'vlan']

const plainProfile: Refusal = ({ facts, nic }) => {
  const profile = activeProfile(facts, nic)
  if (!profile) return null
  if (profile.settings['802-1x'] !== undefined) {
    return refused(
      `The profile “${profile.id}” of ${nic} signs in by 802.1X, which a bridge’s port can’t do for the machines behind it`,
      'Use NAT: the machines then go out under this computer’s sign-in.',
    )
  }
  if (!PORT_TYPES.includes(profile.type)) {
    return refused(
      `The profile “${profile.id}” of ${nic} is of the type ${profile.type}, not a wired connection, bond or VLAN`,
      'Choose another network card with --nic, or use NAT.',
    )
  }
  if (textSetting(profile.settings, 'ipv4', 'method') === 'shared') {
    return refused(
      `${nic} shares this computer’s connection with others (profile “${profile.id}”); it doesn’t lead to a LAN`,
      'Choose the network card that leads to the LAN with --nic.',
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
    `The profile “${port.id}” is for a port of the profile “${profile.id}”, not of the link ${nic}`,
    `Let it name the link, and try again: nmcli connection modify ${port.uuid} master ${nic}`,
  )
}

/** NetworkManager ends a plugin's VPN with the connection that it runs over, and does not begin it again. */
const noVpnOverTheLink: Refusal = ({ facts, nic }) => {
  const vpn = facts.networkManager?.vpns.find(({ links }) => links.includes(nic))
  if (!vpn) return null
  return refused(
    `The VPN “${vpn.id}” runs over ${nic}, and NetworkManager would end it together with the card’s connection`,
    `Disconnect it (nmcli connection down id "${vpn.id}"), make the bridge, and connect it again.`,
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
  return stray ? ruleStays(stray, nic, 'it was set by hand and is not in the profile') : null
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
      ? [info(`Other profiles for ${nic} rest meanwhile: ${rivals.map(({ id }) => id).join(', ')}.`)]
      : []),
    ...equal.map(({ id }): PlanNotice => ({
      severity: 'warning',
      text: `“${id}” has the highest priority too; the profile used last wins at the next start.`,
    })),
  ]
}

const bondNotice = ({ nic }: BridgeTarget): PlanNotice =>
  info(`NetworkManager attaches the ports of ${nic} anew, so the network may be gone for a few seconds.`)

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
        text: `Add a profile for the bridge ${bridge}: the IP settings of “${id}”, MAC ${mac}, no spanning tree`,
        target: profileFile(names.bridge),
      },
      { text: `Add a profile that makes ${nic} its port`, target: profileFile(names.port) },
      { text: `Activate both; “${id}” stays as it is and rests`, target: nic },
    ]
  },
  notices(target) {
    const active = activeProfile(target.facts, target.nic)
    if (!active) return []
    return [...rivalNotices(target, active), ...(active.type === 'bond' ? [bondNotice(target)] : [])]
  },
  undo({ facts, nic, bridge }) {
    const id = activeProfile(facts, nic)?.id ?? ''
    return `The profile “${id}” is activated again, and ${bridge} with its two profiles is removed.`
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
