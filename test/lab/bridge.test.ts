import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Lab, startFastLab } from './index'
import {
  createBridge,
  ending,
  planIn,
  planned,
  startCreating,
  startUndoing,
  stepSeen,
  transactionsIn,
  until,
} from './bridge-driver'
import { hostState } from './host-state'

describe('a bridge from a NIC with an address by DHCP', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startFastLab({ libvirt: false })
  })
  afterAll(() => lab.close())

  it('is made with the NIC’s MAC, lease, routes and DNS, and undone to what was before, byte for byte', async () => {
    const before = await hostState(lab)
    const run = startCreating(lab, await planned(lab))
    const { code, event } = await ending(run)
    expect({ code, event }).toMatchObject({ code: 0, event: { event: 'committed' } })

    const during = await hostState(lab)
    const moved = (lines: readonly string[]): string[] =>
      lines.map((line) => line.replaceAll(lab.nic, 'br0')).sort()
    expect(during.addresses).toEqual(moved(before.addresses))
    expect(during.routes).toEqual(moved(before.routes))
    expect(during.resolver).toBe(before.resolver)
    expect(during.links).toContain(`br0  ${lab.nicMac} 1500`)
    expect(during.links).toContain(`${lab.nic} br0 ${lab.nicMac} 1500`)
    const [transaction] = await transactionsIn(lab)
    expect(transaction).toMatchObject({ state: 'committed', intent: { nic: lab.nic, bridge: 'br0' } })
    // The user's own files are untouched; exactly the two that are recorded have come.
    expect(during.files).toMatchObject(before.files)
    expect(Object.keys(during.files)).toHaveLength(Object.keys(before.files).length + 2)
    for (const file of transaction?.added ?? []) expect(Object.keys(during.files)).toContain(file)

    const undo = await ending(startUndoing(lab, transaction?.id ?? ''))
    expect(undo).toMatchObject({ code: 0, event: { event: 'committed' } })
    expect(await hostState(lab)).toEqual(before)
    expect(await transactionsIn(lab)).toMatchObject([{ state: 'undone' }])

    const again = await ending(startUndoing(lab, transaction?.id ?? ''))
    expect(again).toMatchObject({ code: 3, event: { failure: { code: 'refused' } } })
  })

  it('loses no more than half of what plain nmcli loses', async () => {
    const [address = ''] = /[\d.]{7,}/.exec((await hostState(lab)).addresses.join()) ?? []
    const plan = await planned(lab)
    const ping = lab.lanHost.exec(['ping', '-n', '-i', '0.01', '-c', '400', '-w', '8', address], {
      check: false,
    })
    const run = startCreating(lab, plan)
    const [{ stdout }, { code, event }] = await Promise.all([ping, ending(run)])
    expect({ code, event }).toMatchObject({ code: 0 })
    const lost = 400 - [...stdout.matchAll(/icmp_seq=/g)].length
    expect(lost).toBeLessThanOrEqual(3)
    const [transaction] = await transactionsIn(lab)
    await ending(startUndoing(lab, transaction?.id ?? ''))
  })

  it('is refused when the host is no longer the one that was planned for', async () => {
    const plan = await planned(lab)
    await lab.exec(['nmcli', 'connection', 'modify', 'Wired', 'ipv4.dns-search', 'changed.test'])
    const before = await hostState(lab)
    const { code, event } = await ending(startCreating(lab, plan))
    expect({ code, event }).toMatchObject({ code: 3, event: { failure: { code: 'host-changed' } } })
    expect(await hostState(lab)).toEqual(before)
  })

  it('is refused when the name is taken, and the free name is told', async () => {
    await lab.exec(['ip', 'link', 'add', 'br0', 'type', 'veth', 'peer', 'name', 'veth9'])
    const outcome = await planIn(lab)
    await lab.exec(['ip', 'link', 'delete', 'br0'])
    expect(outcome).toMatchObject({ kind: 'refused', failure: { code: 'refused' } })
    expect(JSON.stringify(outcome)).toContain('--name br1')
  })

  it('is refused for what looks like Wi-Fi, and when there is no uplink', async () => {
    const other = await startFastLab({ libvirt: false })
    try {
      await other.fakeWifi()
      expect(JSON.stringify(await planIn(other))).toContain('Wi-Fi')
      await other.exec(['nmcli', 'device', 'disconnect', other.nic])
      expect(JSON.stringify(await planIn(other))).toContain('no uplink')
    } finally {
      await other.close()
    }
  })
})

