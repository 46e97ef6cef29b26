import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { HelperEvent, HelperVerb } from '../../shared/helper/protocol'
import type { HostAddition, RecordedAddition } from '../../shared/helper/host-addition'
import { startHelper, until } from './bridge-driver'
import { buildPatchbay, patchbay } from './cli-helpers'
import { hostState } from './host-state'
import { startFullLab, type FullLab } from './index'
import { lan } from './lan'

vi.setConfig({ testTimeout: 240_000 })

/** Stand-ins for machines, to the kernel the same: a port of the virtual bridge, and a macvlan beside the card's macvtaps. */
const NAT_MACHINE = '192.168.122.50'
const MACVTAP_MACHINE = '10.77.0.60'

let lab: FullLab

beforeAll(async () => {
  await buildPatchbay()
  lab = await startFullLab()
  await plugMachines()
})
afterAll(() => lab.close())

const sh = async (script: string): Promise<string> => (await lab.exec(['sh', '-ec', script])).stdout

/** Also after each restart, which takes them away. */
async function plugMachines(): Promise<void> {
  await until('the virtual bridge', 30_000, async () => {
    const { code } = await lab.exec(['ip', 'address', 'show', 'dev', 'virbr0'], { check: false })
    return code === 0
  })
  await sh(`
    ip netns add nat; ip netns add tap
    ip link add natport address 02:70:62:00:00:09 type veth peer name eth0 netns nat
    ip link set natport master virbr0 up
    ip -n nat address add ${NAT_MACHINE}/24 dev eth0; ip -n nat link set eth0 up
    ip -n nat route add default via 192.168.122.1
    ip link add link ${lab.nic} name tapped type macvlan mode bridge
    ip link set tapped netns tap
    ip -n tap address add ${MACVTAP_MACHINE}/24 dev tapped; ip -n tap link set tapped up`)
  const server =
    "require('net').createServer((c)=>c.on('error',()=>{}).end(c.remoteAddress)).listen(80,()=>console.log(1))"
  const inNat = ['--unit=nat-machine', '--property=NetworkNamespacePath=/run/netns/nat']
  await lab.exec(['systemd-run', ...inNat, process.execPath, '-e', server])
  // A port of a bridge with STP, as libvirt's has, takes a while until it forwards.
  await until('the machine on NAT', 40_000, () => ping(NAT_MACHINE))
}

/** What the machine answers to whoever connects, namely who that is; null when nobody answers. */
async function answer(from: Pick<FullLab, 'exec'>, address: string, port: number): Promise<string | null> {
  const client = `const c=require('net').connect({host:'${address}',port:${port}});c.setTimeout(2000,()=>process.exit(1))
    .on('error',()=>process.exit(1)).on('data',(d)=>{process.stdout.write(d);process.exit(0)})`
  const { code, stdout } = await from.exec([process.execPath, '-e', client], { check: false })
  return code === 0 ? stdout : null
}

const ping = async (address: string, netns?: string): Promise<boolean> => {
  const where = netns === undefined ? [] : ['ip', 'netns', 'exec', netns]
  const argv = [...where, 'ping', '-q', '-n', '-i', '0.2', '-c', '3', '-W', '2', address]
  return (await lab.exec(argv, { check: false })).code === 0
}

async function helper(verb: HelperVerb, request: object): Promise<HelperEvent> {
  const run = startHelper(lab, verb, { version: 1, ...request })
  await run.ended
  const end = run.events.at(-1)
  if (end === undefined) throw new Error(`the helper said nothing to ${verb}`)
  return end
}

async function added(addition: HostAddition): Promise<RecordedAddition> {
  const end = await helper('add', { addition })
  if (end.event !== 'additions' || end.additions[0] === undefined) throw new Error(JSON.stringify(end))
  return end.additions[0]
}

/** Everything that additions may touch, in a form that compares. */
async function everything(): Promise<unknown> {
  const firewall = await sh(
    'iptables -S; ip6tables -S; nft list tables; nft list ruleset | grep -c patchbay || true',
  )
  const files = await sh(
    'find /etc/systemd/system /etc/sysctl.d /etc/udev /etc/NetworkManager /etc/firewalld /etc/group 2>/dev/null | sort; cat /etc/group; ls -A /var/lib/patchbay/additions/private 2>/dev/null || true',
  )
  return {
    firewall,
    files,
    host: await hostState(lab),
    links: await sh("ip -br link | cut -d' ' -f1 | cut -d@ -f1 | sort"),
  }
}

