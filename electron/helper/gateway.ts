import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { runCommand } from '../host/command'
import { readJsonList } from '../host/json-output'

const neighbour = z.object({ dst: z.string(), state: z.array(z.string()).default([]) })

/** Waits between looks at the neighbour, in milliseconds; the kernel asks three times, once a second (arp(7)). */
const LOOKS = [5, 10, 20, 40, 80, 150, 300, 400, 500, 500, 500, 500]

/**
 * Whether `gateway` answers on `link` at the lowest level that every router has to answer: ARP, or neighbour
 * discovery for IPv6. The kernel is made to forget it and to ask anew. Takes up to 3 s. Needs root.
 */
export async function gatewayAnswers(link: string, gateway: string, signal?: AbortSignal): Promise<boolean> {
  const family = gateway.includes(':') ? '-6' : '-4'
  const entry = [gateway, 'dev', link]
  // Fails when there is no such entry, which is as good.
  await runCommand('ip', [family, 'neigh', 'del', ...entry]).catch(() => undefined)
  await runCommand('ip', [family, 'neigh', 'replace', ...entry, 'use'])
  for (const wait of LOOKS) {
    await sleep(wait, undefined, signal ? { signal } : {})
    const output = await runCommand('ip', ['-j', family, 'neigh', 'show', ...entry])
    const states = readJsonList('ip -j neigh', output, neighbour).flatMap((one) => one.state)
    if (states.includes('REACHABLE')) return true
    if (states.includes('FAILED')) return false
  }
  return false
}
