import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildPatchbay, patchbay, PATCHBAY } from './cli-helpers'
import { findingAbout, found, scriptIn, throughAll } from './doctor-driver'
import { startFastLab, type Lab } from './index'

vi.setConfig({ testTimeout: 120_000 })

let lab: Lab
let sh: (script: string) => Promise<string>

beforeAll(async () => {
  await buildPatchbay()
  lab = await startFastLab({ ipv6: true })
  sh = scriptIn(lab)
})
afterAll(() => lab.close())

describe('the doctor', () => {
  it('has a host that forwards listen to routers', () =>
    throughAll(lab, {
      ...{ check: 'ipv6-forwarding', subject: lab.nic },
      state: () => sh(`sysctl net.ipv6.conf.${lab.nic}.accept_ra net.ipv6.conf.all.forwarding`),
      make: () => sh(`sysctl -q net.ipv6.conf.${lab.nic}.accept_ra=1 net.ipv6.conf.all.forwarding=1`),
      cure: () => sh(`sysctl -q net.ipv6.conf.all.forwarding=0`),
    }))

  it('tells of a bridge to the LAN with another MAC than its card', async () => {
    expect(await found(lab, 'bridge-mac')).toEqual([])
    expect((await patchbay(lab, 'bridge', 'create')).code).toBe(0)
    expect(await found(lab, 'bridge-mac')).toEqual([])
    const { address } = (JSON.parse(await sh('ip -j link show dev br0')) as { address: string }[])[0] ?? {
      address: '',
    }
    await sh('ip link set dev br0 address 02:00:00:00:00:07')
    expect(await findingAbout(lab, 'bridge-mac', 'br0')).toMatchObject({ remedy: { kind: 'advice' } })
    await sh(`ip link set dev br0 address ${address}`)
    expect(await found(lab, 'bridge-mac')).toEqual([])
    expect((await patchbay(lab, 'bridge', 'undo')).code).toBe(0)
  })

  it('tells of a VPN that takes everything', async () => {
    expect(await found(lab, 'vpn-default-route')).toEqual([])
    await sh(`ip tuntap add dev tun0 mode tun; ip address add 10.99.0.2/24 dev tun0; ip link set tun0 up
      ip route add 10.99.0.0/24 dev tun0 2>/dev/null || true; ip route add 0.0.0.0/1 dev tun0; ip route add 128.0.0.0/1 dev tun0`)
    expect(await findingAbout(lab, 'vpn-default-route', 'tun0')).toMatchObject({ weight: 'notice' })
    await sh('ip link delete tun0')
    expect(await found(lab, 'vpn-default-route')).toEqual([])
  })

  it('tells of a Wi-Fi card that leads out', async () => {
    expect(await found(lab, 'wifi-uplink')).toEqual([])
    // The lab's kernel has no Wi-Fi (mac80211_hwsim); its mark in sysfs, the folder phy80211, is all that is read.
    await sh(`mount -t tmpfs none /sys/class/net/${lab.nic}/; mkdir /sys/class/net/${lab.nic}/phy80211`)
    expect(await findingAbout(lab, 'wifi-uplink', lab.nic)).toMatchObject({ weight: 'notice' })
    await sh(`umount /sys/class/net/${lab.nic}/`)
    expect(await found(lab, 'wifi-uplink')).toEqual([])
  })

  it('tells of a desktop without status icons', async () => {
    expect(await found(lab, 'no-tray')).toEqual([])
    const { stdout } = await lab.exec(['env', 'DISPLAY=:99', ...PATCHBAY, 'doctor', '--json'])
    expect(stdout).toContain('This desktop shows no status icons.')
  })

  it('tells when nobody manages the way out', async () => {
    expect(await found(lab, 'no-network-manager')).toEqual([])
    const byHand = await startFastLab({ networkManager: false })
    try {
      expect(await findingAbout(byHand, 'no-network-manager', byHand.nic)).toMatchObject({
        weight: 'notice',
        remedy: { kind: 'advice' },
      })
    } finally {
      await byHand.close()
    }
  })
})
