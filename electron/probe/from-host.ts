import { execFile } from 'node:child_process'
import { connect } from 'node:net'
import type { Sent } from '../../shared/reach/probe'
import { findBinary } from '../system/command'
import { readNeighbours } from '../system/ip-json'
import { arpOutcome, type ArpOutcome } from './neighbour'

/** Ports that somebody often listens at; a refusal is an answer as well. */
const PORTS = [22, 80]
const TRIES = 2
const WAIT_MS = 2000

/** How the host sends without root: replaceable in tests. */
export interface HostTools {
  ping: (ip: string) => Promise<boolean | null>
  tcp: (ip: string, port: number) => Promise<boolean>
  arp: (ip: string, seconds: number) => Promise<ArpOutcome>
  now: () => number
}

/**
 * Sends to an address from the host: ping, and TCP to usual ports, at the same time; both have the kernel ask by ARP where it
 * does not know the MAC yet, and afterwards its neighbour table tells whether somebody answered that.
 */
export async function sendFromHost(ip: string, tools: HostTools = kernel): Promise<Sent[]> {
  const start = tools.now()
  const [pinged, ...connected] = await Promise.all([
    tools.ping(ip),
    ...PORTS.map((port) => tools.tcp(ip, port)),
  ])
  // The kernel counts whole seconds.
  const asked = await tools.arp(ip, Math.ceil((tools.now() - start) / 1000) + 1)
  const sent = (by: Sent['by'], to: string, answeredBy: string | null): Sent => ({
    by,
    from: 'host',
    to,
    answeredBy,
  })
  return [
    ...(asked === 'not-asked' ? [] : [sent('arp', ip, asked === 'silence' ? null : asked.mac)]),
    ...(pinged === null ? [] : [sent('ping', ip, pinged ? ip : null)]),
    ...PORTS.map((port, index) => sent('tcp', `${ip}:${port}`, connected[index] === true ? ip : null)),
  ]
}

const kernel: HostTools = { ping, tcp: answersTcp, arp, now: Date.now }

/** Null where there is no ping, or it may not be used. Exit code 1 is silence, 2 anything else (ping(8)). */
export function ping(ip: string): Promise<boolean | null> {
  const binary = findBinary('ping')
  if (binary === null) return Promise.resolve(null)
  return new Promise((resolve) => {
    const args = ['-n', '-q', '-c', String(TRIES), '-i', '0.5', '-W', '1', ip]
    execFile(binary, args, { timeout: 2 * WAIT_MS }, (error) =>
      resolve(error === null ? true : error.code === 1 || error.killed === true ? false : null),
    )
  })
}

async function arp(ip: string, seconds: number): Promise<ArpOutcome> {
  return arpOutcome(await readNeighbours(), ip, seconds)
}

/** Open and refused are both answers. */
function answersTcp(ip: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: ip, port })
    const end = (answered: boolean): void => {
      socket.destroy()
      resolve(answered)
    }
    socket.setTimeout(WAIT_MS, () => end(false))
    socket.on('connect', () => end(true))
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED'))
  })
}
