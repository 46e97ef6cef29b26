import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isNoDomain, isOperationInvalid } from '../../electron/libvirt/errors'
import { DomainEvent, NetworkEvent } from '../../electron/libvirt/events'
import { Affect, DomainXml } from '../../electron/libvirt/flags'
import { connectLibvirt, type Libvirt } from '../../electron/libvirt/libvirt'
import { toFailure, type Failure } from '../../shared/failure'
import { startFastLab, type Lab } from './index'

let lab: Lab
let uri: string
let libvirt: Libvirt

beforeAll(async () => {
  lab = await startFastLab({ networkManager: false })
  uri = `qemu:///system?socket=${lab.libvirtSocket}`
  libvirt = await connectLibvirt(uri)
})

afterAll(async () => {
  await libvirt.close()
  await lab.close()
})

/** A machine without a disk or system: it starts, and does nothing. */
const idleMachine = (name: string): string => `<domain type='qemu'><name>${name}</name>
  <memory unit='MiB'>32</memory><os><type arch='x86_64'>hvm</type></os><features><acpi/></features><cpu mode='maximum'/>
  <devices><interface type='network'><mac address='52:54:00:00:01:01'/><source network='default'/>
  <model type='virtio'/></interface></devices></domain>`

const HOT_NIC = `<interface type='network'><mac address='52:54:00:00:01:02'/><source network='default'/>
  <model type='virtio'/></interface>`

