import { z } from 'zod'
import { runCommand } from '../host/command'

/** What `ip -s -j neigh` tells of one entry; the age of the last confirmation is in seconds. */
const neighbourEntry = z.object({
  dst: z.string(),
  dev: z.string(),
  lladdr: z.string().optional(),
  state: z.array(z.string()),
  confirmed: z.number().optional(),
})
export type NeighbourEntry = z.infer<typeof neighbourEntry>

/** The host's IPv4 neighbour table. */
export async function neighbours(): Promise<readonly NeighbourEntry[]> {
  const text = (await runCommand('ip', ['-s', '-4', '-j', 'neigh', 'show'])).trim()
  // An empty table is printed as nothing at all.
  return text === '' ? [] : z.array(neighbourEntry).parse(JSON.parse(text))
}

/** `not-asked`: the kernel knew a MAC from before and saw no need to ask, or the address is behind a router. */
export type ArpOutcome = { mac: string } | 'silence' | 'not-asked'

/** What came of the kernel's asking for an address within the last `seconds`; what was confirmed earlier proves nothing. */
export function arpOutcome(table: readonly NeighbourEntry[], ip: string, seconds: number): ArpOutcome {
  const entry = table.find(({ dst }) => dst === ip)
  if (entry?.state.some((word) => word === 'FAILED' || word === 'INCOMPLETE')) return 'silence'
  const { lladdr, confirmed = Infinity } = entry ?? {}
  return lladdr !== undefined && confirmed <= seconds ? { mac: lladdr } : 'not-asked'
}

/** The addresses that the host has met a MAC at, on whatever link. */
export const addressesOf = (table: readonly NeighbourEntry[], mac: string): string[] =>
  table.filter(({ lladdr, state }) => lladdr === mac && !state.includes('FAILED')).map(({ dst }) => dst)
