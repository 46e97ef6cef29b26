import { readdirSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { type FullLab, type SetupName, startFullLab } from '../lab'
import {
  createBridge,
  ending,
  type HelperRun,
  planned,
  settledState,
  startCreating,
  startUndoing,
  stepSeen,
  transactionsIn,
  until,
} from '../lab/bridge-driver'
import { clientTrouble, leaseLeft } from '../lab/dhcp-client'
import { hostState, type HostState } from '../lab/host-state'
import { SHORT_LEASE } from '../lab/lan'
import { inEnglish } from '../../shared/phrases/english'

// Each has a workstation of its own, which waits most of the time.
vi.setConfig({ maxConcurrency: 6, testTimeout: 240_000 })

const ARMED = { timeoutSeconds: 10 }
/** A client asks before its lease ends; without one it asks ever more seldom, once in a minute in the end (RFC 2131). Milliseconds. */
const ASKS_WITHIN = SHORT_LEASE * 1000
/** In which a client that has its lease, or gets its carrier back, is sure to ask. Seconds, milliseconds. */
const RENEW_AFTER = 40
const BACK_WITHIN = 45_000

const rolledBack: unknown = expect.objectContaining({
  failure: expect.objectContaining({ code: 'rolled-back' }) as unknown,
})

/** How a change is interrupted. */
type Change = 'create' | 'undo'
const byDhcp: readonly (readonly [SetupName, Change])[] = [
  ['nm-dhcp', 'create'],
  ['networkd-dhcp', 'create'],
  ['ifupdown-dhcp', 'create'],
  ['nm-dhcp', 'undo'],
  ['networkd-dhcp', 'undo'],
  ['ifupdown-dhcp', 'undo'],
  ['netplan-nm', 'create'],
]

describe('the switch goes dead as the change starts', () => {
  it.concurrent.each(byDhcp)(
    '%s, %s: rolled back onto what is left of the lease, which is renewed once the router answers',
    (setup, change) =>
      onWorkstation(setup, async (lab) => {
        await setRoute(lab)
        const { run, before, link } = await begun(lab, change)
        await lab.portDead()
        const { code, event } = await ending(run)
        expect([code, event]).toEqual([4, rolledBack])

        expect(await hostState(lab)).toEqual(before)
        expect(await leaseLeft(lab, link)).toBeLessThan(SHORT_LEASE)
        await expectRenewed(lab, setup, link, before)
      }),
  )

  it.concurrent.each(['nm-dhcp', 'networkd-dhcp'] as const)(
    '%s with IPv6: keeps what the router has given for that, too',
    (setup) =>
      onWorkstation(
        setup,
        async (lab) => {
          await until('an address from the router', 20_000, async () =>
            (await hostState(lab)).addresses.join().includes(`${lab.nic} fd77:`),
          )
          const { run, before } = await begun(lab, 'create')
          await lab.portDead()
          const { code, event } = await ending(run)
          expect([code, event]).toEqual([4, rolledBack])

          const { addresses, routes, resolver } = await hostState(lab)
          // NetworkManager states as if for ever what the router has given so; what is kept ends.
          const anyhow = (lines: readonly string[]): string[] =>
            lines.map((line) => line.replace(/ (fixed|dynamic)$/, ''))
          expect(anyhow(addresses)).toEqual(anyhow(before.addresses))
          expect({ routes, resolver }).toEqual({ routes: before.routes, resolver: before.resolver })
        },
        true,
      ),
  )

  it.concurrent.each(['nm-dhcp', 'ifupdown-dhcp'] as const)(
    '%s, and the helper is killed: the safety net leaves a client that lives on and renews',
    (setup) =>
      onWorkstation(setup, async (lab) => {
        await setRoute(lab)
        const { run, before, link } = await begun(lab, 'create')
        await lab.portDead()
        await until('a port of the bridge', 20_000, () => isPort(lab))
        run.child.kill('SIGKILL')
        await until('the rollback by itself', 40_000, async () => {
          const [newest] = await transactionsIn(lab)
          return newest?.state === 'rolled-back'
        })
        expect(await hostState(lab)).toEqual(before)
        await expectRenewed(lab, setup, link, before)
      }),
  )
})

describe('the cable is out as the change starts, and is still out when it has been rolled back', () => {
  it.concurrent.each([
    ['nm-dhcp', 'create'],
    ['nm-static', 'create'],
    ['networkd-static', 'create'],
    ['ifupdown-dhcp', 'create'],
    ['unmanaged', 'undo'],
  ] as const)('%s, %s: says so, and the network is back with the cable', (setup, change) =>
    onWorkstation(setup, async (lab) => {
      const { run, before, link } = await begun(lab, change)
      await lab.cutCable()
      const { code, event } = await ending(run)
      expect(code).toBe(4)
      expect(JSON.stringify(event, inEnglish)).toContain(
        `put back as it was before; ${lab.nic} has no carrier`,
      )

      await lab.plugCable()
      await until('the host as before', BACK_WITHIN, () => isAsBefore(lab, before))
      await until('its client', BACK_WITHIN, async () => (await clientTrouble(lab, setup, link)) === null)
    }),
  )
})

/** As by a VPN client: nobody but the kernel has it, which drops it when the link is without an address for a moment. */
async function setRoute(lab: FullLab): Promise<void> {
  await lab.exec(['ip', 'route', 'add', '198.51.100.0/24', 'via', '10.77.0.9', 'dev', lab.nic])
}

/** Starts a change, up to where the helper begins to apply it. `link`: the one that has the network before and afterwards. */
async function begun(
  lab: FullLab,
  change: Change,
): Promise<{ run: HelperRun; before: HostState; link: string }> {
  const transaction = change === 'undo' ? await createBridge(lab) : null
  const link = transaction === null ? lab.nic : 'br0'
  const before = await settledState(lab)
  const run =
    transaction === null
      ? startCreating(lab, await planned(lab), ARMED)
      : startUndoing(lab, transaction, ARMED)
  await stepSeen(run, 'apply', 'running')
  return { run, before, link }
}

/** The router answers again: nobody touches the host, and it ends up as it was, with nothing of the rollback left. */
async function expectRenewed(lab: FullLab, setup: SetupName, link: string, before: HostState): Promise<void> {
  const least = await leaseLeft(lab, link)
  await lab.portAlive()
  const isRenewed = async (): Promise<boolean> => ((await leaseLeft(lab, link)) ?? 0) > (least ?? Infinity)
  await until(`a new lease, with ${least ?? 'no'} s left of the old one`, ASKS_WITHIN, isRenewed)
  const trouble = async (): Promise<string[]> => [
    (await clientTrouble(lab, setup, link)) ?? '',
    ...(await watching(lab)),
    ...changedProfiles(lab),
  ]
  const isWell = async (): Promise<boolean> => (await trouble()).every((one) => one === '')
  await until('the link handed over', 15_000, isWell).catch(async () => expect(await trouble()).toEqual(['']))
  expect(await hostState(lab)).toEqual(before)
}

/** Units that wait for a lease, or for a time. */
async function watching(lab: FullLab): Promise<string[]> {
  const list = [
    'systemctl',
    'list-units',
    '--no-legend',
    '--plain',
    'patchbay-lease-*',
    'patchbay-rollback-*',
  ]
  return (await lab.exec(list)).stdout.split('\n').filter((line) => line !== '')
}

/** Profiles that NetworkManager keeps in memory, but for those it makes of links that others have made, and netplan's. */
function changedProfiles(lab: FullLab): string[] {
  try {
    const names = readdirSync(lab.path('/run/NetworkManager/system-connections'))
    return names.filter((name) => !/^(lo|virbr0|netplan-.*)\.nmconnection$/.test(name))
  } catch {
    return []
  }
}

const isPort = async (lab: FullLab): Promise<boolean> =>
  (await lab.exec(['test', '-e', `/sys/class/net/${lab.nic}/master`], { check: false })).code === 0

const isAsBefore = async (lab: FullLab, before: HostState): Promise<boolean> =>
  JSON.stringify(await hostState(lab)) === JSON.stringify(before)

async function onWorkstation(
  setup: SetupName,
  work: (lab: FullLab) => Promise<void>,
  ipv6 = false,
): Promise<void> {
  const lab = await startFullLab({ setup, ipv6, renewAfter: RENEW_AFTER })
  try {
    await work(lab)
  } finally {
    await lab.close()
  }
}
