import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { type HelperRun, planned, startCreating, startUndoing, transactionsIn, until } from './bridge-driver'
import { buildPatchbay, document, patchbay } from './cli-helpers'
import { hostState, type HostState } from './host-state'
import { type FullLab, type SetupName, startFullLab } from './index'
import { english } from '../../shared/phrases/english'

// Each has a workstation of its own, and there are two processors.
vi.setConfig({ maxConcurrency: 4, testTimeout: 240_000 })
beforeAll(buildPatchbay)

/** One of each manager, and one that nobody manages. */
const setups: SetupName[] = ['nm-dhcp', 'networkd-dhcp', 'ifupdown-dhcp', 'unmanaged']

const [OTHER, ROUTER] = ['10.77.0.9', '10.77.0.1']

/** What somebody else than the manager puts on a card, each as the one does that is named. */
const foreign = {
  'an address by hand': 'ip address add 10.77.9.9/24 dev enp3s0 label enp3s0:x',
  'a route by hand': `ip route add 198.51.100.0/24 via ${OTHER}`,
  'avahi-autoipd’s route': 'ip route add 169.254.0.0/16 dev enp3s0 scope link metric 1000',
  // NetworkManager (src/core/vpn/nm-vpn-connection.c) sets both, to the server and to the gateway on the way there.
  'a split tunnel': `ip tuntap add dev tun0 mode tun && ip address add 10.8.0.2/24 dev tun0 &&
    ip link set tun0 up && ip route add 10.8.0.0/16 dev tun0 proto static metric 50 &&
    ip route add 203.0.113.7 via ${ROUTER} dev enp3s0 proto static metric 100 &&
    ip route add ${ROUTER} dev enp3s0 proto static scope link metric 100`,
  'an IPv6 route by hand': 'ip route add 2001:db8:77::/48 via fe80::9 dev enp3s0',
  'a table of its own': `ip route add default via ${OTHER} dev enp3s0 table 100 proto 99 src 10.77.9.9 mtu lock 1400`,
  'a scope that is not the usual one': 'ip route add 198.51.101.0/24 dev enp3s0 scope global',
  'a neighbour for good': 'ip neigh add 10.77.0.99 lladdr 02:00:00:00:00:99 dev enp3s0 nud permanent',
} as const

describe('what is not the manager’s own on a card', () => {
  it.concurrent.each(setups)(
    '%s: goes along to the bridge and back, and is there after a rollback',
    (setup) =>
      onWorkstation(setup, async (lab) => {
        for (const [what, command] of Object.entries(foreign)) {
          expect((await lab.exec(['sh', '-c', command], { check: false })).stderr, what).toBe('')
        }
        const before = await hostState(lab)

        const created = await patchbay(lab, 'bridge', 'create', '--confirm', 'auto')
        expect(created.code, created.stderr).toBe(0)
        // Nothing lasts there anyhow.
        if (setup !== 'unmanaged')
          expect(created.stderr).toMatch(
            /No configuration .*10\.77\.9\.9\/24, .*the route to 198\.51\.100\.0\/24/,
          )
        await becomes('the bridge', () => network(lab), networkOf(before, 'br0'))

        // Since then a VPN has connected again, and somebody has withdrawn a route.
        await lab.exec(['ip', 'route', 'add', '192.0.2.7', 'via', ROUTER, 'dev', 'br0'])
        await lab.exec(['ip', 'route', 'delete', '198.51.101.0/24'])
        const bridge = await network(lab)
        const undoing = startUndoing(lab, await newest(lab), { confirm: 'ask' })
        await expectTakenBack(undoing)
        await becomes('the bridge as before', () => network(lab), bridge)

        const undone = await patchbay(lab, 'bridge', 'undo')
        expect(undone.code, undone.stderr).toBe(0)
        await lab.exec(['ip', 'route', 'delete', '192.0.2.7', 'via', ROUTER, 'dev', lab.nic])
        await lab.exec(['sh', '-c', foreign['a scope that is not the usual one']])
        await becomes('the host as before', () => hostState(lab), before)

        await expectTakenBack(startCreating(lab, await planned(lab), { confirm: 'ask' }))
        await becomes('the host as before', () => hostState(lab), before)
        await expectRefusedBelowAContainer(lab)
        await expectReasonOfTheKernel(lab)
        await becomes('the host as before', () => hostState(lab), before)
      }),
  )
})

it.concurrent(
  'a VPN of NetworkManager’s over the card: refused by its name, and no more once it is disconnected',
  () =>
    onWorkstation(
      'nm-dhcp',
      async (lab) => {
        await lab.exec(['chmod', '755', plugin.program])
        await lab.exec(['systemctl', 'reload', 'dbus'])
        await lab.exec(['systemctl', 'restart', 'NetworkManager'])
        await lab.exec(['nm-online', '--quiet', '--timeout=30'])
        const type = ['type', 'vpn', 'vpn-type', plugin.service, 'con-name', 'CorpVPN', 'ifname', '*']
        await lab.exec(['nmcli', 'connection', 'add', ...type])
        await lab.exec(['nmcli', 'connection', 'up', 'CorpVPN'])
        const before = await hostState(lab)
        const { code, doc } = await document(lab, 'bridge', 'plan')
        expect(english(doc.failure?.message ?? '')).toMatch(/“CorpVPN” runs over enp3s0/)
        expect(code).toBe(3)
        expect(english(doc.failure?.hint ?? '')).toContain('nmcli connection down id "CorpVPN"')
        await becomes('the host as before', () => hostState(lab), before)
        await lab.exec(['nmcli', 'connection', 'down', 'id', 'CorpVPN'])
        expect((await document(lab, 'bridge', 'plan')).code).toBe(0)
      },
      plugin.files,
    ),
)

