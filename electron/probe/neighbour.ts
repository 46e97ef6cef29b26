import type { IpNeighbour } from '../system/ip-json'

/** `not-asked`: the kernel knew a MAC from before and saw no need to ask, or the address is behind a router. */
export type ArpOutcome = { mac: string } | 'silence' | 'not-asked'

/** What came of the kernel's asking for an address within the last `seconds`; what was confirmed earlier proves nothing. */
export function arpOutcome(table: readonly IpNeighbour[], ip: string, seconds: number): ArpOutcome {
  const entry = table.find(({ dst }) => dst === ip)
  if (entry?.state.some((word) => word === 'FAILED' || word === 'INCOMPLETE')) return 'silence'
  const { lladdr, confirmed = Infinity } = entry ?? {}
  return lladdr !== undefined && confirmed <= seconds ? { mac: lladdr } : 'not-asked'
}
