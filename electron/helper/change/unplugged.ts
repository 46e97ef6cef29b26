import type { HostFacts } from '../../host/facts'
import type { Change, Side } from './change'
import type { Proof } from './proofs'
import { english } from '../../../shared/phrases/english'

/** Whether a link is up, and all that it lacks is a carrier: its cable is out, or the switch is off. Pure. */
export function isWithoutCarrier({ host }: HostFacts, name: string): boolean {
  const link = host.links.find((one) => one.name === name)
  return link !== undefined && link.up && !link.carrier
}

/**
 * The checks of a rollback to `side` while the NIC has no carrier, without those that nobody can meet then: a bridge does not
 * run, a port does not forward, and `needCarrier` are those of the manager. What was put back by then is all that keeps the
 * network from coming back with the carrier. Pure.
 */
export function withoutCarrier(
  checks: readonly Proof[],
  side: Side,
  { host }: HostFacts,
  { nic, bridge }: Pick<Change, 'nic' | 'bridge'>,
  needCarrier: readonly string[],
): Proof[] {
  if (side === 'nic')
    return checks.filter(({ name }) => name === 'port' || !needCarrier.includes(english(name)))
  const { up = false } = host.links.find(({ name }) => name === bridge) ?? {}
  const isPort = host.links.some(({ name, master }) => name === nic && master === bridge)
  return checks
    .filter(({ name }) => !needCarrier.includes(english(name)))
    .map((check) => {
      if (check.name === 'bridge') return { ...check, ok: up }
      return check.name === 'port' ? { ...check, ok: isPort } : check
    })
}
