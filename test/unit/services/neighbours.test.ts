import { describe, expect, it } from 'vitest'
import { addressesAround, reachableAt } from '../../../electron/services/neighbours'

const MAC = '52:54:00:aa:bb:cc'

describe('a neighbour', () => {
  it.each([
    [`10.77.0.133 dev br0 lladdr ${MAC} REACHABLE`, '10.77.0.133'],
    [`10.77.0.133 lladdr ${MAC} REACHABLE `, '10.77.0.133'],
    [`10.77.0.133 dev br0 lladdr ${MAC} STALE`, null],
    ['10.77.0.133 dev br0 lladdr 52:54:00:00:00:01 REACHABLE', null],
    ['10.77.0.133 dev br0  FAILED', null],
    ['', null],
  ])('%s', (line, ip) => {
    expect(reachableAt(line, MAC)).toBe(ip)
  })
})

describe('the addresses asked', () => {
  it('are the others of the subnet, without network and broadcast address', () => {
    expect(addressesAround({ ip: '10.0.0.2', prefix: 29 })).toEqual([
      '10.0.0.1',
      '10.0.0.3',
      '10.0.0.4',
      '10.0.0.5',
      '10.0.0.6',
    ])
  })

  it('are no more than a /24 in a large subnet, around the own address', () => {
    const addresses = addressesAround({ ip: '172.16.200.7', prefix: 12 })
    expect(addresses).toHaveLength(253)
    expect(addresses[0]).toBe('172.16.200.1')
    expect(addresses.at(-1)).toBe('172.16.200.254')
  })

  it.each([31, 32])('are none in a /%i', (prefix) => {
    expect(addressesAround({ ip: '10.0.0.2', prefix })).toEqual([])
  })
})