/** What is made once, and stays: the folders of the records. */
const prepared = async (): Promise<unknown> => {
  await lab.exec(['mkdir', '-p', '/etc/udev/rules.d', '/etc/sysctl.d', '/etc/NetworkManager/conf.d'])
  return everything()
}

describe('a port forward', () => {
  it('leads others and the host to the machine, also after restarts, until it is removed', async () => {
    const before = await prepared()
    const host = lan.nic
    const ownAddress = /[\d.]+(?=\/)/.exec(await sh(`ip -4 -br address show dev ${host}`))?.[0] ?? ''
    expect(await answer(lab.lanHost, ownAddress, 8080)).toBeNull()
    const made = await patchbay(lab, 'forward', 'add', '8080', `${NAT_MACHINE}:80`, '--json')
    expect(made.code, made.stderr + made.stdout).toBe(0)
    const { id } = (JSON.parse(made.stdout) as { added: RecordedAddition }).added

    expect(await answer(lab.lanHost, ownAddress, 8080)).toContain(lan.host)
    expect(await answer(lab, ownAddress, 8080)).not.toBeNull()
    expect(await answer(lab.lanHost, ownAddress, 80)).toBeNull()

    const again = await patchbay(lab, 'forward', 'add', '8080', `${NAT_MACHINE}:80`, '--json')
    expect((JSON.parse(again.stdout) as { added: RecordedAddition }).added.id).toBe(id)
    const other = await patchbay(lab, 'forward', 'add', '8080', `${NAT_MACHINE}:81`)
    expect([other.code, other.stderr]).toEqual([3, expect.stringContaining('already leads')])

    await lab.exec(['systemctl', 'restart', 'libvirtd'])
    expect(await answer(lab.lanHost, ownAddress, 8080)).toContain(lan.host)

    // libvirt puts its chains first, where they are missing when it starts a network.
    await sh(`virsh -q net-destroy default
      for chain in FWX FWI FWO; do iptables -D FORWARD -j LIBVIRT_$chain; done
      systemctl restart libvirtd; virsh -q net-start default; ip link set natport master virbr0`)
    await until('the forward before libvirt’s chains', 20_000, async () => {
      return (await answer(lab.lanHost, ownAddress, 8080)) !== null
    })

    await lab.reboot()
    await plugMachines()
    await until('the forward after a restart', 40_000, async () => {
      return (await answer(lab.lanHost, ownAddress, 8080)) !== null
    })
    const removed = await patchbay(lab, 'forward', 'remove', id)
    expect(removed.code, removed.stderr).toBe(0)
    expect(await answer(lab.lanHost, ownAddress, 8080)).toBeNull()
    expect(await everything()).toEqual(before)
  })

  it('gets past libvirt’s own nftables chain, also when libvirt puts its rules there again', async () => {
    // What libvirt has there from 10.4 on (network_nftables.c), beside what this older one keeps in iptables.
    const related = 'oif virbr0 ip daddr 192.168.122.0/24 ct state related,established counter accept'
    const reject = 'oif virbr0 counter reject'
    await lab.exec(['nft', '-f', '-'], {
      input: `table ip libvirt_network {
        chain guest_cross { iif virbr0 oif virbr0 counter accept; }
        chain guest_input { ${related}; ${reject}; }
        chain forward {
          type filter hook forward priority filter; policy accept;
          counter jump guest_cross
          counter jump guest_input
        }
      }\n`,
    })
    const chain = (): Promise<string> => sh('nft -s list table ip libvirt_network')
    const host = /[\d.]+(?=\/)/.exec(await sh(`ip -4 -br address show dev ${lab.nic}`))?.[0] ?? ''
    const made = await patchbay(lab, 'forward', 'add', '8081', `${NAT_MACHINE}:80`, '--json')
    expect(made.code, made.stderr + made.stdout).toBe(0)
    const { id } = (JSON.parse(made.stdout) as { added: RecordedAddition }).added
    expect(await answer(lab.lanHost, host, 8081)).toContain(lan.host)
    expect(await answer(lab.lanHost, NAT_MACHINE, 80)).toBeNull()

    await sh(`nft insert rule ip libvirt_network guest_input ${reject}
      nft insert rule ip libvirt_network guest_input ${related}`)
    expect(await answer(lab.lanHost, host, 8081)).toBeNull()
    await sh('touch /run/libvirt/network/started; rm /run/libvirt/network/started')
    await until('the forward before libvirt’s rules', 20_000, async () => {
      return (await answer(lab.lanHost, host, 8081)) !== null
    })

    const removed = await patchbay(lab, 'forward', 'remove', id)
    expect(removed.code, removed.stderr).toBe(0)
    expect(await chain()).not.toContain('patchbay')
    await sh('nft delete table ip libvirt_network')
  })

  it('is refused for a port that a program listens on', async () => {
    const child = lab.spawn(
      [process.execPath, '-e', "require('net').createServer().listen(8088,'0.0.0.0',()=>console.log(1))"],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    )
    await new Promise((resolve) => child.stdout?.once('data', resolve))
    const { code, stderr } = await patchbay(lab, 'forward', 'add', '8088', `${NAT_MACHINE}:80`)
    child.kill('SIGKILL')
    expect([code, stderr]).toEqual([3, expect.stringContaining('listens on tcp port 8088')])
  })
})

