import { describe, expect, it } from 'vitest'
import { listensOn } from '../../../electron/helper/additions/listening'

/** As printed in /proc/net: `sl local_address rem_address st …`. */
const line = (local: string, state: string): string =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000`

describe('a port that a program listens on', () => {
  it.each([
    ['00000000:0016', '0A', 'tcp', 22],
    ['0A004D0A:1F90', '0A', 'tcp', 8080],
    ['00000000000000000000000000000000:0016', '0A', 'tcp', 22],
    ['00000000:0035', '07', 'udp', 53],
  ] as const)('%s %s is taken', (local, state, protocol, port) => {
    expect(listensOn(line(local, state), protocol, port)).toBe(true)
  })

  it.each([
    ['another port', '00000000:0016', '0A', 'tcp', 23],
    ['a connection', '0A004D0A:0016', '01', 'tcp', 22],
    ['this computer alone', '0100007F:0016', '0A', 'tcp', 22],
    ['this computer alone, all of 127/8', '3500007F:0035', '0A', 'tcp', 53],
    ['this computer alone by IPv6', '00000000000000000000000001000000:0016', '0A', 'tcp', 22],
    ['a connected datagram socket', '0A004D0A:0035', '01', 'udp', 53],
  ] as const)('%s leaves it free', (_what, local, state, protocol, port) => {
    expect(listensOn(line(local, state), protocol, port)).toBe(false)
  })
})
