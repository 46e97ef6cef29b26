import { beforeAll, describe, expect, it, vi } from 'vitest'
import { settledState, until } from './bridge-driver'
import { buildPatchbay, document, patchbay, PATCHBAY } from './cli-helpers'
import type { Exec } from './command'
import { nextSuite, workstationSuite } from './debian'
import { hostState, type HostState } from './host-state'
import { type FullLab, type SetupName, setupNames, startFullLab } from './index'
import { setupOf } from './setups'
import { startTransfer } from './transfer'

// Each has a workstation of its own, and there are two processors.
vi.setConfig({ maxConcurrency: 3, testTimeout: 180_000 })
beforeAll(buildPatchbay)

/** Those whose bridge outlives a restart. */
const managed = setupNames.filter((name) => name !== 'unmanaged')
/** Those that listen to the router's word about IPv6. */
const listening = setupNames.filter((name) => ipv4Only(name))

/** All of them, and what is different on the next Debian: networkd there has its own idea of which routes are the same. */
const desks: readonly (readonly [SetupName, string])[] = [
  ...setupNames.map((name) => [name, workstationSuite] as const),
  ['networkd-static', nextSuite],
]

describe('a bridge made and undone by the person at the desk', () => {
  it.concurrent.each(desks)('%s on %s: carries the whole network, and leaves no trace', (name, suite) =>
    onWorkstation({ setup: name, suite }, async (lab) => {
      const before = await hostState(lab)
      const agent = await lab.polkitAgent()
      const transfer = await startTransfer(lab, firstAddress(before))
      expectDone(await asPerson(lab, 'status'))
      expectDone(await asPerson(lab, 'bridge', 'plan'))
      expect(agent.log()).toEqual([])

      expectDone(await asPerson(lab, 'bridge', 'create', '--confirm', 'auto'))
      expect(agent.count()).toBe(1)
      await expectBridge(lab, name, before)

      expectDone(await asPerson(lab, 'bridge', 'undo'))
      expect(agent.count()).toBe(2)
      await expectAsBefore(lab, before)
      expect((await transfer.end()).bytes).toBeGreaterThan(1_000_000)
    }),
  )
})

describe('a bridge made by root', () => {
  it.concurrent.each(managed)('%s: is there after a restart, and undone then', (name) =>
    onWorkstation({ setup: name }, async (lab) => {
      const before = await hostState(lab)
      const heeding = await heedsRouters(lab)
      expectDone(await patchbay(lab, 'bridge', 'create', '--confirm', 'auto'))
      await expectBridge(lab, name, before)
      await lab.reboot()
      await expectBridge(lab, name, before)

      const transfer = await startTransfer(lab, firstAddress(before))
      expectDone(await patchbay(lab, 'bridge', 'undo'))
      await expectAsBefore(lab, before)
      expect(await heedsRouters(lab)).toBe(heeding)
      await transfer.end()
      await lab.reboot()
      await expectAsBefore(lab, before)
    }),
  )

  it('unmanaged: is gone after a restart, and the undo says so', () =>
    onWorkstation({ setup: 'unmanaged' }, async (lab) => {
      const before = await hostState(lab)
      expectDone(await patchbay(lab, 'bridge', 'create', '--confirm', 'auto'))
      await expectBridge(lab, 'unmanaged', before)
      await lab.reboot()
      await expectAsBefore(lab, before)

      const { code, stdout, stderr } = await patchbay(lab, 'bridge', 'undo')
      expect(code, stderr).toSatisfy((value) => value === 0 || value === 3)
      expect(stdout + stderr).toMatch(/br0.*(gone|undone|no longer|not there)/i)
      await expectAsBefore(lab, before)
      // A bridge can be made again.
      expectDone(await patchbay(lab, 'bridge', 'create', '--confirm', 'auto'))
      await expectBridge(lab, 'unmanaged', before)
    }))
})

describe('a bridge in a LAN with IPv6', () => {
  it.concurrent.each(listening)('%s: has the NIC’s IPv6 address, and gives it back', (name) =>
    onWorkstation({ setup: name, ipv6: true }, async (lab) => {
      const addresses = async (): Promise<string[]> => (await hostState(lab)).addresses
      const has6 = async (): Promise<boolean> => (await addresses()).join().includes(`${lab.nic} fd77:`)
      await until('an address from the router', 20_000, has6)
      // What else it says may come a moment later, and a plan of before would be refused.
      const before = (await settledState(lab)).addresses

      expectDone(await patchbay(lab, 'bridge', 'create', '--confirm', 'auto'))
      await becomes('the bridge’s addresses', addresses, moved(before, lab))
      await expectReachable(lab, before)
      expectDone(await patchbay(lab, 'bridge', 'undo'))
      await becomes('the NIC’s addresses', addresses, before)
      await expectReachable(lab, before)
    }),
  )
})

