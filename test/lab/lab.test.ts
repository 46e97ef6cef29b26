import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from './command'
import { addressesIn } from './guest'
import type { FullLab, Lab } from './index'
import { missingPackages, startFastLab, startFullLab } from './index'
import { folderOf, removeLeftovers, runningLabs } from './registry'
import { dhcpProfile } from './workstation'

const inLan = (address: string) => address.startsWith('10.77.0.')
const behindNat = (address: string) => address.startsWith('192.168.122.')

/** The IPv4 addresses a workstation's NIC has. */
async function nicAddresses(lab: Lab): Promise<string[]> {
  const { stdout } = await lab.exec(['ip', '-4', '-o', 'address', 'show', 'dev', lab.nic])
  return [...stdout.matchAll(/inet ([\d.]+)\//g)].flatMap(([, address]) => address ?? [])
}

it('finds everything it needs on this machine', () => {
  expect(missingPackages()).toEqual([])
})

describe('the fast lab', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startFastLab()
  })
  afterAll(() => lab.close())

  it('gives the workstation a lease from the LAN’s router, and the router’s names', async () => {
    const [address = 'none'] = await nicAddresses(lab)
    expect(address).toSatisfy(inLan)
    expect(await lab.lanHost.ping(address)).toBe(true)
    const { stdout } = await lab.exec(['getent', 'hosts', 'host.lab.test'])
    expect(stdout).toContain(lab.lanHost.address)
  })

  it('shows neither this machine’s links nor its libvirt networks', async () => {
    const { stdout } = await lab.exec(['ls', '/sys/class/net'])
    expect(stdout.split(/\s+/).filter(Boolean).sort()).toEqual(['enp3s0', 'lo', 'virbr0'])
  })

  it('lets libvirt be reached by path from outside', async () => {
    const socket = connect(lab.libvirtSocket)
    await once(socket, 'connect')
    socket.destroy()
  })

  it('moves a running guest from NAT to the LAN, where a LAN host reaches it', async () => {
    const guest = await lab.addGuest('web')
    await guest.waitForAddress(behindNat)
    const bridge = ['type', 'bridge', 'ifname', 'br0', 'con-name', 'br0', 'bridge.stp', 'no']
    await lab.exec(['nmcli', 'connection', 'add', ...bridge, 'bridge.mac-address', lab.nicMac])
    await lab.exec(['nmcli', 'connection', 'modify', 'Wired', 'connection.autoconnect', 'no'])
    await lab.exec([
      'nmcli',
      'connection',
      'add',
      'type',
      'ethernet',
      'ifname',
      lab.nic,
      'con-name',
      'port',
      'master',
      'br0',
    ])
    await lab.exec(['nmcli', 'connection', 'up', 'port'])

    const virsh = ['virsh', '-c', 'qemu:///system']
    const [nic = ''] = /<interface [\s\S]*<\/interface>/.exec(await guest.xml()) ?? []
    const bridged = nic
      .replace("<interface type='network'>", "<interface type='bridge'>")
      .replace(/<source [^>]*>/, "<source bridge='br0'/>")
    await lab.exec([...virsh, 'update-device', 'web', '/dev/stdin', '--live'], { input: bridged })
    await lab.exec([...virsh, 'domif-setlink', 'web', guest.mac, 'down'])
    await lab.exec([...virsh, 'domif-setlink', 'web', guest.mac, 'up'])
    expect(await lab.lanHost.ping(await guest.waitForAddress(inLan))).toBe(true)
  })

  it('kills a command together with the child that stands for it', async () => {
    const child = lab.spawn(['sh', '-c', 'echo $$; exec sleep 60'])
    if (!child.stdout) throw new Error('no output')
    const pid = String(await once(child.stdout, 'data')).trim()
    child.kill('SIGKILL')
    // Ends when the process has; throws when it lives on.
    await lab.exec(['tail', `--pid=${pid}`, '--follow', '/dev/null'], { timeoutMs: 20_000 })
  })

  it('lets DHCP fail and work again', async () => {
    const ask = ['busybox', 'udhcpc', '-i', 'eth0', '-n', '-q', '-f', '-t', '4', '-T', '1', '-s', '/bin/true']
    const served = async () => (await lab.lanHost.exec(ask, { check: false })).code === 0
    expect(await served()).toBe(true)
    await lab.dhcpOff()
    expect(await served()).toBe(false)
    await lab.dhcpOn()
    expect(await served()).toBe(true)
  })

  it('cuts the cable, silences the router, and makes the NIC a Wi-Fi station', async () => {
    const carrier = async () => (await lab.exec(['cat', `/sys/class/net/${lab.nic}/carrier`])).stdout.trim()
    await lab.cutCable()
    expect(await carrier()).toBe('0')
    await lab.plugCable()
    expect(await carrier()).toBe('1')

    await lab.routerSilent()
    expect(await lab.lanHost.ping(lab.router.address, { count: 1 })).toBe(false)
    await lab.routerAnswers()
    expect(await lab.lanHost.ping(lab.router.address)).toBe(true)

    await lab.fakeWifi()
    const { stdout } = await lab.exec(['ls', `/sys/class/net/${lab.nic}`])
    expect(stdout).toMatch(/^phy80211$/m)
    expect(await carrier()).toBe('1')
  })
})