/** What makes NetworkManager know of a plugin (NetworkManager(8), libnm/nm-vpn-plugin-info.c). */
const plugin = {
  service: 'org.freedesktop.NetworkManager.lab',
  program: '/usr/lib/NetworkManager/nm-lab-service',
  get files(): Record<string, string> {
    const may = `<allow own="${this.service}"/><allow send_destination="${this.service}"/>`
    return {
      [this.program]: readFileSync(join(import.meta.dirname, 'workstation/vpn_plugin.py'), 'utf8'),
      '/usr/lib/NetworkManager/VPN/nm-lab-service.name': `[VPN Connection]\nname=lab\nservice=${this.service}\nprogram=${this.program}\n`,
      '/etc/dbus-1/system.d/nm-lab.conf': `<busconfig><policy user="root">${may}</policy></busconfig>\n`,
    }
  },
}

/** Somebody goes away before the change is confirmed. */
async function expectTakenBack(run: HelperRun): Promise<void> {
  await run.seen('the question', ({ event }) => event === 'confirm-needed')
  run.closeInput()
  expect(await run.ended, JSON.stringify(run.events.at(-1))).toBe(4)
}

/** A macvlan in another network namespace has the card, whether it is up or down: nobody sees it from here. */
async function expectRefusedBelowAContainer(lab: FullLab): Promise<void> {
  await lab.exec(['ip', 'netns', 'add', 'cont'])
  await lab.exec([
    'ip',
    'link',
    'add',
    'mv0',
    'link',
    lab.nic,
    'address',
    '02:00:00:00:00:aa',
    'type',
    'macvlan',
  ])
  await lab.exec(['ip', 'link', 'set', 'mv0', 'netns', 'cont'])
  const refused = async (verb: string): Promise<string> => {
    const { code, doc } = await document(lab, 'bridge', verb)
    expect(code, JSON.stringify(doc)).toBe(3)
    return `${english(doc.failure?.message ?? '')} | ${english(doc.failure?.hint ?? '')}`
  }
  expect(await refused('create')).toMatch(/enp3s0 carries mv0.*cont.*\| .*ip -n cont link delete mv0/)
  await lab.exec(['ip', '-n', 'cont', 'link', 'set', 'mv0', 'up'])
  expect(await refused('plan')).toMatch(/02:00:00:00:00:aa/)
  await lab.exec(['ip', 'netns', 'delete', 'cont'])
}

/** Kept by a file that a process has open, a namespace is found by nobody; then the kernel says why. */
async function expectReasonOfTheKernel(lab: FullLab): Promise<void> {
  const hide = `touch /run/hidden && unshare --net=/run/hidden true && exec 9</run/hidden && umount -l /run/hidden &&
    ip link add mv1 link ${lab.nic} type macvlan && ip link set mv1 netns /proc/self/fd/9 && echo hidden && exec sleep 600`
  const keeper = lab.spawn(['sh', '-c', hide], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await new Promise<void>((resolve, reject) => {
      keeper.stdout?.once('data', () => resolve())
      keeper.once('close', (code) => reject(new Error(`the namespace was not hidden: ${code}`)))
    })
    const { code, doc } = await document(lab, 'bridge', 'create', '--confirm', 'auto')
    expect(english(doc.failure?.message ?? '')).toMatch(/did not make enp3s0 a port of br0: .*busy/i)
    expect(code).toBe(4)
  } finally {
    keeper.kill('SIGKILL')
  }
}

type Network = Omit<HostState, 'files' | 'links'>

async function network(lab: FullLab): Promise<Network> {
  return networkOf(await hostState(lab), lab.nic)
}

/** The network as it is on `link`, wherever it was. */
function networkOf({ files: _files, links: _links, ...rest }: HostState, link: string): Network {
  const moved = (lines: readonly string[]): string[] =>
    lines.map((line) => line.replaceAll('enp3s0', link)).sort()
  return {
    ...rest,
    addresses: moved(rest.addresses),
    routes: moved(rest.routes),
    neighbours: moved(rest.neighbours),
    resolver: rest.resolver.replaceAll('enp3s0', link),
  }
}

async function newest(lab: FullLab): Promise<string> {
  return (await transactionsIn(lab))[0]?.id ?? ''
}

async function onWorkstation(
  setup: SetupName,
  work: (lab: FullLab) => Promise<void>,
  files: Record<string, string> = {},
): Promise<void> {
  const lab = await startFullLab({ setup, files })
  try {
    await work(lab)
  } finally {
    await lab.close()
  }
}

/** Waits for what comes a moment later, such as the router's word; shows what is different. */
async function becomes<T>(what: string, look: () => Promise<T>, expected: T): Promise<void> {
  const reached = async (): Promise<boolean> => JSON.stringify(await look()) === JSON.stringify(expected)
  await until(what, 20_000, reached).catch(async () => expect(await look(), what).toEqual(expected))
}
