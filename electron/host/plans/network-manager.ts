import type { Failure } from '../../../shared/failure'
import type { PlanNotice } from '../../../shared/plan'
import type { HostFacts } from '../facts'
import type { NmProfile } from '../network-manager'
import {
  activeProfile,
  fixedAddresses,
  numberSetting,
  profileFile,
  profileNames,
  textSetting,
} from '../profiles'
import { type BridgeTarget, info, type ManagerPlan, refused } from './manager-plan'

type Check = (target: BridgeTarget) => Failure | null

const hasProfile: Check = ({ facts, nic }) =>
  activeProfile(facts, nic)
    ? null
    : refused(
        `No NetworkManager profile is active on ${nic}`,
        `Connect it first: nmcli device connect ${nic}`,
      )

const plainProfile: Check = ({ facts, nic }) => {
  const profile = activeProfile(facts, nic)
  if (!profile) return null
  if (profile.settings['802-1x'] !== undefined) {
    return refused(
      `The profile “${profile.id}” of ${nic} signs in by 802.1X, which a bridge’s port can’t do for the machines behind it`,
      'Use NAT: the machines then go out under this computer’s sign-in.',
    )
  }
  if (profile.type !== '802-3-ethernet') {
    return refused(
      `The profile “${profile.id}” of ${nic} is of the type ${profile.type}, not a plain wired connection`,
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

/** Addresses and routes set by hand, outside the profile, would be gone as soon as the profile is activated anew. */
const nothingByHand: Check = ({ facts, nic }) => {
  const profile = activeProfile(facts, nic)
  if (!profile) return null
  const fixed = fixedAddresses(profile.settings)
  const addresses = (facts.host.links.find(({ name }) => name === nic)?.addresses ?? [])
    .filter(({ origin }) => origin === 'static')
    .map(({ ip, prefix }) => `${ip}/${prefix}`)
    .filter((address) => !fixed.includes(address))
  const routes = facts.host.routes
    .filter(({ link, protocol }) => link === nic && protocol === 'boot')
    .map(({ to }) => `the route to ${to}`)
  const found = [...addresses, ...routes]
  if (found.length === 0) return null
  return refused(
    `${found.join(', ')} on ${nic} was set by hand and is not in the profile “${profile.id}”, so it would be lost`,
    'Add it to the profile (nmcli connection modify …), or remove it, and try again.',
  )
}

const CHECKS: readonly Check[] = [hasProfile, plainProfile, nothingByHand]

/** The highest priority a profile can have (nm-settings(5), connection.autoconnect-priority); ours have it. */
const HIGHEST_PRIORITY = 999

/** Profiles that could take the card at the next start, were they not outranked. */
function rivalNotices({ facts, nic }: BridgeTarget, active: NmProfile): PlanNotice[] {
  const rivals = (facts.networkManager?.profiles ?? []).filter(
    ({ uuid, type, interfaceName, settings }) =>
      uuid !== active.uuid &&
      type === '802-3-ethernet' &&
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
    return active ? rivalNotices(target, active) : []
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
