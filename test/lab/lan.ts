import type { Exec, ExecOptions } from './command'
import { run } from './command'
import { Space } from './space'

/** The addresses of every lab's LAN. Each lab has its own, so they never meet. */
export const lan = {
  router: '10.77.0.1',
  host: '10.77.0.9',
  /** For a workstation without DHCP, outside the router's range. */
  workstation: '10.77.0.50',
  /** Its second address and its IPv6 address, where it has them. */
  second: '10.77.0.51',
  workstation6: 'fd77:6c61:6e00::50',
  prefix: 24,
  /** With IPv6, in a prefix of the LAN's own (RFC 4193); the workstation makes an address of its own in it. */
  router6: 'fd77:6c61:6e00::1',
  host6: 'fd77:6c61:6e00::9',
  domain: 'lab.test',
  /** The workstation's NIC and its MAC address; locally administered, the same at every boot. */
  nic: 'enp3s0',
  nicMac: '02:70:62:00:00:03',
} as const

/** A second computer in the LAN. */
export interface LanHost {
  address: string
  exec(argv: readonly string[], options?: ExecOptions): Promise<Exec>
  /** True when `address` answers one of at most `count` (default 5) pings, each waited for 2 s. */
  ping(address: string, options?: { count?: number }): Promise<boolean>
}

/**
 * The physical network behind the workstation: a switch `sw0`, and on it the router (10.77.0.1, DHCP, DNS for
 * `*.lab.test`) and one more host. Each verb says what happens to the workstation.
 */
export class Lan {
  private constructor(
    readonly space: Space,
    readonly host: LanHost,
  ) {}

  /**
   * @param ipv6 whether the router also advertises an IPv6 prefix and itself as the default router
   * @param renewAfter seconds after which clients are to renew their leases, in place of half an hour
   */
  static async open(name: string, ipv6 = false, renewAfter?: number): Promise<Lan> {
    const space = await Space.open({ name: `${name} LAN`, setup: switchAndRouter })
    const computer = await Space.open({ name: `${name} LAN host`, inside: space })
    await plug(space, computer.pid, { inside: 'eth0', outside: 'port-host' })
    await computer.exec(['ip', '-batch', '-'], {
      input: `link set lo up\nlink set eth0 up\naddress add ${lan.host}/${lan.prefix} dev eth0\n`,
    })
    if (ipv6) {
      // Only so it says in its own neighbour advertisements that it is a router; else networkd (257) drops it again (RFC 4861, 7.2.5).
      await space.exec(['sh', '-c', 'echo 1 >/proc/sys/net/ipv6/conf/sw0/forwarding'])
      await space.exec(['ip', 'address', 'add', `${lan.router6}/64`, 'dev', 'sw0', 'nodad'])
      await computer.exec(['ip', 'address', 'add', `${lan.host6}/64`, 'dev', 'eth0', 'nodad'])
    }
    await space.exec([...dnsmasq(renewAfter), ...(ipv6 ? advertisement : [])])
    return new Lan(space, {
      address: lan.host,
      exec: (argv, options) => computer.exec(argv, options),
      async ping(address, { count = 5 } = {}) {
        // One at a time: those sent while an ARP request waits for its answer all fail together with it.
        const tries = 'for try in $(seq "$2"); do ping -q -n -c 1 -W 2 "$1" && exit; done; exit 1'
        const argv = ['sh', '-c', tries, 'sh', address, String(count)]
        return (await computer.exec(argv, { check: false })).code === 0
      },
    })
  }

  /** A NIC `enp3s0`, plugged in, that waits in the LAN's own namespace for a workstation to be given to. */
  async makeNic(): Promise<void> {
    await this.plugIn(this.space.pid)
  }

  /** Plugs the workstation whose process 1 is `pid` into the LAN with its NIC `enp3s0`. */
  async plugIn(pid: number): Promise<void> {
    // After a power loss the kernel takes its time to remove the old NIC, and with it the port.
    await this.space.exec(['ip', 'link', 'delete', 'port-ws'], { check: false })
    await plug(this.space, pid, { inside: lan.nic, outside: 'port-ws', mac: lan.nicMac })
  }

