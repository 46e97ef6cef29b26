import { afterAll, beforeAll, beforeEach, describe, it, vi } from 'vitest'
import { buildPatchbay } from './cli-helpers'
import { scriptIn, throughAll } from './doctor-driver'
import { startFastLab, type Guest, type Lab } from './index'
import { lan } from './lan'

vi.setConfig({ testTimeout: 180_000 })

let lab: Lab
let guest: Guest
let sh: (script: string) => Promise<string>

beforeAll(async () => {
  await buildPatchbay()
  lab = await startFastLab({ networkManager: false })
  sh = scriptIn(lab)
  guest = await lab.addGuest('web')
  await guest.waitForAddress(undefined, 90_000)
})
afterAll(() => lab.close())

const rules = (): Promise<string> => sh('iptables -S; ip6tables -S')

/** The guest asks for an address, for three seconds. */
const getsAddress = async (): Promise<boolean> =>
  (await guest.sh('udhcpc -i eth0 -n -q -t 3 -T 1 -s /bin/true', 20_000)).code === 0

const reachesLan = async (): Promise<boolean> =>
  (await guest.sh(`ping -c 2 -W 2 ${lan.host}`, 20_000)).code === 0

/** What reloading a firewall does: libvirt’s rules are gone, too. */
const close = (chain: string): Promise<string> => sh(`iptables -P ${chain} DROP; iptables -F ${chain}`)

/** What libvirt had made there. */
let chains: string
beforeEach(async () => {
  chains = await sh('iptables-save -t filter')
})
const reopen = (): Promise<unknown> => lab.exec(['iptables-restore'], { input: chains })

describe('the doctor', () => {
  it('lets DHCP and DNS pass a closed INPUT', () =>
    throughAll(lab, {
      ...{ check: 'closed-firewall', subject: 'virbr0', state: rules, works: getsAddress },
      make: () => close('INPUT'),
      cure: reopen,
    }))

  it('lets machines on NAT pass a closed FORWARD', () =>
    throughAll(lab, {
      ...{ check: 'docker-drops-nat', subject: 'virbr0', state: rules, works: reachesLan },
      make: () => close('FORWARD'),
      cure: reopen,
    }))

  it('takes bridged machines past iptables', async () => {
    // A bridge with two ports that stand for a machine and the LAN, to the kernel the same.
    await sh(`ip netns add left; ip netns add right; ip link add lan0 type bridge stp_state 0; ip link set lan0 up
      for side in left right; do
        ip link add to-$side type veth peer name eth0 netns $side
        ip link set to-$side master lan0 up; ip -n $side link set eth0 up
      done
      ip -n left address add 10.9.0.1/24 dev eth0; ip -n right address add 10.9.0.2/24 dev eth0`)
    const bridged = await lab.addGuest('bridged', { bridge: 'lan0' })
    const settings = (): Promise<string> =>
      sh(
        'sysctl net.bridge; cat /etc/sysctl.d/90-patchbay* /etc/udev/rules.d/90-patchbay* 2>/dev/null || true',
      )
    const ping = 'ip netns exec left ping -c 2 -W 2 10.9.0.2'
    await throughAll(lab, {
      ...{ check: 'docker-drops-bridged', subject: 'bridge-nf-call-iptables', state: settings },
      make: async () => {
        await sh('sysctl -q net.bridge.bridge-nf-call-iptables=1')
        await close('FORWARD')
      },
      works: async () => (await lab.exec(ping.split(' '), { check: false })).code === 0,
      cure: reopen,
    })
    await bridged.stop()
  })
})
