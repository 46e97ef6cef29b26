import { FixRecords } from '../../../electron/services/fix-records'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SwitchRequest } from '../../../electron/machines/switch-nic'
import { openServices, type Services } from '../../../electron/services/services'
import { PatchbayError, toFailure } from '../../../shared/failure'
import { FakeLibvirt } from '../networks/fake-libvirt'
import { wish } from '../networks/wishes'
import { machine, network, nic, world } from '../shared/worlds'
import { FakeDaemon, URI } from '../world/fake-daemon'

const LAB = { type: 'network', network: 'lab' } as const
const DEFAULT = { type: 'network', network: 'default' } as const
const TO_NAT = { kind: 'nat' } as const

let daemon: FakeDaemon
let fake: FakeLibvirt
let switched: SwitchRequest[]
let failSwitchOf: string | null
let services: Services

beforeEach(async () => {
  daemon = new FakeDaemon()
  fake = new FakeLibvirt()
  fake.xml = `<network><name>lab</name><forward mode='nat'/><bridge name='virbr1'/>
    <ip address='10.1.0.1' prefix='24'><dhcp><range start='10.1.0.2' end='10.1.0.9'/></dhcp></ip></network>`
  switched = []
  failSwitchOf = null
  daemon.machines = [
    machine('web', { state: 'running', nics: [nic('52:54:00:00:00:01', { live: LAB, saved: LAB })] }),
    machine('db', { nics: [nic('52:54:00:00:00:02', { saved: LAB })] }),
    machine('ci', { nics: [nic('52:54:00:00:00:03', { saved: DEFAULT })] }),
  ]
  daemon.networks = [
    network('default'),
    network('lab', { bridge: 'virbr1' }),
    network('brief', { persistent: false }),
  ]
  services = await openServices({
    uri: URI,
    helper: '/helper.cjs',
    parts: {
      sources: {
        connect: async () => ({ ...(await daemon.connect()), libvirt: fake.libvirt }),
        socketFolder: () => null,
        leasesFolder: '/nonexistent',
        lookAtHost: () => Promise.resolve(world().host),
        watchHost: () => ({ close: () => undefined }),
        readTransactions: () => Promise.resolve([]),
        readAdditions: () => Promise.resolve([]),
        watchRecords: () => ({ close: () => undefined }),
      },
      snapshots: {
        readDigest: () => Promise.resolve(null),
        readOpenFiles: () => Promise.resolve({ files: [], closed: [] }),
      },
      switchNic: perform,
      planBridge: () => Promise.reject(new Error('not in this test')),
      readDoctorFacts: () => Promise.reject(new Error('not in this test')),
      fixRecords: new FixRecords('/nonexistent'),
      runHelper: () => () => {
        throw new Error('not in this test')
      },
    },
  })
  await services.world.until((now) => (now.libvirt.state === 'connected' ? true : undefined))
})
afterEach(() => services.close())

/** A switch that the daemon knows of at once. */
const perform = (_: unknown, request: SwitchRequest) => {
  switched.push(request)
  if (request.machine === failSwitchOf) {
    return Promise.reject(new PatchbayError({ code: 'libvirt-error', message: 'libvirt: no' }))
  }
  daemon.machines = daemon.machines.map((one) =>
    one.id === request.machine
      ? {
          ...one,
          nics: one.nics.map((card) => ({ ...card, live: card.live && request.to, saved: request.to })),
        }
      : one,
  )
  const sides = { live: request.to, saved: request.to }
  return Promise.resolve({ before: sides, after: sides, address: null })
}

const refusalOf = async (act: () => unknown) => {
  try {
    await act()
  } catch (thrown) {
    return toFailure(thrown)
  }
  throw new Error('it was not refused')
}

describe('making a network', () => {
  it('saves and starts what was decided, and says it', async () => {
    const { status, subject } = await services.ended(services.createNetwork(wish({ name: 'new' })))
    expect(status).toMatchObject({
      state: 'done',
      summary:
        'The network new is created and started: nat on virbr2, 192.168.122.1/24, DHCP 192.168.122.2-192.168.122.254.',
    })
    expect(subject).toEqual({ kind: 'network', network: 'network:new', action: 'create' })
    expect(fake.told.map(([name]) => name)).toEqual(['networkDefineXml', 'networkCreate'])
  })

  it('is refused before anything is changed, with the field', async () => {
    const failure = await refusalOf(() => services.createNetwork(wish({ name: 'lab' })))
    expect(failure).toMatchObject({ code: 'refused', field: 'name' })
    expect(fake.told).toEqual([])
  })
})

