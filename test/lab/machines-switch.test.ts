import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectLibvirt, type Libvirt } from '../../electron/libvirt/libvirt'
import { listMachines } from '../../electron/machines/list'
import { switchNic } from '../../electron/machines/switch-nic'
import type { Attachment } from '../../shared/world'
import { startFastLab, type Guest, type Lab } from './index'

const NAT: Attachment = { type: 'network', network: 'default' }
const LAN: Attachment = { type: 'bridge', bridge: 'br0' }

let lab: Lab
let libvirt: Libvirt
let guest: Guest

beforeAll(async () => {
  lab = await startFastLab({ networkManager: false })
  await bridgeTheNic(lab)
  libvirt = await connectLibvirt(`qemu:///system?socket=${lab.libvirtSocket}`)
  guest = await lab.addGuest('web')
  await guest.waitForAddress((address) => address.startsWith('192.168.122.'))
})

afterAll(async () => {
  await libvirt.close()
  await lab.close()
})

/** A bridge with the NIC as its port and the NIC's MAC and address, without any manager. */
async function bridgeTheNic(lab: Lab): Promise<void> {
  const { nic, nicMac } = lab
  const lines = [
    `link add br0 address ${nicMac} type bridge stp_state 0`,
    `link set ${nic} master br0`,
    `address flush dev ${nic}`,
    'address add 10.77.0.50/24 dev br0',
    'link set br0 up',
  ]
  await lab.exec(['ip', '-batch', '-'], { input: `${lines.join('\n')}\n` })
}

describe('a running guest', () => {
  it('moves from NAT to the LAN and back, with a new address each time', async () => {
    const steps: string[] = []
    const toLan = await switchNic(libvirt, {
      machine: 'web',
      mac: guest.mac,
      to: LAN,
      live: true,
      addressPatienceMs: 1,
      progress: (step, state) => steps.push(`${step}: ${state}`),
    })
    expect(toLan).toMatchObject({ before: { live: NAT, saved: NAT }, after: { live: LAN, saved: LAN } })
    const address = await guest.waitForAddress((ip) => ip.startsWith('10.77.0.'))
    expect(await lab.lanHost.ping(address)).toBe(true)
    expect(steps).toEqual([
      'Plug in: running',
      'Plug in: done',
      'Bring the link up again: running',
      'Bring the link up again: done',
      'Wait for an address: running',
      'Wait for an address: done',
    ])

    const back = await switchNic(libvirt, { machine: 'web', mac: guest.mac, to: NAT, live: true })
    expect(back.after).toEqual({ live: NAT, saved: NAT })
    expect(back.address).toMatchObject({ source: 'lease', prefix: 24 })
    expect(guest.addresses().get(guest.mac)).toBe(back.address?.ip)
  })
})
