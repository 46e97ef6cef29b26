import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPatchbay, document, patchbay } from './cli-helpers'
import { startFastLab, type Guest, type Lab } from './index'

let lab: Lab

beforeAll(async () => {
  await buildPatchbay()
  lab = await startFastLab({ networkManager: false })
  await lab.exec(['ip', '-batch', '-'], { input: 'link add br9 type bridge\nlink set br9 up\n' })
})
afterAll(() => lab.close())

/** Runs a `network` command, and answers with its exit code and its failure's code and field, or its summary. */
async function network(...words: string[]): Promise<unknown[]> {
  const { code, doc } = await document(lab, 'network', ...words)
  return doc.ok ? [code, doc.summary] : [code, doc.failure?.code, doc.failure?.field]
}

const virsh = async (...words: string[]): Promise<string> =>
  (await lab.exec(['virsh', '-q', '-c', 'qemu:///system', ...words])).stdout

const shown = async (name: string): Promise<Record<string, unknown>> => {
  const { stdout } = await patchbay(lab, 'network', 'show', name, '--json')
  return (JSON.parse(stdout) as { network: Record<string, unknown> }).network
}

describe('each kind of network', () => {
  const ADDRESSED = { subnets: [{ family: 4, prefix: 24 }] }
  it.each<[string, string[], object]>([
    [
      'nat',
      ['--ipv6', 'fd99::/64', '--domain', 'lab.test', '--mtu', '1400'],
      { domain: 'lab.test', mtu: 1400 },
    ],
    ['isolated', ['--no-dns', '--dhcp', 'off'], ADDRESSED],
    ['very-isolated', ['--isolated-ports'], { subnets: [], isolatedPorts: true }],
    ['routed', ['--subnet', '10.61.0.0/24', '--link', 'enp3s0'], ADDRESSED],
    [
      'open',
      ['--subnet', '10.62.0.1/24', '--bridge', 'open0', '--autostart'],
      { bridge: 'open0', autostart: true },
    ],
    ['bridge', ['--bridge', 'br9'], { bridge: 'br9' }],
    ['macvtap', ['--mode', 'private'], { links: ['enp3s0'], mode: 'private' }],
  ])('%s is made, runs, and is deleted', async (kind, options, expected) => {
    const name = `the-${kind}`
    const [code, summary] = await network('create', name, '--kind', kind, ...options)
    expect([code, summary]).toEqual([0, expect.stringContaining(`${name} is created and started`)])
    const word = kind === 'bridge' ? 'bridged' : kind
    const runs = { kind: word, active: true, persistent: true, pending: [] }
    expect(await shown(name)).toMatchObject({ ...runs, ...expected })
    expect(await network('delete', name)).toEqual([0, `The network ${name} is deleted.`])
    expect(await virsh('net-list', '--all', '--name')).not.toContain(name)
  })

  it('that overlaps or makes no sense is refused, and leaves nothing', async () => {
    const taken = ['create', 'bad', '--kind', 'nat', '--subnet']
    expect(await network(...taken, '192.168.122.0/25')).toEqual([3, 'refused', 'subnet'])
    expect(await network(...taken, '10.77.0.128/25')).toEqual([3, 'refused', 'subnet'])
    expect(await network(...taken, '10.0.0.0')).toEqual([2, 'usage', 'subnet'])
    expect(await virsh('net-list', '--all', '--name')).not.toContain('bad')
  })
})

describe('a network with several subnets', () => {
  const define = (name: string, ips: string): Promise<unknown> =>
    lab.exec(['virsh', 'net-define', '/dev/stdin'], {
      input: `<network><name>${name}</name><forward mode='nat'><nat ipv6='yes'/></forward><bridge name='${name}0'/>${ips}</network>`,
    })
  const saved = (name: string): Promise<string> => virsh('net-dumpxml', name, '--inactive')
  const V4 = `<ip address='10.67.0.1' prefix='24'/>`
  const V6 = (address: string, inside = ''): string =>
    `<ip family='ipv6' address='${address}' prefix='64'>${inside}</ip>`

  it('loses every IPv6 subnet when IPv6 is switched off, or none of them', async () => {
    await define('two', V4 + V6('fd01::1') + V6('fd02::1'))
    expect(await network('change', 'two', '--ipv6', 'fd77::/64')).toEqual([3, 'refused', 'ipv6'])
    expect(await saved('two')).toContain("<nat ipv6='yes'")
    expect(await network('change', 'two', '--ipv6', 'off')).toEqual([
      0,
      expect.stringContaining('IPv6 off: fd01::1/64, fd02::1/64'),
    ])
    expect(await saved('two')).not.toMatch(/ipv6|fd0/)
    await virsh('net-undefine', 'two')
  })

  it('moves DHCP for IPv6 along, and leaves no static lease behind', async () => {
    const dhcp = `<dhcp><range start='fd01::100' end='fd01::1ff'/><host id='0:1:2:3' name='db' ip='fd01::50'/></dhcp>`
    await define('dual', V4 + V6('fd01::1', dhcp))
    for (const ipv6 of ['off', 'fd77::/64']) {
      expect(await network('change', 'dual', '--ipv6', ipv6)).toEqual([3, 'refused', 'ipv6'])
    }
    expect((await network('lease', 'remove', 'dual', 'fd01::50'))[0]).toBe(0)
    expect((await network('change', 'dual', '--ipv6', 'fd77::/64'))[0]).toBe(0)
    expect(await saved('dual')).toContain("<range start='fd77::100' end='fd77::1ff'/>")
    await virsh('net-undefine', 'dual')
  })
})

