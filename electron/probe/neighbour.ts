import { z } from 'zod'
import { runCommand } from '../host/command'

/** What `ip -s -j neigh` tells of one entry; the age of the last confirmation is in seconds. */
const entry = z.object({
  dst: z.string(),
  dev: z.string(),
  lladdr: z.string().optional(),
  state: z.array(z.string()),
  confirmed: z.number().optional(),
})
export type NeighbourEntry = z.infer<typeof entry>

/** The host's IPv4 neighbour table. */
export async function neighbours(): Promise<readonly NeighbourEntry[]> {
  const text = (await runCommand('ip', ['-s', '-4', '-j', 'neigh', 'show'])).trim()
  // An empty table is printed as nothing at all.
  return text === '' ? [] : z.array(entry).parse(JSON.parse(text))
}

/**
 * The MAC that answered for an address within the last `seconds`; null when nobody did. An entry that was confirmed
 * earlier proves nothing: the machine may have moved since.
 */
export function answeredWithin(table: readonly NeighbourEntry[], ip: string, seconds: number): string | null {
  const fresh = table.find(
    ({ dst, state, confirmed = Infinity }) =>
      dst === ip && state.includes('REACHABLE') && confirmed <= seconds,
  )
  return fresh?.lladdr ?? null
}

/** The addresses that the host has met a MAC at, on whatever link. */
export const addressesOf = (table: readonly NeighbourEntry[], mac: string): string[] =>
  table.filter(({ lladdr, state }) => lladdr === mac && !state.includes('FAILED')).map(({ dst }) => dst)
