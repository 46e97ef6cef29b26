import type { Check } from '../check'
import { fixBy, foundOr, notApplicable } from '../verdicts'
import { say } from '../../../shared/phrases/phrase'

/** With spanning tree a port is dead for half a minute, longer than a guest asks for an address. */
export const bridgeStp: Check = {
  id: 'bridge-stp',
  title: say('bridges-connect-at-once'),
  verdict({ host: { host, bridges } }) {
    // libvirt's own have spanning tree with a delay of 0, and no card among their ports.
    const cards = new Set(
      host.links
        .filter(({ kind }) => ['ethernet', 'bond', 'vlan', 'veth'].includes(kind))
        .map(({ name }) => name),
    )
    const own = bridges.filter(({ ports }) => ports.some(({ name }) => cards.has(name)))
    if (own.length === 0) return notApplicable(say('no-bridge-computer-card-port'))
    const findings = own
      .filter(({ stp }) => stp)
      .map(({ name, ports }) => {
        const dead = ports.filter(({ forwarding }) => !forwarding).map((port) => port.name)
        return {
          subject: name,
          weight: dead.length > 0 ? ('trouble' as const) : ('notice' as const),
          certainty: 'seen' as const,
          problem: say('spanning-tree', { name }),
          reason:
            dead.length > 0
              ? say('port-passes-nothing-now-new', { dead: dead.join(', ') })
              : say('machine-plugged-in-without-connection'),
          remedy: fixBy({ kind: 'addition', addition: { kind: 'bridge-without-stp', bridge: name } }),
        }
      })
    return foundOr(findings, say('none-spanning-tree'))
  },
}