describe('a network with port groups', () => {
  let guest: Guest
  const place = async (...flags: string[]): Promise<string | undefined> =>
    /<source network=[^>]*>/.exec(await virsh('dumpxml', guest.name, ...flags))?.[0]
  const isAtStaff = expect.stringContaining("network='floor' portgroup='staff'") as string
  beforeAll(async () => {
    const xml = `<network><name>floor</name><bridge name='virbr9' stp='off' delay='0'/>
      <portgroup name='staff'/><portgroup name='guests' default='yes'/></network>`
    await lab.exec(['virsh', 'net-define', '/dev/stdin'], { input: xml })
    await virsh('net-start', 'floor')
    guest = await lab.addGuest('clerk', {
      interfaceXml: `<interface type='network'><mac address='52:54:00:77:00:01'/><model type='virtio'/>
        <source network='floor' portgroup='staff'/></interface>`,
    })
    await guest.ready(90_000)
  })

  it('tells which one a machine is in, and which ones there are', async () => {
    const { stdout } = await patchbay(lab, 'machines')
    expect(stdout).toMatch(/clerk.*network:floor:staff/)
    expect(await shown('floor')).toMatchObject({
      portGroups: [
        { name: 'staff', isDefault: false },
        { name: 'guests', isDefault: true },
      ],
    })
  })

  it('has a running machine back in the same one', async () => {
    expect((await document(lab, 'connect', 'clerk', 'nat')).code).toBe(0)
    expect(await place()).toContain("network='default'")
    const { code, doc } = await document(lab, 'connect', 'clerk', '--undo')
    expect([code, doc.summary]).toEqual([0, expect.stringContaining('the network floor (staff)')])
    expect([await place(), await place('--inactive')]).toEqual([isAtStaff, isAtStaff])
  })

  it('takes a running machine from one to another, and to none', async () => {
    expect((await document(lab, 'connect', 'clerk', 'network:floor:guests')).code).toBe(0)
    expect(await place()).toContain("portgroup='guests'")
    expect((await document(lab, 'connect', 'clerk', 'network:floor')).code).toBe(0)
    expect([await place(), await place('--inactive')]).toEqual([
      expect.not.stringContaining('portgroup'),
      expect.not.stringContaining('portgroup'),
    ])
    const { code, doc } = await document(lab, 'connect', 'clerk', 'network:floor:nobody')
    expect([code, doc.failure?.code]).toEqual([3, 'not-found'])
    await guest.stop()
  })
})

