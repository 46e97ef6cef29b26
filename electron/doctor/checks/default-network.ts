import type { Finding } from '../../../shared/doctor/doctor'
import type { NetworkAction } from '../../../shared/world/operation'
import type { LibvirtNetwork, World } from '../../../shared/world/world'
import type { Check } from '../check'
import { libvirtAway, listed, networksIn } from '../subjects'
import { advice, fixBy, foundOr, notApplicable, unknown } from '../verdicts'
import { say } from '../../../shared/phrases/phrase'

/** A machine does not start while a network that it is plugged into is stopped. */
export const defaultNetwork: Check = {
  id: 'default-network',
  title: say('networks-machines-need-started'),
  verdict(facts) {
    const away = libvirtAway(facts)
    if (away !== null) return unknown(away)
    const networks = networksIn(facts)
    if (networks.length === 0) return notApplicable(say('libvirt-no-network'))
    const findings = networks.flatMap((network) => findingOf(facts.world, network))
    const hasDefault = networks.some(({ name }) => name === 'default')
    return foundOr(findings, hasDefault ? say('network-default-starts-with-computer') : say('they-are'))
  },
}

function findingOf(world: World, network: LibvirtNetwork): Finding[] {
  const { name, active, autostart, persistent } = network
  const users = usersOf(world, name)
  // Other networks that nobody uses may be stopped on purpose.
  if (name !== 'default' && (active || users.length === 0)) return []
  const actions: NetworkAction[] = [
    ...(active ? [] : ['start' as const]),
    ...(autostart || !persistent ? [] : ['autostart-on' as const]),
  ]
  if (actions.length === 0) return []
  const who = users.length === 0 ? say('machines-plugged') : listed(users)
  return [
    {
      subject: name,
      weight: active ? 'notice' : 'trouble',
      certainty: 'seen',
      problem: active ? say('network-does-not-start', { name }) : say('network-stopped-2', { name }),
      reason: active
        ? say('after-next-restart-stopped-cannot', { who })
        : say('cannot-start-until-started', { who }),
      remedy: remedyOf(network, actions),
    },
  ]
}

/** What libvirt keeps of a network that leads out through a bridge of the host is of no use while that is not there. */
const remedyOf = ({ name, kind, bridge }: LibvirtNetwork, actions: readonly NetworkAction[]) =>
  kind === 'bridged' && bridge === null
    ? advice(say('give-network-bridge-first', { name }))
    : fixBy({ kind: 'network-actions', network: name, actions })

const usersOf = ({ machines }: World, network: string): string[] =>
  machines
    .filter(({ nics }) =>
      nics.some(({ saved, live }) =>
        [saved, live].some((place) => place?.type === 'network' && place.network === network),
      ),
    )
    .map(({ name }) => name)