describe('the user decides', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startFastLab({ libvirt: false })
  })
  afterAll(() => lab.close())
  afterEach(async () => {
    const [latest] = await transactionsIn(lab)
    if (latest?.state === 'committed') await ending(startUndoing(lab, latest.id))
  })

  it('“keep” commits', async () => {
    const run = startCreating(lab, await planned(lab), { confirm: 'ask' })
    await run.seen('confirm-needed', ({ event }) => event === 'confirm-needed')
    run.say({ control: 'keep' })
    expect(await ending(run)).toMatchObject({ code: 0, event: { event: 'committed' } })
  })

  it('“revert” rolls back', async () => {
    const before = await hostState(lab)
    const run = startCreating(lab, await planned(lab), { confirm: 'ask' })
    await run.seen('confirm-needed', ({ event }) => event === 'confirm-needed')
    run.say({ control: 'revert' })
    expect(await ending(run)).toMatchObject({ code: 4, event: { event: 'rolled-back' } })
    expect(await hostState(lab)).toEqual(before)
  })

  it('silence rolls back before the armed time is over', async () => {
    const before = await hostState(lab)
    const run = startCreating(lab, await planned(lab), { confirm: 'ask', timeoutSeconds: 10 })
    expect(await ending(run)).toMatchObject({ code: 4, event: { event: 'rolled-back' } })
    expect(await hostState(lab)).toEqual(before)
  })

  it('the app that goes away in the middle takes the change with it', async () => {
    const before = await hostState(lab)
    const run = startCreating(lab, await planned(lab))
    await stepSeen(run, 'apply', 'running')
    run.child.stdout?.destroy()
    run.closeInput()
    expect(await run.ended).toBe(4)
    expect(await hostState(lab)).toEqual(before)
    expect((await transactionsIn(lab))[0]).toMatchObject({ state: 'rolled-back' })
  })

  it('a second change at the same time is refused', async () => {
    const plan = await planned(lab)
    const first = startCreating(lab, plan, { confirm: 'ask' })
    await first.seen('confirm-needed', ({ event }) => event === 'confirm-needed')
    const second = await ending(startCreating(lab, plan))
    expect(second).toMatchObject({ code: 3, event: { failure: { code: 'busy' } } })
    first.say({ control: 'keep' })
    expect(await ending(first)).toMatchObject({ code: 0 })
  })

  it('undo brings back the old profile even when it was deleted meanwhile', async () => {
    const file = '/etc/NetworkManager/system-connections/Wired.nmconnection'
    const look = async (): Promise<string> =>
      (await lab.exec(['sh', '-c', `stat -c '%a %u %g' ${file}; cat ${file}`])).stdout
    const before = { file: await look(), addresses: (await hostState(lab)).addresses }
    const transaction = await createBridge(lab)
    await lab.exec(['nmcli', 'connection', 'delete', 'Wired'])
    expect(await ending(startUndoing(lab, transaction))).toMatchObject({ code: 0 })
    expect({ file: await look(), addresses: (await hostState(lab)).addresses }).toEqual(before)
  })

  it('undo is refused while a machine is plugged into the bridge', async () => {
    const transaction = await createBridge(lab)
    await lab.exec(['ip', 'tuntap', 'add', 'vnet7', 'mode', 'tap'])
    await lab.exec(['ip', 'link', 'set', 'vnet7', 'master', 'br0'])
    const refusal = await ending(startUndoing(lab, transaction))
    await lab.exec(['ip', 'link', 'delete', 'vnet7'])
    expect(refusal).toMatchObject({ code: 3, event: { failure: { code: 'refused' } } })
    expect(JSON.stringify(refusal.event)).toContain('vnet7')
  })
})