describe('restarting a network', () => {
  it('is refused where nothing is saved that it could start from', async () => {
    const failure = await refusalOf(() => services.actOnNetwork({ network: 'brief', action: 'restart' }))
    expect(failure).toMatchObject({ code: 'refused' })
    expect(fake.told).toEqual([])
  })

  it('says that machines are cut off when it can start neither as changed nor as before', async () => {
    fake.refuses = (name) => name === 'networkCreate'
    const { status } = await services.ended(services.actOnNetwork({ network: 'lab', action: 'restart' }))
    expect(status).toMatchObject({
      state: 'failed',
      failure: { code: 'rollback-failed', hint: expect.stringContaining('have no connection') as string },
    })
    expect(fake.told.map(([name]) => name)).toEqual(['networkDestroy', 'networkDefineXml'])
  })
})

describe('changing a network', () => {
  const lease = { kind: 'add-lease', network: 'lab', ip: '10.1.0.7', mac: null, name: 'ci' } as const
  const mtu = {
    kind: 'settings',
    network: 'lab',
    subnet: null,
    dhcp: null,
    ipv6: null,
    domain: null,
    mtu: '1400',
    isolatedPorts: null,
  } as const

  it('is told beforehand, with the machines that are in a restart’s way', async () => {
    expect(await services.planNetworkChange(lease)).toMatchObject({
      nothing: false,
      now: ['static lease 10.1.0.7 for ci'],
      later: [],
    })
    expect(await services.planNetworkChange(mtu)).toEqual({
      nothing: false,
      now: [],
      later: ['MTU 1400, for a machine from its own start'],
      machines: ['web'],
    })
    expect(fake.told).toEqual([])
  })

  it('of a stopped network waits for its start in every case', async () => {
    fake.active = false
    expect(await services.planNetworkChange(lease)).toMatchObject({
      now: [],
      later: ['static lease 10.1.0.7 for ci'],
    })
  })

  it('is made, and said', async () => {
    const { status } = await services.ended(await services.changeNetwork({ change: lease, restart: false }))
    expect(status).toMatchObject({
      summary: 'The network lab is changed, in force now: static lease 10.1.0.7 for ci.',
    })
    expect(fake.told).toHaveLength(1)
  })

  it('restarts it in the same go when that was asked for, and tells its steps beforehand', async () => {
    const id = await services.changeNetwork({ change: mtu, restart: true })
    const steps = services.world.current.operations.find((one) => one.id === id)?.steps
    expect(steps?.map(({ name }) => name)).toEqual([
      'Change the network lab',
      'Restart the network lab',
      'Plug in again: web',
    ])
    await services.ended(id)
    const calls = fake.told.map(([name]) => name)
    expect(calls.indexOf('networkDefineXml')).toBeLessThan(calls.indexOf('networkDestroy'))
    expect(calls).toContain('networkCreate')
  })

  it('does not restart it where nothing waits for that', async () => {
    await services.ended(await services.changeNetwork({ change: lease, restart: true }))
    expect(fake.told.map(([name]) => name)).not.toContain('networkDestroy')
  })

  it('to what it is makes no call', async () => {
    const { status } = await services.ended(
      await services.changeNetwork({ change: { ...mtu, mtu: 'off' }, restart: true }),
    )
    expect(status).toMatchObject({ state: 'done', summary: 'The network lab is that way already.' })
    expect(fake.told).toEqual([])
  })
})

describe('deleting a network', () => {
  const moving = { network: 'lab', moveTo: TO_NAT }

  it('is refused while machines use it, running or not, and names them', async () => {
    const failure = await refusalOf(() => services.deleteNetwork({ network: 'lab', moveTo: null }))
    expect(failure).toMatchObject({
      code: 'refused',
      message: 'The network lab is used by db, web (running).',
      shellHint: 'Have them moved first: patchbay network delete lab --move-to nat',
    })
    expect(fake.told).toEqual([])
  })

  it('moves them first when asked to, the running one live', async () => {
    const { status } = await services.ended(services.deleteNetwork(moving))
    expect(status).toMatchObject({ state: 'done', summary: 'The network lab is deleted.' })
    expect(switched.map((one) => [one.machine, one.live, one.to])).toEqual([
      ['id-db', false, DEFAULT],
      ['id-web', true, DEFAULT],
    ])
    expect(fake.told.map(([name]) => name)).toEqual(['networkDestroy', 'networkUndefine'])
  })

  it('stays when one can’t be moved, and says that others were', async () => {
    failSwitchOf = 'id-db'
    const { status } = await services.ended(services.deleteNetwork(moving))
    expect(status).toMatchObject({
      state: 'failed',
      failure: { code: 'partly-done', message: 'Others were moved. libvirt: no' },
    })
    expect(fake.told).toEqual([])
  })

  it('is refused when they would be moved to where they are, before any is', async () => {
    const to = { kind: 'attachment', attachment: LAB } as const
    const failure = await refusalOf(() => services.deleteNetwork({ network: 'lab', moveTo: to }))
    expect(failure).toMatchObject({ code: 'usage', field: 'moveTo' })
    expect(switched).toEqual([])
  })
})