  /** The workstation's cable is pulled: its NIC loses the carrier. */
  async cutCable(): Promise<void> {
    await this.space.exec(['ip', 'link', 'set', 'port-ws', 'down'])
  }

  async plugCable(): Promise<void> {
    await this.space.exec(['ip', 'link', 'set', 'port-ws', 'up'])
  }

  /** The switch no longer forwards anything from or to the workstation, whose NIC keeps its carrier. */
  async portDead(): Promise<void> {
    await this.space.exec(['ip', 'link', 'set', 'port-ws', 'nomaster'])
  }

  async portAlive(): Promise<void> {
    await this.space.exec(['ip', 'link', 'set', 'port-ws', 'master', 'sw0'])
  }

  /** DHCP requests find no answer from now on; DNS and the gateway still work. */
  async dhcpOff(): Promise<void> {
    await this.nft('add table inet dhcp', [
      'add chain inet dhcp input { type filter hook input priority 0; }',
      'add rule inet dhcp input udp dport 67 drop',
    ])
  }

  async dhcpOn(): Promise<void> {
    await this.nft('delete table inet dhcp')
  }

  /** The router answers neither ARP nor anything sent to its address; it still serves DHCP broadcasts. */
  async routerSilent(): Promise<void> {
    await this.nft('add table arp silent', [
      'add chain arp silent input { type filter hook input priority 0; }',
      `add rule arp silent input arp daddr ip ${lan.router} drop`,
      'add table ip silent',
      'add chain ip silent input { type filter hook input priority 0; }',
      `add rule ip silent input ip daddr ${lan.router} drop`,
    ])
  }

  async routerAnswers(): Promise<void> {
    await this.nft('delete table arp silent', ['delete table ip silent'])
  }

  close(): Promise<void> {
    return this.space.close()
  }

  private async nft(first: string, more: string[] = []): Promise<void> {
    await this.space.exec(['nft', '-f', '-'], { input: [first, ...more, ''].join('\n') })
  }
}

/** The router sits on the switch itself. Without spanning tree a port forwards at once. */
const switchAndRouter = `
ip -batch - <<END
link set lo up
link add sw0 type bridge stp_state 0 forward_delay 0
address add ${lan.router}/${lan.prefix} dev sw0
link set sw0 up
END
`

/** Seconds. The shortest that dnsmasq gives is two minutes. */
const LEASE = 3600
export const SHORT_LEASE = 120

/** It goes to the background by itself once it listens. */
const dnsmasq = (renewAfter?: number): string[] => [
  'dnsmasq',
  '--conf-file=/dev/null',
  '--pid-file=',
  '--user=root',
  '--no-hosts',
  '--no-resolv',
  '--interface=sw0',
  '--bind-interfaces',
  `--dhcp-range=10.77.0.100,10.77.0.199,255.255.255.0,${renewAfter === undefined ? LEASE : SHORT_LEASE}`,
  ...(renewAfter === undefined ? [] : [`--dhcp-option=option:T1,${renewAfter}`]),
  '--dhcp-authoritative',
  '--leasefile-ro',
  // Without this a new client waits 3 s while the router pings the address it is about to offer.
  '--no-ping',
  `--domain=${lan.domain}`,
  `--dhcp-option=option:domain-search,${lan.domain}`,
  `--local=/${lan.domain}/`,
  `--host-record=router.${lan.domain},${lan.router}`,
  `--host-record=host.${lan.domain},${lan.host}`,
]

const advertisement = ['--enable-ra', '--dhcp-range=fd77:6c61:6e00::,ra-only,64']

/** A cable from the switch to the network namespace of `pid`; neither end ever exists anywhere else. */
async function plug(
  space: Space,
  pid: number,
  ends: { inside: string; outside: string; mac?: string },
): Promise<void> {
  const address = ends.mac === undefined ? '' : `address ${ends.mac}`
  // Only the network namespace is entered: the kernel reads a PID as the caller's PID namespace numbers it.
  await run(['nsenter', '-t', String(space.pid), '-n', 'ip', '-batch', '-'], {
    input: [
      `link add ${ends.outside} type veth peer name ${ends.inside} ${address} netns ${pid}`,
      `link set ${ends.outside} master sw0 up`,
      '',
    ].join('\n'),
  })
}