const staticProfile = `[connection]
id=Desk
uuid=0c9d7e0a-94a1-4f4e-8a52-5fd6a3e0b001
type=ethernet
interface-name=enp3s0
zone=home
autoconnect-priority=5

[ethernet]
mtu=1400

[ipv4]
method=manual
address1=10.77.0.50/24,10.77.0.1
address2=10.99.0.5/16
route1=10.88.0.0/16,10.77.0.9,50
dns=10.77.0.1;
dns-search=desk.test;

[ipv6]
method=manual
address1=fd77::50/64
route1=fd88::/48,fd77::9
`

/** Both would like the NIC: one by name, one because it takes any. */
const rivals = {
  'Rival.nmconnection': `[connection]
id=Rival
uuid=0c9d7e0a-94a1-4f4e-8a52-5fd6a3e0b002
type=ethernet
interface-name=enp3s0
autoconnect-priority=900

[ipv4]
method=manual
address1=10.77.0.77/24
`,
  'Any.nmconnection': `[connection]
id=Any
uuid=0c9d7e0a-94a1-4f4e-8a52-5fd6a3e0b003
type=ethernet

[ipv4]
method=auto
`,
}

describe('a bridge from a NIC with fixed addresses, among rivals', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startFastLab({ libvirt: false, profile: staticProfile })
    for (const [name, text] of Object.entries(rivals)) {
      const path = `/etc/NetworkManager/system-connections/${name}`
      await lab.exec(['install', '-m', '600', '/dev/stdin', path], { input: text })
    }
    await lab.exec(['nmcli', 'connection', 'reload'])
    await lab.exec(['nmcli', 'connection', 'up', 'Desk'])
  })
  afterAll(() => lab.close())

  it('takes along every address, route, name server, search domain, zone and the MTU, and gives them back', async () => {
    const before = await hostState(lab)
    const id = await createBridge(lab)
    const during = await hostState(lab)
    const moved = (lines: readonly string[]): string[] =>
      lines.map((line) => line.replaceAll(lab.nic, 'br0')).sort()
    expect(during.addresses).toEqual(moved(before.addresses))
    expect(during.addresses).toHaveLength(3)
    expect(during.routes).toEqual(moved(before.routes))
    expect(during.resolver).toBe(before.resolver)
    expect(during.links).toContain(`br0  ${lab.nicMac} 1400`)
    const { stdout } = await lab.exec([
      'nmcli',
      '-g',
      'connection.zone',
      'connection',
      'show',
      'patchbay-br0',
    ])
    expect(stdout.trim()).toBe('home')

    await stays(lab)
    expect(await ending(startUndoing(lab, id))).toMatchObject({ code: 0 })
    expect(await hostState(lab)).toEqual(before)
  })

  /** The bridge outlives a reload of the profiles and a pulled cable. */
  async function stays(of: Lab): Promise<void> {
    const during = await hostState(of)
    await of.exec(['nmcli', 'connection', 'reload'])
    await of.cutCable()
    await until('the carrier is lost', 20_000, async () => (await carrier(of)) === '0')
    await of.plugCable()
    await until('the carrier is back', 20_000, async () => (await carrier(of)) === '1')
    await until(
      'the bridge is as before',
      40_000,
      async () => JSON.stringify(await hostState(of)) === JSON.stringify(during),
    )
    expect(await of.lanHost.ping('10.77.0.50')).toBe(true)
  }

  async function carrier(of: Lab): Promise<string> {
    return (await of.exec(['cat', `/sys/class/net/${of.nic}/carrier`])).stdout.trim()
  }
})
