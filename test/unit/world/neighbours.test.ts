import { expect, it } from 'vitest'
import { addressesAmong, type Neighbour } from '../../../electron/world/neighbours'

const MAC = '52:54:00:aa:bb:cc'
const entry = (dst: string, state: string, change: Partial<Neighbour> = {}): Neighbour => ({
  dst,
  dev: 'br0',
  lladdr: MAC,
  state: [state],
  ...change,
})
const ips = (...known: Neighbour[]) => addressesAmong(known, 'br0', MAC, [24]).map(({ ip }) => ip)

it('takes what answered just now over what once did', () => {
  expect(ips(entry('10.0.0.2', 'STALE'), entry('10.0.0.3', 'REACHABLE'))).toEqual(['10.0.0.3'])
  expect(ips(entry('10.0.0.2', 'STALE'))).toEqual(['10.0.0.2'])
})

it('takes nothing that never answered, is somebody else’s, or is behind another link', () => {
  expect(
    ips(
      entry('10.0.0.2', 'FAILED'),
      entry('10.0.0.3', 'REACHABLE', { lladdr: '52:54:00:00:00:01' }),
      entry('10.0.0.4', 'REACHABLE', { dev: 'virbr0' }),
    ),
  ).toEqual([])
})

it('has the prefix of the host’s own address there', () => {
  expect(addressesAmong([entry('10.0.0.2', 'REACHABLE')], 'br0', MAC, [22])[0]?.prefix).toBe(22)
})
