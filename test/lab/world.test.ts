import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectSession, socketFolder } from '../../electron/world/libvirt-session'
import { openWorld, type OpenedHere } from '../../electron/world/open-world'
import { emptyWorld, reduce } from '../../electron/world/reduce'
import type { ThisHost } from '../../shared/world/host'
import { attachmentText, type Machine, type World } from '../../shared/world/world'
import { startFastLab, type Guest, type Lab } from './index'

let lab: Lab
let world: OpenedHere
let uri: string
let hostChanged: () => void = () => undefined

beforeAll(async () => {
  lab = await startFastLab({ networkManager: false })
  uri = `qemu:///system?socket=${lab.libvirtSocket}`
  const opened = await openWorld({
    uri,
    // libvirt is the lab's. The host's own links are tested in the lab by the command line, which runs inside.
    sources: {
      connect: (to, signal) => connectSession(to, { signal }),
      socketFolder,
      leasesFolder: lab.path('/var/lib/libvirt/dnsmasq'),
      lookAtHost: () => linksOfTheLab(),
      watchHost: (onChange) => {
        hostChanged = onChange
        return { close: () => undefined }
      },
      readTransactions: () => Promise.resolve([]),
      readAdditions: () => Promise.resolve([]),
      watchRecords: () => ({ close: () => undefined }),
    },
    look: { libvirt: true, host: true, records: true },
    follow: true,
    onTrouble: (message) => {
      throw new Error(message)
    },
  })
  if (opened.computer !== 'this') throw new Error('the lab’s libvirt counts as another computer’s')
  world = opened
  await until((now) => now.libvirt.state === 'connected')
})

afterAll(async () => {
  await world.store.close()
  await lab.close()
})

const virsh = (...words: string[]) => lab.exec(['virsh', '-q', '-c', 'qemu:///system', ...words])
const define = (what: 'define' | 'net-define', xml: string) =>
  lab.exec(['virsh', '-q', '-c', 'qemu:///system', what, '/dev/stdin'], { input: xml })

const until = (condition: (now: World) => boolean): Promise<true> =>
  world.store.until((now) => (condition(now) ? true : undefined), AbortSignal.timeout(20_000))

const find = (now: World, name: string): Machine | undefined => now.machines.find((one) => one.name === name)

/** Links as far as this test needs them: who is a port of what. */
async function linksOfTheLab(): Promise<ThisHost> {
  const { stdout } = await lab.exec(['ip', '-br', 'link', 'show', 'type', 'tun'])
  const taps = stdout
    .split('\n')
    .flatMap((line) => line.split(/\s+/)[0] ?? [])
    .filter(Boolean)
  const ports = await Promise.all(taps.map(async (tap) => [tap, await masterOf(tap)] as const))
  const rest = {
    kind: 'tap',
    mac: null,
    mtu: 1500,
    up: true,
    carrier: true,
    parent: null,
    addresses: [],
  } as const
  return {
    ...emptyWorld(uri).host,
    computer: 'this',
    links: ports.map(([name, master], index) => ({ ...rest, name, index, master, speed: null })),
  }
}

async function masterOf(tap: string): Promise<string | null> {
  const { stdout } = await lab.exec(['sh', '-c', `basename "$(readlink /sys/class/net/${tap}/master)"`])
  return stdout.trim() === '' ? null : stdout.trim()
}

/** What a World opened now would show of libvirt. */
async function freshListing(): Promise<Pick<World, 'machines' | 'networks'>> {
  const session = await connectSession(uri)
  try {
    const start: World = { ...emptyWorld(uri), host: world.store.current.host }
    const { machines, networks } = reduce(start, { type: 'inventory', ...(await session.list()) })
    return { machines, networks }
  } finally {
    await session.close()
  }
}

async function expectSameAsFresh(): Promise<void> {
  const { machines, networks } = world.store.current
  expect({ machines, networks }).toEqual(await freshListing())
}