/** Whether the kernel makes addresses for the NIC by a router's word (ip-sysctl.rst, accept_ra). */
async function heedsRouters(lab: FullLab): Promise<string> {
  return (await lab.exec(['cat', `/proc/sys/net/ipv6/conf/${lab.nic}/accept_ra`])).stdout.trim()
}

interface Desk {
  setup: SetupName
  suite?: string
  ipv6?: boolean
}

/** Does something on a workstation that is set up in one of the ways. */
async function onWorkstation(
  { setup, suite = workstationSuite, ipv6 = !ipv4Only(setup) }: Desk,
  work: (lab: FullLab) => Promise<void>,
): Promise<void> {
  const lab = await startFullLab({ setup, suite, ipv6 })
  try {
    await work(lab)
  } finally {
    await lab.close()
  }
}

function ipv4Only(setup: SetupName): boolean {
  return !setupOf(setup).addresses.some((address) => address.includes(':'))
}

const asPerson = (lab: FullLab, ...words: string[]): Promise<Exec> =>
  lab.asDesktopUser([...PATCHBAY, ...words], { check: false, timeoutMs: 90_000 })

/** Exit code 0, else what was written in its place. */
function expectDone({ code, stdout, stderr }: Exec): void {
  expect(code, stdout + stderr).toBe(0)
}

/** Everything the NIC had is the bridge's, the NIC is its port, and the LAN reaches it. */
async function expectBridge(lab: FullLab, setup: SetupName, before: HostState): Promise<void> {
  const network = async (): Promise<Omit<HostState, 'files'>> => {
    const { files: _, ...rest } = await hostState(lab)
    return rest
  }
  const own = new RegExp(`^${lab.nic}  `)
  const bridge = before.links.filter((line) => own.test(line)).map((line) => line.replace(lab.nic, 'br0'))
  await becomes('the bridge', network, {
    addresses: moved(before.addresses, lab),
    routes: moved(before.routes, lab),
    neighbours: moved(before.neighbours, lab),
    rules: before.rules,
    links: [...before.links.map((line) => line.replace(own, `${lab.nic} br0 `)), ...bridge].sort(),
    resolver: before.resolver.replaceAll(lab.nic, 'br0'),
  })
  expect(bridge).toEqual([expect.stringContaining(lab.nicMac)])
  await expectReachable(lab, before.addresses)
  const { doc } = await document(lab, 'status')
  expect(doc.host).toMatchObject({ bridge: 'br0', uplink: { nic: lab.nic } })
  // What is there already is shadowed, not edited. ifupdown has no way to shadow a stanza.
  if (setupOf(setup).manager !== 'ifupdown') expect((await hostState(lab)).files).toMatchObject(before.files)
}

async function expectAsBefore(lab: FullLab, before: HostState): Promise<void> {
  await becomes('the host as before', () => hostState(lab), before)
  await expectReachable(lab, before.addresses)
}

/** The gateway answers, the router's names are found, and the LAN host reaches every address. */
async function expectReachable(lab: FullLab, addresses: readonly string[]): Promise<void> {
  await lab.exec(['ping', '-n', '-c', '1', '-W', '2', lab.router.address])
  expect((await lab.exec(['getent', 'hosts', 'host.lab.test'])).stdout).toContain(lab.lanHost.address)
  for (const line of addresses.filter((text) => text.startsWith(lab.nic))) {
    const address = / (.*)\//.exec(line)?.[1] ?? ''
    const answers = (): Promise<boolean> => lab.lanHost.ping(address)
    // An IPv6 address that has come anew is used once nobody else in the LAN claims to have it.
    if (address.includes(':')) await until(`an answer from ${address}`, 30_000, answers)
    else expect(await answers(), address).toBe(true)
  }
}

/** Waits for what comes a moment later, such as the end of IPv6's search for duplicates; shows what is different. */
async function becomes<T>(what: string, look: () => Promise<T>, expected: T): Promise<void> {
  const reached = async (): Promise<boolean> => JSON.stringify(await look()) === JSON.stringify(expected)
  await until(what, 40_000, reached).catch(async () => expect(await look(), what).toEqual(expected))
}

const moved = (lines: readonly string[], { nic }: FullLab): string[] =>
  lines.map((line) => line.replaceAll(nic, 'br0')).sort()

const firstAddress = ({ addresses }: HostState): string =>
  /enp3s0 (10\.77\.0\.\d+)/.exec(addresses.join('\n'))?.[1] ?? ''
