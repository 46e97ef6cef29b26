import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { runCommand } from '../../system/command'
import { readJsonList } from '../../system/json-output'

const answer = z.object({
  dst: z.string(),
  lladdr: z.string().optional(),
  state: z.array(z.string()).default([]),
})
type Neighbours = readonly z.infer<typeof answer>[]

/** Waits between looks at the neighbour, in milliseconds; the kernel asks three times, once a second (arp(7)). */
const LOOKS = [5, 10, 20, 40, 80, 150, 300, 400, 500, 500, 500, 500]

/**
 * Whether `gateway` answers on `link` at the lowest level that every router has to answer: ARP, or neighbour
 * discovery for IPv6. The kernel is made to forget it and to ask anew; an entry that somebody has set for good is set
 * again. Takes up to 3 s. Needs root.
 */
export async function gatewayAnswers(link: string, gateway: string, signal?: AbortSignal): Promise<boolean> {
  const neigh = neighbour(link, gateway)
  const fixed = (await neigh.read()).find(({ state }) => state.includes('PERMANENT'))?.lladdr
  // Fails when there is no such entry, which is as good.
  await neigh.run('del').catch(() => undefined)
  try {
    await neigh.run('replace', 'use')
    return await isReachable(() => neigh.read(), signal)
  } finally {
    if (fixed !== undefined) await neigh.run('replace', 'lladdr', fixed, 'nud', 'permanent')
  }
}

async function isReachable(read: () => Promise<Neighbours>, signal?: AbortSignal): Promise<boolean> {
  for (const wait of LOOKS) {
    await sleep(wait, undefined, signal ? { signal } : {})
    const states = (await read()).flatMap(({ state }) => state)
    if (states.includes('REACHABLE')) return true
    if (states.includes('FAILED')) return false
  }
  return false
}

/** One entry of the kernel's table of neighbours (ip-neighbour(8)). */
function neighbour(link: string, ip: string) {
  const family = ip.includes(':') ? '-6' : '-4'
  const entry = [ip, 'dev', link]
  return {
    run: (verb: string, ...more: string[]): Promise<string> =>
      runCommand('ip', [family, 'neigh', verb, ...entry, ...more]),
    async read(): Promise<Neighbours> {
      return readJsonList(
        'ip -j neigh',
        await runCommand('ip', ['-j', family, 'neigh', 'show', ...entry]),
        answer,
      )
    },
  }
}