describe('the World follows', () => {
  let guest: Guest

  it('a machine that is defined, started, and gets its lease', async () => {
    guest = await lab.addGuest('web')
    await until((now) => find(now, 'web')?.state === 'running')
    const address = await guest.waitForAddress()
    await until((now) => find(now, 'web')?.nics[0]?.addresses[0]?.ip === address)
    await expectSameAsFresh()
  })

  it('a network that is defined and started', async () => {
    const xml = `<network><name>iso</name><bridge name='virbr7'/><ip address='10.99.0.1' netmask='255.255.255.0'/></network>`
    await define('net-define', xml)
    await until((now) => now.networks.some(({ name, active }) => name === 'iso' && !active))
    await virsh('net-start', 'iso')
    await until((now) => now.networks.some(({ name, active }) => name === 'iso' && active))
    await expectSameAsFresh()
  })

  it('a NIC that somebody else plugs into something else, told by its tap alone', async () => {
    const xml = await guest.xml()
    const nic = /<interface[^]*?<\/interface>/.exec(xml)?.[0] ?? ''
    const moved = nic.replace(/<source [^>]*>/, `<source network='iso'/>`)
    await world.refreshHost()
    await lab.exec(['virsh', '-q', '-c', 'qemu:///system', 'update-device', 'web', '/dev/stdin', '--live'], {
      input: moved,
    })
    hostChanged()
    await until((now) => {
      const live = find(now, 'web')?.nics[0]?.live
      return live !== null && live !== undefined && attachmentText(live) === 'network:iso'
    })
    await expectSameAsFresh()
  })

  it('a NIC that comes and goes while the machine runs', async () => {
    await virsh('attach-interface', 'web', 'network', 'iso', '--live', '--mac', '52:54:00:77:77:77')
    await until((now) => find(now, 'web')?.nics.length === 2)
    await expectSameAsFresh()
  })

  it('a machine that is paused, stopped and deleted', async () => {
    await virsh('suspend', 'web')
    await until((now) => find(now, 'web')?.state === 'paused')
    await virsh('destroy', 'web')
    await until((now) => find(now, 'web')?.state === 'off')
    await expectSameAsFresh()
    await virsh('undefine', 'web')
    await until((now) => find(now, 'web') === undefined)
  })

  it('a network that is stopped and deleted', async () => {
    await virsh('net-destroy', 'iso')
    await until((now) => now.networks.some(({ name, active }) => name === 'iso' && !active))
    await virsh('net-undefine', 'iso')
    await until((now) => now.networks.every(({ name }) => name !== 'iso'))
    await expectSameAsFresh()
  })

  it('fifty machines that are defined at once', async () => {
    const xml = (name: string) =>
      `<domain type='qemu'><name>${name}</name><memory>65536</memory><os><type arch='x86_64'>hvm</type></os></domain>`
    await Promise.all(Array.from({ length: 50 }, (_, i) => define('define', xml(`many${i}`))))
    await until((now) => now.machines.length === 50)
    await expectSameAsFresh()
  })
})

describe('libvirt that goes away', () => {
  it('leaves the last machines on display, and is found again when it is back', async () => {
    const { machines } = world.store.current
    await lab.exec(['sh', '-c', 'kill $(cat /run/libvirtd.pid)'])
    await until((now) => now.libvirt.state === 'offline')
    expect(world.store.current.machines).toBe(machines)
    expect(world.store.current.libvirt).toMatchObject({ failure: { code: 'libvirt-unreachable' } })

    await lab.exec(['libvirtd', '-d'])
    await until((now) => now.libvirt.state === 'connected')
    await expectSameAsFresh()
    await virsh('undefine', 'many0')
    await until((now) => now.machines.length === 49)
  })
})

describe('idle', () => {
  it('nothing is asked of libvirt', async () => {
    const session = world.libvirt.session
    expect(session).not.toBeNull()
    const calls: string[] = []
    const call = session?.libvirt.call.bind(session.libvirt)
    if (session === null || call === undefined) return
    session.libvirt.call = (name, args, options) => {
      calls.push(name)
      return call(name, args, options)
    }
    await new Promise((resolve) => setTimeout(resolve, 3000))
    expect(calls).toEqual([])
  })
})