it('has IPv6 on its LAN when asked', async () => {
  const lab = await startFastLab({ libvirt: false, ipv6: true })
  try {
    // Ends at the first answer, which comes once the router has been heard.
    const wait = `until ping -6 -c 1 -W 1 ${lab.router.address6}; do ip -6 monitor route | head -n 1; done`
    await lab.exec(['timeout', '10', 'sh', '-c', wait])
    expect((await lab.exec(['ip', '-6', 'route', 'show', 'default'])).stdout).toContain(`dev ${lab.nic}`)
  } finally {
    await lab.close()
  }
})

describe('labs beside each other', () => {
  it('are separate, and one without NetworkManager has a fixed address', async () => {
    const labs = await Promise.all([
      startFastLab({ libvirt: false, networkManager: false }),
      startFastLab({ libvirt: false, networkManager: false }),
    ])
    try {
      const [one, other] = labs
      expect(one.name).not.toBe(other.name)
      expect(await nicAddresses(one)).toEqual(['10.77.0.50'])
      await one.cutCable()
      expect(await one.lanHost.ping('10.77.0.50', { count: 1 })).toBe(false)
      expect(await other.lanHost.ping('10.77.0.50')).toBe(true)
    } finally {
      await Promise.all(labs.map((lab) => lab.close()))
    }
    for (const lab of labs) expect(existsSync(folderOf(lab.name))).toBe(false)
  })

  it('that were killed leave no process behind, and their folder goes at the next start', async () => {
    const cli = fileURLToPath(new URL('cli.ts', import.meta.url))
    const owner = spawn(process.execPath, ['--import', 'tsx', cli, 'up'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    for await (const line of createInterface({ input: owner.stdout })) if (line.startsWith('Ctrl-C')) break
    const record = runningLabs().find((lab) => lab.owner.pid === owner.pid)
    expect(record?.workstation).toBeDefined()
    owner.kill('SIGKILL')
    await once(owner, 'exit')

    // Ends when the workstation has.
    await run(['tail', `--pid=${record?.workstation?.pid ?? 1}`, '--follow', '/dev/null'], {
      timeoutMs: 20_000,
    })
    // Another lab, started at this moment, may have been first.
    removeLeftovers()
    expect(existsSync(folderOf(record?.name ?? ''))).toBe(false)
    expect(runningLabs()).not.toContainEqual(record)
  })
})

describe('the full lab', () => {
  let lab: FullLab
  beforeAll(async () => {
    lab = await startFullLab()
  })
  afterAll(() => lab.close())

  it('runs a whole system with the user’s own profile', async () => {
    expect((await lab.exec(['systemctl', 'is-system-running', '--wait'])).stdout).toBe('running\n')
    const profile = lab.path('/etc/NetworkManager/system-connections/Wired.nmconnection')
    expect(await readFile(profile, 'utf8')).toBe(dhcpProfile)
    expect((await nicAddresses(lab)).filter(inLan)).toHaveLength(1)
  })

  it('asks the person at the desk exactly once for each pkexec, and takes no for an answer', async () => {
    const agent = await lab.polkitAgent()
    const allowed = await lab.asDesktopUser(['pkexec', 'id', '--user', '--name'])
    expect(allowed.stdout).toBe('root\n')
    expect(agent.count()).toBe(1)
    agent.mode = 'dismiss'
    const dismissed = await lab.asDesktopUser(['pkexec', 'id'], { check: false })
    expect(dismissed.code).toBe(126)
    expect(agent.count()).toBe(2)
  })

  it('lets the person use libvirt without being asked', async () => {
    const { stdout } = await lab.asDesktopUser(['virsh', '-c', 'qemu:///system', 'net-list', '--name'])
    expect(stdout.trim()).toBe('default')
  })

  it('runs guests', async () => {
    const guest = await lab.addGuest('web')
    expect(await guest.waitForAddress()).toSatisfy(behindNat)
  })

  it('comes back with its files and its address after a power loss and after a reboot', async () => {
    const before = await nicAddresses(lab)
    await lab.exec(['tee', '/root/kept'], { input: 'kept' })
    await lab.powerLoss()
    await expect(lab.exec(['true'])).rejects.toThrow()
    await lab.boot()
    expect(await nicAddresses(lab)).toEqual(before)
    await lab.reboot()
    expect(await nicAddresses(lab)).toEqual(before)
    expect(await readFile(`${lab.root}/root/kept`, 'utf8')).toBe('kept')
  })
})

it('reads a guest’s present addresses from what it said', () => {
  const log = [
    'guest: 52:54:00:00:00:01 carrier',
    'guest: 52:54:00:00:00:01 address 192.168.122.7/24',
    'guest: 52:54:00:00:00:02 address 10.77.0.101/24',
    'guest: 52:54:00:00:00:01 no-carrier',
  ].join('\r\n')
  expect([...addressesIn(log)]).toEqual([['52:54:00:00:00:02', '10.77.0.101']])
})