describe('a network with a machine on it', () => {
  let guest: Guest
  beforeAll(async () => {
    await network('create', 'lab', '--kind', 'nat', '--subnet', '10.63.0.0/24', '--domain', 'lab.test')
    guest = await lab.addGuest('web01', { network: 'lab', start: false })
  })

  it('keeps an address for it, and the machine gets that', async () => {
    expect(await network('lease', 'add', 'lab', '10.63.0.77', '--mac', guest.mac)).toEqual([
      0,
      `The network lab is changed, in force now: static lease 10.63.0.77 for ${guest.mac}.`,
    ])
    expect(await network('lease', 'add', 'lab', '10.63.0.77', '--name', 'other')).toEqual([
      3,
      'refused',
      'ip',
    ])
    for (const flags of [[], ['--inactive']])
      expect(await virsh('net-dumpxml', 'lab', ...flags)).toContain(`ip='10.63.0.77'`)
    await guest.start()
    expect(await guest.waitForAddress(() => true, 90_000)).toBe('10.63.0.77')
  })

  it('answers a name that was added while it runs, and no more when it was removed', async () => {
    expect((await network('host', 'add', 'lab', '10.63.0.88', 'db,sql'))[0]).toBe(0)
    const ask = async (name: string): Promise<string> => {
      const script = `const { Resolver } = require('node:dns').promises
        const dns = new Resolver({ timeout: 2000, tries: 1 })
        dns.setServers(['10.63.0.1'])
        dns.resolve4('${name}').then(console.log, ({ code }) => console.log(code))`
      return (await lab.exec([process.execPath, '-e', script])).stdout.trim()
    }
    expect(await ask('db')).toBe(`[ '10.63.0.88' ]`)
    expect((await network('host', 'remove', 'lab', 'db'))[0]).toBe(0)
    // What libvirt's DNS does not know, it asks the LAN's.
    expect(await ask('db')).not.toContain('10.63.0.88')
    expect(await ask('sql')).toBe(`[ '10.63.0.88' ]`)
  })

  it('moves its DHCP range while it runs', async () => {
    const [code] = await network('change', 'lab', '--dhcp', '10.63.0.100-10.63.0.199')
    expect(code).toBe(0)
    const dhcp = { start: '10.63.0.100', end: '10.63.0.199' }
    expect(await shown('lab')).toMatchObject({ subnets: [{ dhcp }] })
    expect(await virsh('net-dumpxml', 'lab', '--inactive')).toContain(`start='10.63.0.100'`)
  })

  it('says what waits for its restart, and leaves the machine where it is', async () => {
    const { code, stderr } = await patchbay(lab, 'network', 'change', 'lab', '--mtu', '1400')
    expect([code, stderr]).toEqual([0, expect.stringContaining('it stays as it is for web01')])
    expect(await virsh('net-dumpxml', 'lab', '--inactive')).toContain(`<mtu size='1400'/>`)
    expect(await virsh('net-dumpxml', 'lab')).not.toContain('mtu')
    expect(await shown('lab')).toMatchObject({ mtu: null, pending: ['MTU 1400'] })
  })

  it('is restarted with a machine on it, which is plugged back in and asks for its address again', async () => {
    expect((await network('change', 'lab', '--subnet', '10.64.0.0/24'))[0]).toBe(3)
    expect((await network('lease', 'remove', 'lab', '10.63.0.77'))[0]).toBe(0)
    expect((await network('host', 'remove', 'lab', 'sql'))[0]).toBe(0)
    expect((await network('change', 'lab', '--subnet', '10.64.0.0/24'))[0]).toBe(0)
    expect(await network('restart', 'lab')).toEqual([0, 'The network lab is restarted.'])
    expect(await guest.waitForAddress((address) => address.startsWith('10.64.0.'))).toBeTruthy()
    expect(await guest.xml()).toContain(`network='lab'`)
    expect(await shown('lab')).toMatchObject({ mtu: 1400, pending: [] })
    expect((await lab.exec(['bridge', 'link'])).stdout).toMatch(/vnet\d+:.*master/)
  })

  it('lends what it says by now, and keeps that when the machine leaves', async () => {
    const isolated = async (): Promise<string[]> => {
      const { stdout } = await lab.exec(['bridge', '-d', 'link', 'show', 'dev', await tap()])
      return [...stdout.matchAll(/(?<=master )\S+|(?<=isolated )\w+/g)].map(([word]) => word)
    }
    const tap = async (): Promise<string> => /(?<=dev=')vnet\d+/.exec(await guest.xml())?.[0] ?? ''
    const change = async (option: string): Promise<void> => {
      expect((await network('change', 'lab', option))[0]).toBe(0)
      expect(await network('restart', 'lab')).toEqual([0, 'The network lab is restarted.'])
    }
    const { bridge } = await shown('lab')
    await change('--isolated-ports')
    expect(await isolated()).toEqual([bridge, 'on'])
    expect((await document(lab, 'connect', 'web01', 'bridge:br9')).code).toBe(0)
    expect(await isolated()).toEqual(['br9', 'off'])
    expect((await document(lab, 'connect', 'web01', '--undo')).code).toBe(0)
    expect(await isolated()).toEqual([bridge, 'on'])
    await change('--no-isolated-ports')
    expect(await isolated()).toEqual([bridge, 'off'])
    expect(await guest.xml({ inactive: true })).not.toContain('isolated')
  })

  it('that can’t start again as changed runs as before, with the machine on it', async () => {
    expect((await network('change', 'lab', '--subnet', '10.65.0.0/24'))[0]).toBe(0)
    // libvirt refuses to start a network whose range somebody routes by now.
    await lab.exec(['ip', 'route', 'add', '10.65.0.0/24', 'dev', 'enp3s0'])
    expect(await network('restart', 'lab')).toEqual([4, 'rolled-back', undefined])
    expect(await virsh('net-dumpxml', 'lab')).toContain(`address='10.64.0.1'`)
    expect(await virsh('net-dumpxml', 'lab', '--inactive')).toContain(`address='10.65.0.1'`)
    expect((await lab.exec(['bridge', 'link'])).stdout).toMatch(/vnet\d+:.*master/)
    await lab.exec(['ip', 'route', 'del', '10.65.0.0/24', 'dev', 'enp3s0'])
  })

  it('is deleted only once the machine is elsewhere', async () => {
    expect(await network('delete', 'lab')).toEqual([3, 'refused', undefined])
    expect(await network('delete', 'lab', '--move-to', 'nat')).toEqual([0, 'The network lab is deleted.'])
    expect(await guest.waitForAddress((address) => address.startsWith('192.168.122.'))).toBeTruthy()
    expect(await guest.xml({ inactive: true })).toContain(`network='default'`)
    expect(await virsh('net-list', '--all', '--name')).not.toContain('lab')
  })
})
