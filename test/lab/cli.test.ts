import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildPatchbay, createBridgeAnd, document, patchbay, PATCHBAY } from './cli-helpers'
import { hostState, type HostState } from './host-state'
import { startFastLab, type Guest, type Lab } from './index'
import { english } from '../../shared/phrases/english'

let lab: Lab

beforeAll(buildPatchbay)

const onNat = (address: string) => address.startsWith('192.168.122.')
const onLan = (address: string) => address.startsWith('10.77.0.')

describe('on a workstation with NetworkManager', () => {
  let guest: Guest
  let before: HostState

  beforeAll(async () => {
    lab = await startFastLab()
    before = await hostState(lab)
    guest = await lab.addGuest('web01')
    await guest.waitForAddress(onNat)
  })
  afterAll(() => lab.close())

  it('status shows uplink, libvirt and machines', async () => {
    const { doc } = await document(lab, 'status')
    expect(doc).toMatchObject({
      host: { uplink: { nic: 'enp3s0' }, bridge: null, manager: 'networkmanager' },
      libvirt: { state: 'connected' },
      machines: [{ name: 'web01', state: 'running' }],
    })
    expect((await patchbay(lab, 'status')).stdout).toMatch(/^uplink +enp3s0, gateway 10\.77\.0\.1$/m)
  })

  it('machines shows NICs, where they are plugged in, and addresses', async () => {
    const address = await guest.waitForAddress(onNat)
    const { doc } = await document(lab, 'machines')
    expect(doc.machines?.[0]?.nics[0]).toMatchObject({
      mac: guest.mac,
      live: { type: 'network', network: 'default' },
      addresses: [{ ip: address, prefix: 24, source: 'lease' }],
    })
  })

  it('the LAN without a bridge is refused with the way out', async () => {
    const { code, doc } = await document(lab, 'connect', 'web01', 'lan')
    expect(code).toBe(3)
    expect(doc.failure).toMatchObject({
      code: 'refused',
      hint: 'Make one from enp3s0 with: patchbay bridge create',
    })
  })

  it('the plan needs no root and changes nothing', async () => {
    const argv = [...PATCHBAY, 'bridge', 'plan', '--json']
    const { stdout } = await lab.exec(argv, { user: 'nobody' })
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, plan: { nic: 'enp3s0', bridge: 'br0' } })
    expect(await hostState(lab)).toEqual(before)
  })

  it('the bridge is made', async () => {
    const { code, doc, stderr } = await document(lab, 'bridge', 'create')
    expect([code, stderr]).toEqual([0, expect.stringContaining('✓ Check the network')])
    expect(doc.result?.kind).toBe('bridge-created')
    expect((await document(lab, 'status')).doc.host).toMatchObject({ bridge: 'br0' })
  })

  it('a running machine moves to the LAN, and its address there is told', async () => {
    const { doc } = await document(lab, 'connect', 'web01', 'lan')
    const address = doc.result?.address?.ip ?? ''
    expect(doc.result).toMatchObject({ live: true, address: { prefix: 24, source: 'arp' } })
    expect(await guest.waitForAddress(onLan)).toBe(address)
    expect(await lab.lanHost.ping(address)).toBe(true)
    const { machines } = (await document(lab, 'machines')).doc
    expect(machines?.[0]?.nics[0]?.addresses.map(({ ip }) => ip)).toEqual([address])
  })

  it('is there already: said, and nothing is done', async () => {
    const { code, doc } = await document(lab, 'connect', 'web01', 'bridge:br0')
    expect([code, doc.summary]).toEqual([0, expect.stringMatching(/^web01 is already on the LAN \(br0\)\./)])
  })

  it('machines are shown without what an ip(8) says that is cut off in the middle', async () => {
    const { stdout } = await lab.exec(['readlink', '-f', '/usr/sbin/ip'])
    const ip = stdout.trim()
    await lab.exec(['cp', ip, '/run/real-ip'])
    await lab.exec(['sh', '-c', 'cat >/run/cut-ip; chmod 755 /run/cut-ip'], {
      input: '#!/bin/sh\n/run/real-ip "$@" | head -c 40\n',
    })
    await lab.exec(['mount', '--bind', '/run/cut-ip', ip])
    try {
      const { code, doc } = await document(lab, 'machines')
      expect([code, doc.machines?.map(({ name }) => name)]).toEqual([0, ['web01']])
    } finally {
      await lab.exec(['umount', ip])
    }
  })

  it('the bridge is not undone under a running machine', async () => {
    const { code, doc } = await document(lab, 'bridge', 'undo')
    expect([code, doc.failure?.message]).toEqual([3, 'br0 is in use by web01.'])
  })

  it('and back to NAT, with a lease from libvirt', async () => {
    const { doc } = await document(lab, 'connect', 'web01', 'nat')
    expect(doc.result?.address?.ip).toMatch(/^192\.168\.122\./)
    expect(doc.result?.address?.source).toBe('lease')
  })

  it('for the next start only, the running machine stays where it is', async () => {
    const { doc } = await document(lab, 'connect', 'web01', 'lan', '--no-live')
    expect(doc.result?.live).toBe(false)
    const nic = (await document(lab, 'machines')).doc.machines?.[0]?.nics[0]
    expect(nic).toMatchObject({ live: { network: 'default' }, saved: { bridge: 'br0' } })
    await document(lab, 'connect', 'web01', 'nat', '--no-live')
  })

  it('the bridge is undone, and the host is as it was', async () => {
    const { code, doc } = await document(lab, 'bridge', 'undo')
    expect([code, doc.result?.kind]).toEqual([0, 'bridge-undone'])
    expect(await hostState(lab)).toEqual(before)
    expect((await document(lab, 'snapshots')).doc.transactions).toMatchObject([{ state: 'undone' }])
    expect((await patchbay(lab, 'bridge', 'undo')).code).toBe(3)
  })

  it('is interrupted in the middle: rolled back, exit code 4', async () => {
    const code = await createBridgeAnd(lab, '… Make the bridge', async (pid) => {
      await lab.exec(['kill', '-INT', pid])
    })
    expect(code).toBe(4)
    expect(await hostState(lab)).toEqual(before)
  })

  it('is killed in the middle: the helper hears its input end, and goes back', async () => {
    await createBridgeAnd(lab, '… Make the bridge', async (pid) => {
      await lab.exec(['kill', '-KILL', pid])
    })
    const back = () => hostState(lab)
    await expect.poll(back, { timeout: 40_000, interval: 500 }).toEqual(before)
    const transactions = async () => (await document(lab, 'snapshots')).doc.transactions?.[0]?.state
    await expect.poll(transactions, { timeout: 40_000, interval: 500 }).toBe('rolled-back')
  })

  it('loses its gateway in the middle: rolled back, exit code 4', async () => {
    const code = await createBridgeAnd(lab, '… Make the bridge', () => lab.routerSilent())
    await lab.routerAnswers()
    expect(code).toBe(4)
    expect(await hostState(lab)).toEqual(before)
  })

  it('asked for confirmation with nobody there to answer: rolled back, exit code 4', async () => {
    const { code, stderr } = await patchbay(lab, 'bridge', 'create', '--confirm', 'ask')
    expect([code, stderr]).toEqual([4, expect.stringContaining('Keep these settings?')])
    expect(await hostState(lab)).toEqual(before)
  })

  it('is asked on a terminal, and kept', async () => {
    const command = [...PATCHBAY, 'bridge', 'create', '--confirm', 'ask'].join(' ')
    const child = lab.spawn(['script', '-qefc', command, '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore'] })
    const code = new Promise<number | null>((resolve) => child.on('close', resolve))
    let shown = ''
    child.stdout?.on('data', (text: Buffer) => {
      const asked = shown.includes('[y/N]')
      shown += text.toString()
      if (!asked && shown.includes('[y/N]')) child.stdin?.write('y\n')
    })
    expect([await code, shown]).toEqual([0, expect.stringContaining('br0 is ready')])
    expect((await patchbay(lab, 'bridge', 'undo')).code).toBe(0)
    expect(await hostState(lab)).toEqual(before)
  })

  it('networks are started, set to autostart, shown and stopped', async () => {
    const xml = `<network><name>iso</name><ip address='10.99.0.1' netmask='255.255.255.0'/></network>`
    await lab.exec(['virsh', '-c', 'qemu:///system', 'net-define', '/dev/stdin'], { input: xml })
    for (const words of [
      ['start', 'iso'],
      ['autostart', 'iso'],
    ])
      expect((await patchbay(lab, 'network', ...words)).code).toBe(0)
    const { stdout } = await patchbay(lab, 'network', 'show', 'iso')
    expect(stdout).toMatch(/^state +active, autostart$/m)
    expect((await patchbay(lab, 'networks')).stdout).toMatch(/^iso +isolated +active, autostart/m)
    for (const words of [
      ['autostart', 'iso', '--off'],
      ['stop', 'iso'],
    ]) {
      expect((await patchbay(lab, 'network', ...words)).code).toBe(0)
    }
    expect((await patchbay(lab, 'networks')).stdout).toMatch(/^iso +isolated +stopped/m)
    expect((await patchbay(lab, 'network', 'stop', 'default')).code).toBe(3)
  })
})

