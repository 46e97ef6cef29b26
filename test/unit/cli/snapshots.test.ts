import { afterEach, describe, expect, it } from 'vitest'
import { commands } from '../../../electron/cli/commands'
import { run } from '../../../electron/cli/run'
import type { RunHelper } from '../../../electron/services/host-changes'
import { openServices, type Services } from '../../../electron/services/services'
import type { SnapshotDigest } from '../../../shared/snapshot/snapshot'
import { networkPicture } from '../../../shared/snapshot/digest'
import { FakeHost, ID, transaction } from '../services/fake-host'
import { textFile } from '../shared/snapshots'
import { world, worldWithBridge } from '../shared/worlds'

const OLDER = '20261101-120000-0a1b'
const FILE = '/etc/network/interfaces'

const digest: SnapshotDigest = {
  version: 1,
  sources: ['/etc/network'],
  files: { files: [textFile(FILE, 'auto enp3s0\n')], closed: ['/etc/secrets'] },
  touched: [FILE],
  network: networkPicture(world().host),
}

const opened: Services[] = []
afterEach(async () => {
  for (const services of opened.splice(0)) await services.close()
})

const succeeding =
  (host: FakeHost): RunHelper =>
  (request) => {
    const begun = host.parts.runHelper()(request)
    host.end({ event: 'committed', transaction: ID, gapMs: null })
    return begun
  }

/** Runs a command line on a computer where the helper ends with success. */
async function patchbay(host: FakeHost, ...argv: string[]) {
  const said: string[] = []
  const outcome = await run(argv, commands, (command, input) =>
    command.run(input, {
      open: async (options) => {
        const parts = { ...host.parts, runHelper: () => succeeding(host) }
        const services = await openServices({
          ...{ uri: 'qemu:///system', helper: '/helper.cjs', parts },
          ...options,
        })
        opened.push(services)
        return services
      },
      say: (line) => void said.push(line),
      ask: () => Promise.resolve(null),
      onInterrupt: () => () => undefined,
    }),
  )
  return { ...outcome, said }
}

function changedHost(): FakeHost {
  const host = new FakeHost()
  host.host = worldWithBridge().host
  host.transactions = [transaction(), transaction({ id: OLDER, state: 'undone' })]
  host.digests[ID] = digest
  host.files = { files: [textFile(FILE, 'auto br0\n# \u001b[2J\n')], closed: [] }
  return host
}

describe('patchbay snapshot show', () => {
  it('tells in words what differs, with the lines, and how to go back', async () => {
    const { stdout, code } = await patchbay(changedHost(), 'snapshot', 'show', ID)
    expect(code).toBe(0)
    expect(stdout).toContain('Made by this change:\n  /etc/network/interfaces has changed\n      @@ -1 +1 @@')
    expect(stdout).toContain('\n      -auto enp3s0\n      +auto br0\n      +# \uFFFD[2J\n')
    expect(stdout).toContain('\n  enp3s0 is a port of br0\n')
    expect(stdout).toContain('only root may look into it: /etc/secrets')
    expect(stdout).toContain(`patchbay snapshot restore ${ID}`)
    expect(stdout).not.toContain('\u001b')
  })

  it('tells the same as one document', async () => {
    const { stdout } = await patchbay(changedHost(), 'snapshot', 'show', ID, '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      transaction: { id: ID },
      result: {
        kind: 'compared',
        differences: [
          { kind: 'file', path: FILE, by: ID },
          { kind: 'link', link: 'br0', before: null, by: ID },
          { kind: 'link', link: 'enp3s0', by: ID },
        ],
        closed: ['/etc/secrets'],
      },
      undoes: [{ id: ID }],
    })
  })

  it.each([['latest'], ['20261124'], [ID]])('finds the change by %s', async (text) => {
    const { stdout } = await patchbay(changedHost(), 'snapshot', 'show', text, '--json')
    expect(JSON.parse(stdout)).toMatchObject({ transaction: { id: ID } })
  })

  it('says when a beginning could mean several changes, or none', async () => {
    const several = await patchbay(changedHost(), 'snapshot', 'show', '2026')
    expect([several.code, several.stderr]).toEqual([
      2,
      expect.stringContaining(`Choose one of: ${ID}, ${OLDER}.`),
    ])
    expect((await patchbay(changedHost(), 'snapshot', 'show', '2027')).code).toBe(3)
    expect((await patchbay(new FakeHost(), 'snapshot', 'show', 'latest')).code).toBe(3)
  })

  it('says of an older snapshot that it can’t be compared', async () => {
    const { stdout, code } = await patchbay(changedHost(), 'snapshot', 'show', OLDER)
    expect([code, stdout]).toEqual([0, expect.stringContaining('left nothing to compare with')])
  })
})

describe('patchbay snapshot restore', () => {
  it('undoes the change, with its steps', async () => {
    const host = changedHost()
    const { stdout, code, said } = await patchbay(host, 'snapshot', 'restore', 'latest', '--timeout', '90')
    expect([code, stdout]).toEqual([0, 'The bridge br0 is gone, and the network is as it was before.\n'])
    expect(said).toContain('… Get permission')
    expect(host.requests).toMatchObject([{ verb: 'undo', request: { transaction: ID, timeoutSeconds: 90 } }])
  })

  it('says what else is undone before it is', async () => {
    const host = changedHost()
    const later = transaction({
      id: '20261125-120000-0a1b',
      intent: { kind: 'create-bridge', nic: 'br0', bridge: 'br1' },
    })
    host.transactions = [later, ...host.transactions]
    const { code, said } = await patchbay(host, 'snapshot', 'restore', ID)
    expect(said[0]).toBe('br1 was built on br0 since (20261125-120000-0a1b), and is undone first.')
    expect([code, host.requests.map(({ request }) => request.transaction)]).toEqual([0, [later.id, ID]])
  })

  it('refuses what is not in force, with exit code 3', async () => {
    const host = changedHost()
    const { code, stderr } = await patchbay(host, 'snapshot', 'restore', OLDER)
    expect([code, stderr]).toEqual([3, expect.stringContaining('is not in force (undone)')])
    expect(host.requests).toEqual([])
  })

  it.each([['9'], ['601'], ['soon']])('refuses an armed time of %s, with exit code 2', async (time) => {
    for (const words of [
      ['snapshot', 'restore', ID],
      ['bridge', 'undo'],
    ]) {
      const host = changedHost()
      expect((await patchbay(host, ...words, '--timeout', time)).code).toBe(2)
      expect(host.requests).toEqual([])
    }
  })
})
