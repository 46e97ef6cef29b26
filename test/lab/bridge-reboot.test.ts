import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FullLab, startFullLab } from './index'
import {
  createBridge,
  ending,
  planned,
  startCreating,
  startHelper,
  startUndoing,
  stepSeen,
  transactionsIn,
  until,
} from './bridge-driver'
import { hostState } from './host-state'

/** Takes any wired card, and so would like to have the NIC at every start. */
const greedy = `[connection]
id=Any
uuid=0c9d7e0a-94a1-4f4e-8a52-5fd6a3e0b013
type=ethernet

[ipv4]
method=manual
address1=10.77.0.77/24
`

describe('a workstation with systemd, IPv6 and a rival profile', () => {
  let lab: FullLab
  beforeAll(async () => {
    const rival = '/etc/NetworkManager/system-connections/Any.nmconnection'
    lab = await startFullLab({ ipv6: true })
    await lab.exec(['install', '-m', '600', '/dev/stdin', rival], { input: greedy })
    await lab.exec(['nmcli', 'connection', 'reload'])
    await until('an IPv6 address came from the router', 10_000, async () =>
      (await hostState(lab)).addresses.some((address) => address.includes('fd')),
    )
  })
  afterAll(() => lab.close())

  /** Waits for a state of the network, and shows how it differs when it doesn't come. */
  async function settled(expected: Awaited<ReturnType<typeof network>>): Promise<void> {
    const reached = async (): Promise<boolean> =>
      JSON.stringify(await network(lab)) === JSON.stringify(expected)
    await until('the network', 20_000, reached).catch(async () => {
      expect(await network(lab)).toEqual(expected)
    })
  }

  it('keeps the bridge over a restart of NetworkManager and a reboot, and undo brings everything back', async () => {
    const before = await network(lab)
    const transaction = await createBridge(lab)
    const made = {
      addresses: before.addresses.map((address) => address.replace(lab.nic, 'br0')).sort(),
      routes: before.routes.map((route) => route.replace(lab.nic, 'br0')).sort(),
      files: (await network(lab)).files,
    }
    await settled(made)

    await lab.exec(['systemctl', 'restart', 'NetworkManager'])
    await settled(made)

    await lab.reboot()
    await settled(made)
    const { stdout } = await lab.exec(['cat', `/sys/class/net/br0/address`])
    expect(stdout.trim()).toBe(lab.nicMac)

    expect(await ending(startUndoing(lab, transaction))).toMatchObject({ code: 0 })
    await settled(before)
    await lab.reboot()
    await settled(before)
  })

  it('a power loss in the middle leaves the host as before, and the journal says so', async () => {
    const before = await network(lab)
    const run = startCreating(lab, await planned(lab), { confirm: 'ask' })
    await stepSeen(run, 'confirm', 'running')
    await lab.powerLoss()
    await run.ended
    await lab.boot()

    await settled(before)
    expect(await startHelper(lab, 'rollback', { version: 1 }).ended).toBe(0)
    expect((await transactionsIn(lab))[0]).toMatchObject({ state: 'rolled-back' })
    expect(await network(lab)).toEqual(before)
  })
})

/** What must be the same: addresses, routes, files; systemd's own links and resolver aside. */
async function network(lab: FullLab): Promise<{ addresses: string[]; routes: string[]; files: unknown }> {
  const { addresses, routes, files } = await hostState(lab)
  const own = (line: string): boolean => / ?(enp3s0|br0)( |$)/.test(line)
  return {
    addresses: addresses.filter(own),
    // NetworkManager 1.42 lets the kernel listen to routers for a millisecond now and then; what the kernel hears then
    // stands behind NetworkManager's own routes until it expires.
    routes: routes.filter(
      (line) => own(line) && !/proto (ra scope global metric 1024|kernel scope global metric 256)/.test(line),
    ),
    files,
  }
}
