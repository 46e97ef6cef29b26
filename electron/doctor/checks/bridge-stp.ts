import type { Check } from '../check'
import { fixBy, foundOr, notApplicable } from '../verdicts'

/** With spanning tree a port is dead for half a minute, longer than a guest asks for an address. */
export const bridgeStp: Check = {
  id: 'bridge-stp',
  title: 'Bridges connect at once',
  verdict({ host: { host, bridges } }) {
    // libvirt's own have spanning tree with a delay of 0, and no card among their ports.
    const cards = new Set(
      host.links
        .filter(({ kind }) => ['ethernet', 'bond', 'vlan', 'veth'].includes(kind))
        .map(({ name }) => name),
    )
    const own = bridges.filter(({ ports }) => ports.some(({ name }) => cards.has(name)))
    if (own.length === 0) return notApplicable('No bridge of this computer has a card as a port.')
    const findings = own
      .filter(({ stp }) => stp)
      .map(({ name, ports }) => {
        const dead = ports.filter(({ forwarding }) => !forwarding).map((port) => port.name)
        return {
          subject: name,
          weight: dead.length > 0 ? ('trouble' as const) : ('notice' as const),
          certainty: 'seen' as const,
          problem: `${name} has spanning tree on.`,
          reason:
            dead.length > 0
              ? `Its port ${dead.join(', ')} passes nothing now; a new port needs half a minute.`
              : 'A machine that is plugged in is without connection for half a minute. Keep it where cables could form a loop.',
          remedy: fixBy({ kind: 'addition', addition: { kind: 'bridge-without-stp', bridge: name } }),
        }
      })
    return foundOr(findings, 'None has spanning tree on.')
  },
}