describe('the real daemon', () => {
  it('tells who it is', async () => {
    const { version } = await libvirt.call('connectGetLibVersion', {})
    const { stdout } = await lab.exec(['libvirtd', '--version'])
    const text = [version / 1_000_000n, (version / 1000n) % 1000n, version % 1000n].join('.')
    expect(stdout).toContain(text)
    expect((await libvirt.call('connectGetUri', {})).uri).toBe('qemu:///system')
    expect((await libvirt.call('connectGetCapabilities', {})).capabilities).toContain('<capabilities>')
    expect((await libvirt.call('nodeGetInfo', {})).model).toBe(process.arch === 'x64' ? 'x86_64' : 'aarch64')
    expect(await libvirt.call('connectSupportsFeature', { feature: 15 })).toEqual({ supported: true })
  })

  it('answers hundreds of calls in flight at once', async () => {
    const { stdout } = await lab.exec(['uname', '-n'])
    const calls = Array.from({ length: 500 }, () => libvirt.call('connectGetHostname', {}))
    const names = new Set((await Promise.all(calls)).map(({ hostname }) => hostname))
    expect([...names]).toEqual([stdout.trim()])
  })

  it('defines, starts, changes, stops and forgets a machine, and tells each', async () => {
    const events: string[] = []
    const words = Object.entries(DomainEvent)
    const stops = await Promise.all([
      libvirt.subscribe('domainLifecycle', ({ dom, event }) => {
        events.push(`${dom.name} ${words.find(([, number]) => number === event)?.[0] ?? event}`)
      }),
      libvirt.subscribe('deviceAdded', ({ devAlias }) => events.push(`added ${devAlias}`)),
    ])

    const { dom } = await libvirt.call('domainDefineXmlFlags', { xml: idleMachine('idle'), flags: 0 })
    expect(dom.id).toBe(-1)
    await libvirt.call('domainSetAutostart', { dom, autostart: true })
    expect(await libvirt.call('domainGetAutostart', { dom })).toEqual({ autostart: true })
    const started = await libvirt.call('domainCreateWithFlags', { dom, flags: 0 })
    expect(started.dom.id).toBeGreaterThan(0)
    expect((await libvirt.call('domainGetState', { dom, flags: 0 })).state).toBe(1)

    await libvirt.call('domainAttachDeviceFlags', { dom, xml: HOT_NIC, flags: Affect.live })
    const live = await libvirt.call('domainGetXmlDesc', { dom, flags: DomainXml.current })
    const saved = await libvirt.call('domainGetXmlDesc', { dom, flags: DomainXml.inactive })
    expect([live.xml, saved.xml].map((xml) => xml.includes('52:54:00:00:01:02'))).toEqual([true, false])

    await libvirt.call('domainDestroyFlags', { dom, flags: 0 })
    await libvirt.call('domainUndefineFlags', { dom, flags: 0 })
    const gone = libvirt.call('domainGetState', { dom, flags: 0 }).catch((thrown: unknown) => thrown)
    expect(isNoDomain(await gone)).toBe(true)
    for (const stop of stops) await stop()
    // Whether QEMU is heard to shut down before it is gone is a matter of luck.
    expect(events.filter((event) => event !== 'idle shutdown')).toEqual([
      'idle defined',
      'idle resumed',
      'idle started',
      'added net1',
      'idle stopped',
      'idle undefined',
    ])
  })

  it('takes a saved NIC in and out of a stopped machine', async () => {
    const { dom } = await libvirt.call('domainDefineXmlFlags', { xml: idleMachine('off'), flags: 0 })
    const hasNic = async () => {
      const { xml } = await libvirt.call('domainGetXmlDesc', { dom, flags: DomainXml.inactive })
      return xml.includes('52:54:00:00:01:02')
    }
    await libvirt.call('domainAttachDeviceFlags', { dom, xml: HOT_NIC, flags: Affect.config })
    expect(await hasNic()).toBe(true)
    await libvirt.call('domainDetachDeviceFlags', { dom, xml: HOT_NIC, flags: Affect.config })
    expect(await hasNic()).toBe(false)
    const stopped = libvirt.call('domainShutdownFlags', { dom, flags: 0 }).catch((thrown: unknown) => thrown)
    expect(isOperationInvalid(await stopped)).toBe(true)
    await libvirt.call('domainUndefineFlags', { dom, flags: 0 })
  })

  it('changes a running network in place', async () => {
    const { net } = await libvirt.call('networkLookupByName', { name: 'default' })
    const xml = "<host mac='52:54:00:00:01:09' ip='192.168.122.77'/>"
    // VIR_NETWORK_UPDATE_COMMAND_ADD_LAST 3, VIR_NETWORK_SECTION_IP_DHCP_HOST 4, AFFECT_LIVE 1.
    await libvirt.call('networkUpdate', { net, command: 3, section: 4, parentIndex: -1, xml, flags: 1 })
    const described = await libvirt.call('networkGetXmlDesc', { net, flags: 0 })
    expect(described.xml).toContain("ip='192.168.122.77'")
    expect(await libvirt.call('networkGetBridgeName', { net })).toEqual({ name: 'virbr0' })
  })

  it('lets a read-only connection look and nothing else', async () => {
    const readOnly = await connectLibvirt(uri, { readOnly: true })
    try {
      const { net } = await readOnly.call('networkLookupByName', { name: 'default' })
      const failure = await failureOf(readOnly.call('networkDestroy', { net }))
      expect(failure.code).toBe('not-permitted')
    } finally {
      await readOnly.close()
    }
  })

  it('serves domains and networks over two sockets, as modular daemons do', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'patchbay-modular-'))
    try {
      for (const name of ['virtqemud-sock', 'virtnetworkd-sock']) {
        symlinkSync(lab.libvirtSocket, join(folder, name))
      }
      const modular = await connectLibvirt(`qemu:///system?socket=${join(folder, 'virtqemud-sock')}`)
      const { nets } = await modular.call('connectListAllNetworks', { needResults: true, flags: 0 })
      expect(nets.map(({ name }) => name)).toContain('default')
      const { version } = await modular.call('connectGetVersion', {})
      expect(version).toBeGreaterThan(0n)
      await modular.close()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('that is killed in the middle of calls fails them all; a new one is connected to again', async () => {
    const doomed = await connectLibvirt(uri)
    const lost = new Promise<Failure>((resolve) => doomed.onClose(resolve))
    const events: number[] = []
    await doomed.subscribe('networkLifecycle', ({ event }) => events.push(event))
    const { stdout } = await lab.exec(['cat', '/run/libvirtd.pid'])
    // Stopped, it holds the calls; so all of them are under way when it dies.
    await lab.exec(['kill', '-STOP', stdout.trim()])
    const calls = Array.from({ length: 200 }, () => failureOf(doomed.call('connectGetCapabilities', {})))
    await lab.exec(['kill', '-KILL', stdout.trim()])
    const codes = new Set((await Promise.all(calls)).map(({ code }) => code))
    expect([...codes]).toEqual(['libvirt-unreachable'])
    expect((await lost).code).toBe('libvirt-unreachable')
    expect((await failureOf(connectLibvirt(uri))).code).toBe('libvirt-unreachable')

    await lab.exec(['libvirtd', '-d'])
    const again = await connectLibvirt(uri)
    const seen = new Promise<number>((resolve) => {
      void again.subscribe('networkLifecycle', ({ event }) => resolve(event))
    })
    const { net } = await again.call('networkLookupByName', { name: 'default' })
    await again.call('networkDestroy', { net })
    expect(await seen).toBe(NetworkEvent.stopped)
    expect(events).toEqual([])
    await again.close()
  })
})

/** The failure of what must fail; `internal` when it did not. */
async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise
  } catch (thrown) {
    return toFailure(thrown)
  }
  return { code: 'internal', message: 'it worked' }
}
