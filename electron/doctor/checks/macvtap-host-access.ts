import { addressesHere } from '../../../shared/world/address-here'
import type { Finding } from '../../../shared/doctor/doctor'
import { isHostAccess, macvtapLinks } from '../../../shared/world/macvtap'
import { parseIp } from '../../networks/cidr'
import type { Check } from '../check'
import type { DoctorFacts } from '../facts'
import { libvirtAway, listed, liveNics } from '../subjects'
import { advice, fixBy, foundOr, notApplicable, unknown } from '../verdicts'
import { say } from '../../../shared/phrases/phrase'

interface OnCard {
  machine: string
  ips: readonly string[]
}

/** The kernel keeps a card's own traffic and its macvtaps apart. */
export const macvtapHostAccess: Check = {
  id: 'macvtap-host-access',
  title: say('computer-reaches-machines-on-macvtap'),
  verdict(facts) {
    const away = libvirtAway(facts)
    if (away !== null) return unknown(away)
    const cards = machinesByCard(facts)
    if (cards.size === 0) return notApplicable(say('no-machine-runs-plugged'))
    const findings = [...cards].flatMap(([card, machines]) => findingOf(facts, card, machines))
    return foundOr(findings, say('does-through-link-own'))
  },
}

function machinesByCard({ world }: DoctorFacts): Map<string, OnCard[]> {
  const cards = new Map<string, OnCard[]>()
  const here = addressesHere(world)
  for (const { machine, nic } of liveNics(world)) {
    const [card] = (nic.live && macvtapLinks(world.networks, nic.live)) ?? []
    if (card === undefined) continue
    const ips = here(nic)
      .map(({ ip }) => ip)
      .filter((ip) => parseIp(ip)?.family === 4)
    cards.set(card, [...(cards.get(card) ?? []), { machine: machine.name, ips }])
  }
  return cards
}

function findingOf(
  { host: { host }, additions }: DoctorFacts,
  card: string,
  machines: readonly OnCard[],
): Finding[] {
  const led = new Set(
    additions.flatMap(({ addition }) =>
      addition.kind === 'host-access' && addition.link === card ? addition.machines : [],
    ),
  )
  const hasLink = host.links.some((link) => isHostAccess(link, [card]))
  // A way that somebody else has made leads where they want.
  if (hasLink && led.size === 0) return []
  const cutOff = machines.filter(({ ips }) => ips.length === 0 || ips.some((ip) => !led.has(ip)))
  if (cutOff.length === 0 || (led.size > 0 && cutOff.every(({ ips }) => ips.length === 0))) return []
  const ips = cutOff.flatMap((one) => one.ips).filter((ip) => !led.has(ip))
  const names = listed(cutOff.map(({ machine }) => machine))
  return [
    {
      subject: card,
      weight: 'notice',
      certainty: 'seen',
      problem: say('computer-do-not-reach-each', { names }),
      reason: say('on-macvtap-kernel-keeps-card', { card }),
      remedy:
        ips.length > 0
          ? fixBy({ kind: 'addition', addition: { kind: 'host-access', link: card, machines: ips } })
          : advice(
              say('addresses-not-known-with-patchbay', { card, machine: cutOff[0]?.machine ?? 'MACHINE' }),
            ),
    },
  ]
}
