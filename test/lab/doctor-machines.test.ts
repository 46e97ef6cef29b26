import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildPatchbay, patchbay } from './cli-helpers'
import { findingAbout, scriptIn, throughAll } from './doctor-driver'
import { startFastLab, type Guest, type Lab } from './index'
import { english } from '../../shared/phrases/english'

vi.setConfig({ testTimeout: 180_000 })

let lab: Lab
let sh: (script: string) => Promise<string>
let web: Guest

beforeAll(async () => {
  await buildPatchbay()
  lab = await startFastLab({ networkManager: false })
  sh = scriptIn(lab)
  web = await lab.addGuest('web')
  await web.waitForAddress(undefined, 90_000)
})
afterAll(() => lab.close())

const succeeds = async (...argv: string[]): Promise<boolean> =>
  (await lab.exec(argv, { check: false })).code === 0

const tapOf = async (guest: Guest): Promise<string> =>
  /<target dev='(vnet\d+)'/.exec(await guest.xml())?.[1] ?? 'none'

describe('the doctor', () => {
  it('puts a tap back into its bridge', async () => {
    const tap = await tapOf(web)
    const address = [...web.addresses().values()][0] ?? ''
    await throughAll(lab, {
      ...{ check: 'tap-out-of-bridge', subject: tap },
      state: () =>
        sh(
          `ip -j link show dev ${tap} | grep -o '"master":"[^"]*"' || true; find /etc/NetworkManager -name "90-patchbay*"`,
        ),
      make: () => sh(`ip link set ${tap} nomaster`),
      works: () => succeeds('ping', '-c', '10', '-W', '1', address),
      cure: () => sh(`ip link set ${tap} master virbr0`),
    })
  })

  it('has a guest with an old address ask for a new one', async () => {
    await sh(`virsh -q net-create /dev/stdin <<END
<network><name>other</name><bridge name='virbr5' stp='off'/><ip address='192.168.155.1' netmask='255.255.255.0'>
<dhcp><range start='192.168.155.2' end='192.168.155.99'/></dhcp></ip></network>
END`)
    // A move that the guest does not notice, because its link stays up.
    await sh(`virsh -q update-device web /dev/stdin --live <<END
${(/<interface[^]*?<\/interface>/.exec(await web.xml())?.[0] ?? '')
  .replace("network='default'", "network='other'")
  .replace(/ (portid|bridge)='[^']*'/g, '')}
END`)
    // It asks for the router that it knows, once it has forgotten where that was; so the host hears its old address.
    await web.sh('ip neigh flush dev eth0; ping -c 1 -W 1 192.168.122.1; true')
    const finding = await findingAbout(lab, 'old-address', web.mac)
    expect(finding).toMatchObject({ remedy: { kind: 'fix', fix: { kind: 'renew-address' } } })
    const asked = web.waitForAddress((ip) => ip.startsWith('192.168.155.'), 60_000)
    expect((await patchbay(lab, 'doctor', '--fix', 'old-address')).code).toBe(0)
    await asked
    expect(await findingAbout(lab, 'old-address', web.mac)).toBeNull()
  })

  it('lets the host and a machine on macvtap reach each other', async () => {
    const xml = `<interface type='direct'><mac address='52:54:00:0d:0c:01'/><source dev='${lab.nic}' mode='bridge'/><model type='virtio'/></interface>`
    const guest = await lab.addGuest('direct', { interfaceXml: xml })
    const address = await guest.waitForAddress(undefined, 90_000)
    const finding = await findingAbout(lab, 'macvtap-host-access', lab.nic)
    // Nobody on the host hears the guest, and it has no agent, so that its address is the user's to say.
    expect(finding).toMatchObject({ weight: 'notice', remedy: { kind: 'advice' } })
    const advice = finding?.remedy.kind === 'advice' ? finding.remedy.advice : ''
    const [, told = ''] = /patchbay (host-access add \S+ --machine) IP/.exec(english(advice)) ?? []
    expect(await succeeds('ping', '-c', '2', '-W', '2', address)).toBe(false)

    expect((await patchbay(lab, ...told.split(' '), address)).code).toBe(0)
    expect(await findingAbout(lab, 'macvtap-host-access', lab.nic)).toBeNull()
    expect(await succeeds('ping', '-c', '2', '-W', '4', address)).toBe(true)

    expect((await patchbay(lab, 'doctor', '--undo', 'macvtap-host-access')).code).toBe(0)
    expect(await succeeds('ping', '-c', '2', '-W', '2', address)).toBe(false)
    expect(await findingAbout(lab, 'macvtap-host-access', lab.nic)).toEqual(finding)
    await guest.stop()
  })
})
