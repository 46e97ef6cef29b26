import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildPatchbay, patchbay } from './cli-helpers'
import { examine, scriptIn, throughAll } from './doctor-driver'
import { startFastLab, type Lab } from './index'

vi.setConfig({ testTimeout: 120_000 })

let lab: Lab
let sh: (script: string) => Promise<string>

beforeAll(async () => {
  await buildPatchbay()
  lab = await startFastLab({ networkManager: false })
  sh = scriptIn(lab)
})
afterAll(() => lab.close())

/** As a VPN or a second card would have it. */
const office = 'ip link add office type bridge; ip link set office up; ip route add 192.168.0.0/16 dev office'

const networks = (): Promise<string> => sh('virsh -q net-list --all; virsh net-dumpxml default --inactive')

describe('the doctor', () => {
  it('finds no trouble on a workstation that is as it should be', async () => {
    const { troubles, checks, made } = await examine(lab)
    const unknown = checks.filter(({ verdict }) => verdict.state === 'unknown').map(({ check }) => check)
    expect([troubles, made, unknown]).toEqual([0, [], []])
  })

  it('starts the network default, and has it start with the host', () =>
    throughAll(lab, {
      ...{ check: 'default-network', subject: 'default', state: networks },
      make: () => sh('virsh -q net-destroy default; virsh -q net-autostart default --disable'),
      works: async () => (await sh('virsh -q net-info default')).includes('Active:         yes'),
      cure: () => sh('virsh -q net-start default; virsh -q net-autostart default'),
    }))

  it('deletes a virtual bridge that was left behind', () =>
    throughAll(lab, {
      ...{ check: 'stale-virbr', subject: 'virbr7' },
      state: () =>
        sh(
          "ip -o -4 addr show dev virbr7 | sed 's/ *[0-9]*: //'; ip -o link show dev virbr7 | grep -o 'mtu [0-9]*'; ip -o link show dev virbr7 | grep -o 'link/.*'",
        ),
      make: () =>
        sh(`ip link add virbr7 type bridge stp_state 0 forward_delay 0
          ip address add 192.168.177.1/24 brd + dev virbr7; ip link set virbr7 up`),
      cure: () => sh('ip link delete virbr7'),
    }))

  it('takes spanning tree off a bridge with a card', async () => {
    await sh(
      'ip link add card type veth peer name other; ip link add lan0 type bridge; ip link set card master lan0',
    )
    await sh('ip link set card up; ip link set other up; ip link set lan0 up')
    const setting = (): Promise<string> =>
      sh('grep . /sys/class/net/lan0/bridge/stp_state /sys/class/net/lan0/bridge/forward_delay')
    const before = await setting()
    await throughAll(lab, {
      ...{ check: 'bridge-stp', subject: 'lan0', state: setting },
      make: () => sh('ip link set lan0 type bridge stp_state 1'),
      works: async () => {
        const port = await sh(
          'ip link set card nomaster; ip link set card master lan0; cat /sys/class/net/card/brport/state',
        )
        return port.trim() === '3'
      },
      cure: () => sh('ip link set lan0 type bridge stp_state 0'),
    })
    expect(await setting()).toBe(before)
    await sh('ip link delete card; ip link delete lan0')
  })

  it('gives a network that overlaps with a route another subnet', async () => {
    await throughAll(lab, {
      ...{ check: 'overlapping-subnets', subject: 'default', state: networks },
      make: () => sh(office),
      cure: () => sh('ip link delete office'),
    })
    expect(await sh('ip -4 -br address show dev virbr0')).toContain('192.168.122.1/24')
  })

  it('leaves a network alone that somebody has changed since', async () => {
    await sh(office)
    expect((await patchbay(lab, 'doctor', '--fix', 'overlapping-subnets')).code).toBe(0)
    await sh(
      'virsh net-dumpxml default --inactive | sed "s/254/250/" > /tmp/new.xml; virsh -q net-define /tmp/new.xml',
    )
    const changed = await networks()
    const { code, stderr } = await patchbay(lab, 'doctor', '--undo', 'overlapping-subnets')
    expect([code, stderr]).toEqual([3, expect.stringContaining('was changed again since')])
    expect(await networks()).toBe(changed)
  })
})
