import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectLibvirt, type Libvirt } from '../../electron/libvirt/libvirt'
import {
  defineNetwork,
  deleteNetwork,
  setNetworkAutostart,
  startNetwork,
  stopNetwork,
} from '../../electron/networks/change'
import { listNetworks, readNetwork } from '../../electron/networks/list'
import { toFailure } from '../../shared/failure'
import type { LibvirtNetwork } from '../../shared/world/world'
import { startFastLab, type Lab } from './index'
import { english } from '../../shared/phrases/english'

let lab: Lab
let libvirt: Libvirt

beforeAll(async () => {
  lab = await startFastLab({ networkManager: false })
  libvirt = await connectLibvirt(`qemu:///system?socket=${lab.libvirtSocket}`)
})

afterAll(async () => {
  await libvirt.close()
  await lab.close()
})

const ISOLATED = `<network><name>quiet</name><bridge name='quiet0'/>
  <ip address='10.55.0.1' prefix='20'><dhcp><range start='10.55.0.2' end='10.55.15.254'/></dhcp></ip>
  <ip family='ipv6' address='fd55::1' prefix='64'/></network>`

async function stateOf(name: string): Promise<Partial<LibvirtNetwork> | undefined> {
  const found = (await listNetworks(libvirt)).find((network) => network.name === name)
  return found && { active: found.active, persistent: found.persistent, autostart: found.autostart }
}

describe('a network of the real libvirt', () => {
  it('is defined, started, set to start by itself, stopped and deleted', async () => {
    const { uuid } = await defineNetwork(libvirt, ISOLATED)
    expect(await stateOf('quiet')).toEqual({ active: false, persistent: true, autostart: false })
    await startNetwork(libvirt, 'quiet')
    await startNetwork(libvirt, 'quiet')
    await setNetworkAutostart(libvirt, 'quiet', true)
    expect(await readNetwork(libvirt, uuid)).toEqual({
      source: 'libvirt',
      id: 'network:quiet',
      name: 'quiet',
      uuid,
      kind: 'isolated',
      active: true,
      persistent: true,
      autostart: true,
      bridge: 'quiet0',
      links: [],
      mode: null,
      domain: null,
      hosts: [],
      mtu: null,
      isolatedPorts: false,
      pending: [],
      subnets: [
        {
          family: 4,
          address: '10.55.0.1',
          prefix: 20,
          dhcp: { start: '10.55.0.2', end: '10.55.15.254' },
          reservations: [],
        },
        { family: 6, address: 'fd55::1', prefix: 64, dhcp: null, reservations: [] },
      ],
      leases: [],
    })
    await stopNetwork(libvirt, 'quiet')
    await stopNetwork(libvirt, 'quiet')
    expect(await stateOf('quiet')).toEqual({ active: false, persistent: true, autostart: true })
    await deleteNetwork(libvirt, 'quiet')
    expect(await stateOf('quiet')).toBeUndefined()
    expect(await readNetwork(libvirt, uuid)).toBeNull()
  })

  it('that is transient cannot start by itself, and vanishes when it is stopped', async () => {
    await libvirt.call('networkCreateXml', {
      xml: "<network><name>brief</name><bridge name='brief0'/></network>",
    })
    expect(await stateOf('brief')).toEqual({ active: true, persistent: false, autostart: false })
    const failure = toFailure(
      await setNetworkAutostart(libvirt, 'brief', true).catch((thrown: unknown) => thrown),
    )
    expect(failure.code).toBe('refused')
    await stopNetwork(libvirt, 'brief')
    expect(await stateOf('brief')).toBeUndefined()
  })

  it('that does not exist is not found', async () => {
    for (const change of [startNetwork, stopNetwork, deleteNetwork]) {
      const failure = toFailure(await change(libvirt, 'nowhere').catch((thrown: unknown) => thrown))
      expect(failure.code).toBe('not-found')
      expect(english(failure.message)).toContain('nowhere')
    }
  })

  it('shows who has leased an address', async () => {
    const guest = await lab.addGuest('web')
    const address = await guest.waitForAddress(() => true, 90_000)
    const [network] = await listNetworks(libvirt)
    expect(network?.leases).toMatchObject([{ mac: guest.mac, ip: address, prefix: 24 }])
    const [lease] = network?.leases ?? []
    const left = (lease?.expires ?? 0) - Date.now() / 1000
    expect(left).toBeGreaterThan(60)
    expect(left).toBeLessThanOrEqual(3601)
  })
})
