import { beforeAll, describe, expect, it, vi } from 'vitest'
import { snapshotDigest } from '../../shared/snapshot/digest'
import type { AttributedDifference, SnapshotComparison } from '../../shared/snapshot/snapshot'
import { transactionsIn, until } from './bridge-driver'
import { buildPatchbay, patchbay, PATCHBAY } from './cli-helpers'
import { hostState, type HostState } from './host-state'
import { type FullLab, type SetupName, setupNames, startFullLab } from './index'
import { setupOf } from './setups'

// Each has a workstation of its own, and there are two processors.
vi.setConfig({ maxConcurrency: 3, testTimeout: 180_000 })
beforeAll(buildPatchbay)

const SECRET = 'hunter2'

/** One for each manager, which takes it for none of its own. */
const CLOSED_FILES = [
  '/etc/NetworkManager/system-connections/secret',
  '/etc/systemd/network/secret',
  '/etc/network/secret',
]

describe('a snapshot', () => {
  it.concurrent.each(setupNames)(
    '%s: tells everybody what differs, no secrets, and is restored with one prompt',
    (name) =>
      onWorkstation(name, async (lab) => {
        for (const path of CLOSED_FILES) {
          await lab.exec(['install', '-D', '-m', '600', '/dev/null', path])
          await lab.exec(['sh', '-c', `echo ${SECRET} >${path}`])
        }
        const before = await hostState(lab)
        const agent = await lab.polkitAgent()
        expect((await asPerson(lab, 'bridge', 'create', '--confirm', 'auto')).code).toBe(0)
        const [change] = await transactionsIn(lab)
        const id = change?.id ?? ''

        const { result, undoes } = await shown(lab, 'latest')
        expect(undoes.map((one) => one.id)).toEqual([id])
        const found = differencesOf(result)
        expect(found.filter(({ by }) => by !== id)).toEqual([])
        expect(found).toContainEqual(expect.objectContaining({ kind: 'link', link: 'br0', before: null }))
        const places = found.map(({ kind, before: old, now }) => [kind, linkOf(old), linkOf(now)])
        expect(places).toContainEqual(['address', lab.nic, 'br0'])
        expect(agent.count()).toBe(1)
        expect(await digestText(lab, id)).not.toContain(SECRET)

        const text = await asPerson(lab, 'snapshot', 'show', id.slice(0, 15))
        expect([text.code, text.stdout]).toEqual([0, expect.stringContaining('Made by this change:')])

        const restored = await asPerson(lab, 'snapshot', 'restore', id)
        expect(restored.code, restored.stderr).toBe(0)
        expect(agent.count()).toBe(2)
        await becomesAgain(lab, before)
        expect(differencesOf((await shown(lab, id)).result)).toEqual([])

        const again = await asPerson(lab, 'snapshot', 'restore', id)
        expect([again.code, again.stderr]).toEqual([3, expect.stringContaining('is not in force (undone)')])
        expect(agent.count()).toBe(2)
      }),
  )

  it.concurrent.each(['netplan-networkd', 'nm-dhcp', 'ifupdown-static'] as const)(
    '%s: finds nothing that others have changed after a restart',
    (name) =>
      onWorkstation(name, async (lab) => {
        expect((await patchbay(lab, 'bridge', 'create', '--confirm', 'auto')).code).toBe(0)
        await lab.reboot()
        const others = async () => differencesOf((await shown(lab, 'latest')).result).filter(({ by }) => !by)
        const none = async (): Promise<boolean> => (await others()).length === 0
        await until('nothing that others have changed', 20_000, none).catch(async () =>
          expect(await others()).toEqual([]),
        )
      }),
  )

  it.concurrent('shows what somebody else has changed since, which restoring leaves alone', () =>
    onWorkstation('networkd-dhcp', async (lab) => {
      expect((await patchbay(lab, 'bridge', 'create', '--confirm', 'auto')).code).toBe(0)
      await lab.exec(['sh', '-c', 'echo "# by hand" >/etc/systemd/network/80-mine.network'])
      await lab.exec(['ip', 'address', 'add', '10.99.0.1/24', 'dev', 'lo'])
      const mine = '/etc/systemd/network/80-mine.network'
      const others = differencesOf((await shown(lab, 'latest')).result).filter(({ by }) => by === null)
      expect(others).toMatchObject([
        { kind: 'file', path: mine, before: null, hunks: [{ lines: [{ text: '# by hand\n' }] }] },
      ])
      expect((await patchbay(lab, 'snapshot', 'restore', 'latest')).code).toBe(0)
      expect(differencesOf((await shown(lab, 'latest')).result)).toMatchObject([{ path: mine, by: null }])
      const refused = await patchbay(lab, 'snapshot', 'restore', 'latest')
      expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining(`${mine} is new`)])
    }),
  )
})