describe('refused before anything is changed', () => {
  let before: HostState

  beforeEach(async () => {
    lab = await startFastLab()
  })
  afterEach(() => lab.close())

  async function expectRefusal(words: string[], saying: RegExp, expectedCode = 3): Promise<void> {
    before = await hostState(lab)
    const { code, doc } = await document(lab, ...words)
    expect(english(doc.failure?.message ?? '')).toMatch(saying)
    expect(code).toBe(expectedCode)
    expect(await hostState(lab)).toEqual(before)
  }

  it('without an uplink', async () => {
    await lab.exec(['nmcli', 'device', 'disconnect', 'enp3s0'])
    await expectRefusal(['bridge', 'create'], /./)
  })

  it('when the uplink is Wi-Fi', async () => {
    await lab.fakeWifi()
    await expectRefusal(['bridge', 'create'], /Wi-Fi/)
  })

  it('when the uplink is in a bridge already', async () => {
    expect((await patchbay(lab, 'bridge', 'create')).code).toBe(0)
    await expectRefusal(['bridge', 'create', '--name', 'br1'], /bridge/)
  })

  it('when the name is taken by something else', async () => {
    await lab.exec(['ip', 'link', 'add', 'br0', 'type', 'veth', 'peer', 'name', 'other'])
    await expectRefusal(['bridge', 'create'], /br0/)
  })

  it('for a machine, a card or a network that is not there', async () => {
    await lab.addGuest('web01', { start: false })
    await expectRefusal(['connect', 'nope', 'nat'], /nope/)
    await expectRefusal(['connect', 'web01', 'nat', '--nic', '52:54:00:00:00:99'], /52:54:00:00:00:99/)
    await expectRefusal(['connect', 'web01', 'network:nope'], /nope/)
    await expectRefusal(['connect', 'web01', 'bridge:enp3s0'], /not a bridge/)
    await expectRefusal(['connect', 'web01', 'wan'], /wan/, 2)
  })

  it('when several cards could be meant: both are named', async () => {
    const nic = (mac: string) =>
      `<interface type='network'><mac address='${mac}'/><source network='default'/></interface>`
    const macs = ['52:54:00:00:00:01', '52:54:00:00:00:02']
    await lab.addGuest('two', { interfaceXml: macs.map(nic).join(''), start: false })
    const { code, doc } = await document(lab, 'connect', 'two', 'nat')
    expect([code, doc.failure?.hint]).toEqual([2, `Add --nic with one of ${macs.join(', ')}`])
  })
})

describe('without libvirt', () => {
  beforeAll(async () => {
    lab = await startFastLab({ libvirt: false, networkManager: false })
  })
  afterAll(() => lab.close())

  it('status still shows the host, and what is wrong', async () => {
    const { code, doc } = await document(lab, 'status')
    expect(code).toBe(0)
    expect(doc).toMatchObject({
      host: { uplink: { nic: 'enp3s0' } },
      libvirt: { state: 'offline', failure: { code: 'libvirt-unreachable' } },
    })
  })

  it.each([['machines'], ['networks'], ['network start default'], ['connect web01 nat']])(
    '%s fails with the next step',
    async (words) => {
      const { code, doc } = await document(lab, ...words.split(' '))
      expect([code, doc.failure?.code]).toEqual([1, 'libvirt-unreachable'])
      expect(english(doc.failure?.hint ?? '')).toContain('libvirtd')
    },
  )

  it('a host that nobody manages is refused a bridge', async () => {
    expect((await patchbay(lab, 'bridge', 'create')).code).toBe(3)
  })
})
