import { readFile } from 'node:fs/promises'
import { isCode } from '../root-files/folder'

/** proc(5), /proc/net/tcp: the state of a socket that listens; a datagram socket without a peer is in the other. */
const LISTENS = { tcp: '0A', udp: '07' } as const

const LOOPBACK = /^(?:[0-9A-F]{6}7F|0{24}01000000)$/

/** Whether a line of /proc/net/{tcp,udp}{,6} is of a socket that takes what others send to a port. Pure. */
export function listensOn(line: string, protocol: 'tcp' | 'udp', port: number): boolean {
  const [, local = '', , state] = line.trim().split(/\s+/)
  const [address = '', hexPort = ''] = local.split(':')
  return state === LISTENS[protocol] && parseInt(hexPort, 16) === port && !LOOPBACK.test(address)
}

/** Whether a program of this computer already has a port that others can reach. */
export async function isTaken(protocol: 'tcp' | 'udp', port: number): Promise<boolean> {
  for (const file of [protocol, `${protocol}6`]) {
    const lines = (await tableOf(file)).split('\n').slice(1)
    if (lines.some((line) => listensOn(line, protocol, port))) return true
  }
  return false
}

async function tableOf(name: string): Promise<string> {
  try {
    return await readFile(`/proc/net/${name}`, 'utf8')
  } catch (error) {
    // Without IPv6.
    if (isCode(error, 'ENOENT')) return ''
    throw error
  }
}