describe('one of two changes', () => {
  it.concurrent('is restored without the other, when that is of another card and manager', () =>
    onWorkstation('networkd-dhcp', async (lab) => {
      const before = await hostState(lab)
      expect((await patchbay(lab, 'bridge', 'create', '--confirm', 'auto')).code).toBe(0)
      const first = (await transactionsIn(lab))[0]?.id ?? ''
      await secondCard(lab)
      await lab.exec(['ip', 'address', 'add', '10.88.0.1/24', 'dev', SECOND])
      const made = await patchbay(lab, 'bridge', 'create', '--nic', SECOND, '--name', 'br9')
      expect(made.code, made.stderr).toBe(0)

      expect((await shown(lab, first)).undoes.map(({ id }) => id)).toEqual([first])
      const restored = await patchbay(lab, 'snapshot', 'restore', first)
      expect(restored.code, restored.stderr).toBe(0)
      expect((await transactionsIn(lab)).map(({ state }) => state)).toEqual(['committed', 'undone'])
      await lab.exec(['ip', 'link', 'show', 'dev', 'br9'])
      expect((await hostState(lab)).files).toEqual(before.files)
    }),
  )

  it.concurrent('takes the later one along, when both are written in the same file', () =>
    onWorkstation('ifupdown-dhcp', async (lab) => {
      const before = await hostState(lab)
      await secondCard(lab)
      await lab.exec(['sh', '-c', `cat >>/etc/network/interfaces <<END\n${STANZA}END`])
      await lab.exec(['ifup', SECOND])
      const written = await hostState(lab)
      expect((await patchbay(lab, 'bridge', 'create', '--nic', lab.nic)).code).toBe(0)
      const first = (await transactionsIn(lab))[0]?.id ?? ''
      const made = await patchbay(lab, 'bridge', 'create', '--nic', SECOND, '--name', 'br9')
      expect(made.code, made.stderr).toBe(0)

      const agent = await lab.polkitAgent()
      const restored = await asPerson(lab, 'snapshot', 'restore', first)
      expect([restored.code, restored.stderr]).toEqual([
        0,
        expect.stringContaining('br9 was built on br0 since'),
      ])
      expect(agent.count()).toBe(2)
      await becomesAgain(lab, written)
      expect(written.files).not.toEqual(before.files)
    }),
  )
})

const SECOND = 'enp9s0'

const STANZA = `
auto ${SECOND}
iface ${SECOND} inet static
    address 10.88.0.1/24
`

/** Another card, which leads nowhere. */
async function secondCard(lab: FullLab): Promise<void> {
  await lab.exec(['ip', 'link', 'add', SECOND, 'type', 'veth', 'peer', 'name', 'peer9'])
  await lab.exec(['ip', 'link', 'set', 'peer9', 'up'])
  await lab.exec(['ip', 'link', 'set', SECOND, 'up'])
}

async function onWorkstation(setup: SetupName, work: (lab: FullLab) => Promise<void>): Promise<void> {
  const ipv6 = setupOf(setup).addresses.some((address) => address.includes(':'))
  const lab = await startFullLab({ setup, ipv6 })
  try {
    await work(lab)
  } finally {
    await lab.close()
  }
}

const asPerson = (lab: FullLab, ...words: string[]) =>
  lab.asDesktopUser([...PATCHBAY, ...words], { check: false, timeoutMs: 90_000 })

/** What `snapshot show` tells the person at the desk. */
async function shown(lab: FullLab, id: string): Promise<SnapshotComparison> {
  const { code, stdout } = await asPerson(lab, 'snapshot', 'show', id, '--json')
  expect(code, stdout).toBe(0)
  return JSON.parse(stdout) as SnapshotComparison
}

function differencesOf(result: SnapshotComparison['result']): readonly AttributedDifference[] {
  if (result.kind === 'incomparable') throw new Error('the snapshot can’t be compared')
  return result.differences
}

const linkOf = (place: object | readonly string[] | null): unknown =>
  place !== null && 'link' in place ? place.link : null

async function digestText(lab: FullLab, id: string): Promise<string> {
  const path = `/var/lib/patchbay/transactions/${id}/before.json`
  const { stdout } = await lab.asDesktopUser(['cat', path])
  snapshotDigest.parse(JSON.parse(stdout))
  return stdout
}

const becomesAgain = (lab: FullLab, before: HostState) =>
  until(
    'the host as before',
    40_000,
    async () => JSON.stringify(await hostState(lab)) === JSON.stringify(before),
  )
