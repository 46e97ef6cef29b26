import { describe, expect, it } from 'vitest'
import { additionOf } from '../../../electron/services/change-additions'
import { toFailure, type Failure } from '../../../shared/failure'
import { additionWish, type AdditionWish } from '../../../shared/ipc/additions'
import { network } from '../shared/worlds'

const networks = [
  network('default', {
    bridge: 'virbr0',
    subnets: [{ family: 4, address: '192.168.122.1', prefix: 24, dhcp: null, reservations: [] }],
  }),
]
const forward = (port: string, machinePort: string, machine = '192.168.122.9'): AdditionWish => ({
  ...{ kind: 'port-forward', port, machine, machinePort },
})
const failureOf = (wish: AdditionWish): Failure | null => {
  try {
    additionOf({ networks }, wish)
  } catch (thrown) {
    return toFailure(thrown)
  }
  return null
}

describe('what the window wishes to add', () => {
  it('is a port as it is typed, to the same one unless told', () => {
    const added = { kind: 'port-forward', machine: '192.168.122.9', bridge: 'virbr0' }
    expect(additionOf({ networks }, forward(' 53/udp ', ''))).toEqual({
      ...added,
      ...{ protocol: 'udp', hostPort: 53, machinePort: 53 },
    })
    expect(additionOf({ networks }, forward('8080', ' 80 '))).toEqual({
      ...added,
      ...{ protocol: 'tcp', hostPort: 8080, machinePort: 80 },
    })
  })

  it('is refused with the field that is wrong', () => {
    for (const port of ['', '0', '65536', '80/sctp', '-1', '8e3']) {
      expect(failureOf(forward(port, '80')), port).toMatchObject({ code: 'usage', field: 'port' })
    }
    for (const port of ['0', '65536', 'http', '1.5']) {
      expect(failureOf(forward('80', port)), port).toMatchObject({ code: 'usage', field: 'machinePort' })
    }
    for (const machine of ['', 'web01', '10.77.0.', '10.77.0.256', 'fd00::1']) {
      const wish = { kind: 'host-access', link: 'enp3s0', machine } as const
      expect(failureOf(wish), machine).toMatchObject({ code: 'usage', field: 'machine' })
    }
    expect(failureOf(forward('80', '80', '10.0.0.9'))).toMatchObject({ code: 'refused' })
  })

  it('passes on nothing of another form', () => {
    expect(additionWish.safeParse(forward('80', '80', 'web01')).success).toBe(false)
    expect(additionWish.safeParse({ ...forward('80', '80'), bridge: 'br0' }).success).toBe(false)
    expect(additionWish.safeParse({ kind: 'libvirt-group' }).success).toBe(false)
    const link = '../../etc'
    expect(additionWish.safeParse({ kind: 'host-access', link, machine: '10.0.0.9' }).success).toBe(false)
  })
})