describe('host access', () => {
  it('lets the host and a machine on macvtap reach each other, also after a restart', async () => {
    const before = await prepared()
    const ownAddress = /[\d.]+(?=\/)/.exec(await sh(`ip -4 -br address show dev ${lab.nic}`))?.[0] ?? ''
    expect(await ping(MACVTAP_MACHINE)).toBe(false)
    const made = await patchbay(lab, 'host-access', 'add', lab.nic, '--machine', MACVTAP_MACHINE, '--json')
    expect(made.code, made.stderr + made.stdout).toBe(0)
    const { id } = (JSON.parse(made.stdout) as { added: RecordedAddition }).added
    expect(await ping(MACVTAP_MACHINE)).toBe(true)
    await lab.exec(['ip', '-n', 'tap', 'neigh', 'flush', 'all'])
    expect(await ping(ownAddress, 'tap')).toBe(true)

    // Everybody else still knows the host by its card.
    await lab.lanHost.exec(['ip', 'neigh', 'flush', 'all'])
    expect(await lab.lanHost.ping(ownAddress)).toBe(true)
    const { stdout: neighbours } = await lab.lanHost.exec(['ip', 'neigh', 'show', ownAddress])
    expect(neighbours).toContain(lab.nicMac)
    expect(await ping(lab.router.address)).toBe(true)

    await lab.reboot()
    await plugMachines()
    await until('the access after a restart', 40_000, () => ping(MACVTAP_MACHINE))
    const removed = await patchbay(lab, 'host-access', 'remove', id)
    expect(removed.code, removed.stderr).toBe(0)
    expect(await ping(MACVTAP_MACHINE)).toBe(false)
    expect(await everything()).toEqual(before)
  })
})

describe('an addition', () => {
  it.each<HostAddition>([
    { kind: 'accept-forwarding', bridge: 'virbr0' },
    { kind: 'accept-services', bridge: 'virbr0' },
    { kind: 'bridge-past-iptables' },
    { kind: 'keep-router-advertisements', link: 'enp3s0' },
  ])('$kind is made once, and taken away without a trace', async (addition) => {
    const before = await prepared()
    const { id } = await added(addition)
    expect((await added(addition)).id).toBe(id)
    expect(await everything()).not.toEqual(before)
    expect(await helper('remove', { addition: id })).toEqual({ event: 'additions', additions: [] })
    expect(await everything()).toEqual(before)
  })

  it('that only the begin of is recorded is gone after the next one', async () => {
    const before = await prepared()
    const { id } = await added({ kind: 'accept-services', bridge: 'virbr0' })
    // As if the helper had been killed before it counted.
    await lab.exec(['rm', `/var/lib/patchbay/additions/${id}.json`])
    expect(await helper('restore', {})).toEqual({ event: 'additions', additions: [] })
    expect(await everything()).toEqual(before)
  })
})
