import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { IpNeighbour } from '../../../electron/system/ip-json'
import { readJsonList } from '../../../electron/system/json-output'
import { addressesAmong, withNeighbours } from '../../../electron/world/neighbours'
import { PatchbayError } from '../../../shared/failure'
import { machine, nic } from '../shared/worlds'

const MAC = '52:54:00:aa:bb:cc'
const entry = (dst: string, state: string, change: Partial<IpNeighbour> = {}): IpNeighbour => ({
  dst,
  dev: 'br0',
  lladdr: MAC,
  state: [state],
  confirmed: 1,
  ...change,
})
const NOW = 1_800_000_000_000
const where = { links: ['br0'], subnets: [{ address: '10.0.0.1', prefix: 24 }], complete: false }
const among = (...known: IpNeighbour[]) => addressesAmong(known, MAC, where, NOW)
const ips = (...known: IpNeighbour[]) => among(...known).map(({ ip }) => ip)

it('takes what answered just now over what once did', () => {
  expect(ips(entry('10.0.0.2', 'STALE'), entry('10.0.0.3', 'REACHABLE'))).toEqual(['10.0.0.3'])
  expect(ips(entry('10.0.0.2', 'STALE'))).toEqual(['10.0.0.2'])
})

it('takes nothing that never answered, is somebody else’s, or was seen elsewhere', () => {
  expect(
    ips(
      entry('10.0.0.2', 'FAILED'),
      entry('10.0.0.3', 'REACHABLE', { lladdr: '52:54:00:00:00:01' }),
      entry('10.0.0.4', 'REACHABLE', { dev: 'virbr0' }),
      entry('192.168.122.7', 'REACHABLE'),
      entry('169.254.3.4', 'REACHABLE'),
      entry('10.0.0.5', 'PERMANENT'),
    ),
  ).toEqual([])
})

it('has the prefix of the host’s own address there, and when it was surely seen', () => {
  const wide = { ...where, subnets: [{ address: '10.0.0.1', prefix: 22 }] }
  const [address] = addressesAmong([entry('10.0.0.2', 'REACHABLE', { confirmed: 3 })], MAC, wide, NOW)
  expect(address).toEqual({ ip: '10.0.0.2', prefix: 22, source: 'arp', seenAt: NOW - 4000 })
  // `confirmed` of one that was only heard to ask is made up by the kernel (net/core/neighbour.c, neigh_alloc).
  expect(among(entry('10.0.0.2', 'STALE', { confirmed: 61 }))[0]).not.toHaveProperty('seenAt')
})

describe('a table that can’t be read', () => {
  const web = machine('web', {
    state: 'running',
    nics: [nic(MAC, { live: { type: 'bridge', bridge: 'br0' }, saved: null })],
  })

  it.each([
    ['cut off', '[{"dst":"10.0.0.3","dev":"br'],
    ['no JSON', 'Cannot find device "br0"\n'],
    ['of another kind', '[{"dst":["10.0.0.3"]}]'],
  ])('because it is %s leaves the machines as they were listed', async (_what, output) => {
    const entry = z.object({ dst: z.string(), dev: z.string(), state: z.array(z.string()) })
    const read = () => Promise.resolve().then(() => readJsonList('ip -j neigh', output, entry))
    expect(await withNeighbours([web], read)).toEqual([web])
  })

  it('for want of ip(8) does so too', async () => {
    const missing = new PatchbayError({ code: 'unsupported', message: 'The program “ip” is not installed' })
    expect(await withNeighbours([web], () => Promise.reject(missing))).toEqual([web])
  })

  it('is not hidden when the reason is a defect', async () => {
    await expect(withNeighbours([web], () => Promise.reject(new TypeError('defect')))).rejects.toThrow(
      'defect',
    )
  })
})
