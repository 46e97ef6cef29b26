import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HostAddition, RecordedAddition } from '../../shared/helper/host-addition'
import { startFastLab, type Lab } from '../lab'
import { startHelper } from '../lab/bridge-driver'
import { buildPatchbay } from '../lab/cli-helpers'

/** Kinds that make rules, a table, a link, settings and files. */
const ADDITIONS: readonly HostAddition[] = [
  { kind: 'accept-services', bridge: 'virbr0' },
  { kind: 'bridge-past-iptables' },
  {
    kind: 'port-forward',
    ...{ protocol: 'tcp', hostPort: 8080, machine: '192.168.122.50', machinePort: 80, bridge: 'virbr0' },
  },
  { kind: 'host-access', link: 'enp3s0', machines: ['10.77.0.60'] },
]

/** Milliseconds after its start at which the helper is killed; it takes about half a second for one addition. */
const MOMENTS = [40, 90, 120, 150, 180, 210, 240, 280, 330, 400]

let lab: Lab
beforeAll(async () => {
  await buildPatchbay()
  lab = await startFastLab({ networkManager: false })
  // What the helper makes once and keeps: the folders of its records and of other people's settings.
  await add({ kind: 'bridge-past-iptables' })
  await removeAll()
})
afterAll(() => lab.close())

const sh = async (script: string): Promise<string> => (await lab.exec(['sh', '-ec', script])).stdout

/** Everything that these additions touch, without what changes by itself (handles, counters, a carrier that comes and goes). */
const everything = (): Promise<string> =>
  sh(`iptables -S; ip6tables -S; nft list tables; ip -br link | cut -d' ' -f1 | cut -d@ -f1 | sort; ip -4 route show table all | sed 's, linkdown,,' | sort
    sysctl net.bridge; find /etc/sysctl.d /etc/udev/rules.d /etc/systemd/system -name '*patchbay*' | sort
    find /var/lib/patchbay/additions -type f`)

async function run(verb: 'add' | 'remove' | 'restore', request: object): Promise<RecordedAddition[]> {
  const helper = startHelper(lab, verb, { version: 1, ...request })
  expect(await helper.ended, JSON.stringify(helper.events)).toBe(0)
  const end = helper.events.at(-1)
  if (end?.event !== 'additions') throw new Error(`the helper ended with ${JSON.stringify(end)}`)
  return [...end.additions]
}

const add = (addition: HostAddition): Promise<RecordedAddition[]> => run('add', { addition })

async function removeAll(): Promise<void> {
  for (const { id } of await run('restore', {})) await run('remove', { addition: id })
}

async function killed(verb: 'add' | 'remove', request: object, after: number): Promise<void> {
  const helper = startHelper(lab, verb, { version: 1, ...request })
  await sleep(after)
  helper.child.kill('SIGKILL')
  await helper.ended
}

describe.each(ADDITIONS)('the helper is killed with SIGKILL at $kind', (addition) => {
  it('while it adds: afterwards it is wholly there, or without a trace', async () => {
    const without = await everything()
    await add(addition)
    const rules = async (): Promise<string> => (await everything()).replace(/\d{8}-\d{6}-[0-9a-f]{4}/g, 'ID')
    const withIt = (await rules()).replace(/\d{8}_\d{6}_[0-9a-f]{4}/g, 'ID')
    await removeAll()
    expect(await everything()).toBe(without)
    const ends = new Set<string>()
    for (const moment of MOMENTS) {
      await killed('add', { addition }, moment)
      const left = await run('restore', {})
      if (left.length === 0) expect(await everything(), `killed after ${moment} ms`).toBe(without)
      else {
        const now = (await rules()).replace(/\d{8}_\d{6}_[0-9a-f]{4}/g, 'ID')
        expect(now, `killed after ${moment} ms`).toBe(withIt)
      }
      ends.add(left.length === 0 ? 'gone' : 'there')
      await removeAll()
    }
    expect(await everything()).toBe(without)
    // The moments reach from before its first step to after its last.
    expect(ends.has('gone')).toBe(true)
  }, 120_000)

  it('while it removes: afterwards it is wholly there, or without a trace', async () => {
    const without = await everything()
    for (const moment of MOMENTS) {
      const [one] = await add(addition)
      if (one === undefined) throw new Error('the helper lists nothing')
      const withIt = await everything()
      await killed('remove', { addition: one.id }, moment)
      const left = await run('restore', {})
      expect(await everything(), `killed after ${moment} ms`).toBe(left.length === 0 ? without : withIt)
      await removeAll()
    }
    expect(await everything()).toBe(without)
  }, 120_000)
})
