import { z } from 'zod'
import type { Sent } from '../../shared/reach/probe'
import type { Machine } from '../../shared/world/world'
import { readJson } from '../system/json-output'
import { LibvirtError } from '../libvirt/errors'
import type { Libvirt } from '../libvirt/libvirt'
import type { Domain } from '../libvirt/wire'

/** Seconds that the agent, which runs in the guest, has for each command. */
const AGENT_TIMEOUT_S = 5
/** The agent tells of no end by itself, so it is asked; ping ends after 2 s whatever comes. */
const ASK_EVERY_MS = 500
const ASK_TIMES = 10

const anything = z.unknown()
const started = z.object({ return: z.object({ pid: z.number() }) })
const status = z.object({ return: z.object({ exited: z.boolean(), exitcode: z.number().optional() }) })

/**
 * Has the guest agent of a machine ping an address.
 * @returns null where the guest has no ping, or its agent starts no programs
 * @throws LibvirtError when the machine has no agent that answers
 */
export async function pingFromGuest(libvirt: Libvirt, machine: Machine, ip: string): Promise<Sent | null> {
  const { dom } = await libvirt.call('domainLookupByUuid', { uuid: machine.id })
  await agent(libvirt, dom, anything, 'guest-ping')
  const pid = await startPing(libvirt, dom, ip)
  if (pid === null) return null
  const code = await exitCode(libvirt, dom, pid)
  // Exit code 1 is silence; 126 and above come from the shell or a signal.
  if (code !== 0 && code !== 1) return null
  return { by: 'ping', from: machine.name, to: ip, answeredBy: code === 0 ? ip : null }
}

async function startPing(libvirt: Libvirt, dom: Domain, ip: string): Promise<number | null> {
  try {
    const answer = await agent(libvirt, dom, started, 'guest-exec', {
      path: 'ping',
      arg: ['-c', '2', '-W', '1', ip],
    })
    return answer.return.pid
  } catch (thrown) {
    // The agent answered a moment ago, so it refuses this: no such program, or guest-exec is switched off.
    if (thrown instanceof LibvirtError) return null
    throw thrown
  }
}

async function exitCode(libvirt: Libvirt, dom: Domain, pid: number): Promise<number | null> {
  for (let left = ASK_TIMES; left > 0; left--) {
    const answer = await agent(libvirt, dom, status, 'guest-exec-status', { pid })
    const { exited, exitcode } = answer.return
    if (exited) return exitcode ?? null
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
  }
  return null
}

/** @throws LibvirtError, or PatchbayError `protocol` for an answer that is not as the schema says */
async function agent<T>(
  libvirt: Libvirt,
  dom: Domain,
  schema: z.ZodType<T>,
  execute: string,
  args: object = {},
): Promise<T> {
  const cmd = JSON.stringify({ execute, arguments: args })
  const { result } = await libvirt.call('domainAgentCommand', {
    ...{ dom, cmd },
    ...{ timeout: AGENT_TIMEOUT_S, flags: 0 },
  })
  return readJson(`the guest agent’s ${execute}`, result ?? 'null', schema)
}
