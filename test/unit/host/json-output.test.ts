import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readJson, readJsonList } from '../../../electron/system/json-output'
import { toFailure } from '../../../shared/failure'

const entry = z.object({ dst: z.string(), dev: z.string() })
const read = (output: string) => readJsonList('ip -j neigh', output, entry)

function failureOf(work: () => unknown) {
  try {
    work()
  } catch (thrown) {
    return toFailure(thrown)
  }
  return null
}

/** Printed by iproute2 6.1.0. */
const TWO =
  '[{"dst":"10.0.0.3","dev":"v0","lladdr":"02:00:00:00:00:01","used":1,"confirmed":61,"updated":1,"probes":0,"state":["STALE"]},' +
  '{"dst":"10.0.0.9","dev":"v0","refcnt":1,"used":1,"confirmed":61,"updated":1,"probes":4,"state":["INCOMPLETE"]}]\n'
/** `ip -j addr show up` on a host with two links that are down. */
const LEFT_OUT = '[{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP","LOWER_UP"],"addr_info":[]},{},{}]\n'

describe('what a command prints', () => {
  it('is read, whatever it tells besides', () => {
    expect(read(TWO)).toEqual([
      { dst: '10.0.0.3', dev: 'v0' },
      { dst: '10.0.0.9', dev: 'v0' },
    ])
  })

  it.each(['', '\n', '[]', '[]\n', '[{},{}]\n'])('is an empty list: %j', (output) => {
    expect(read(output)).toEqual([])
  })

  it('may have empty entries among others', () => {
    expect(readJsonList('ip -j addr', LEFT_OUT, z.object({ ifname: z.string() }))).toEqual([{ ifname: 'lo' }])
  })

  it.each([
    ['cut off', TWO.slice(0, 150)],
    ['a complaint', 'Cannot find device "nosuch"\n'],
    ['a complaint before it', `Dump was interrupted and may be inconsistent.\n${TWO}`],
    ['text that JSON does not have', '[{"dst":NaN}]'],
    ['bytes', '\u0000\u0001[]'],
    ['no list', '{"dst":"10.0.0.3","dev":"v0"}'],
    ['null', 'null'],
    ['entries of another kind', '[{"dst":10,"dev":"v0"}]'],
    ['entries that are no objects', '["10.0.0.3"]'],
  ])('is refused, with how it begins, when it is %s', (_what, output) => {
    const failure = failureOf(() => read(output))
    expect(failure).toMatchObject({
      code: 'protocol',
      message: '“ip -j neigh” printed something unexpected.',
    })
    expect(failure?.detail).toContain(output.slice(0, 20))
  })

  it('is refused as one value as well', () => {
    const read = (output: string) =>
      readJson('nft -j list', output, z.object({ nftables: z.array(z.unknown()) }))
    expect(read('{"nftables":[]}')).toEqual({ nftables: [] })
    for (const output of ['', '{"nftables":', 'Error: syntax error']) {
      expect(failureOf(() => read(output))?.code).toBe('protocol')
    }
  })
})
