import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPatchbay, document, patchbay, PATCHBAY } from './cli-helpers'
import { hostState, type HostState } from './host-state'
import { startFullLab, type FullLab } from './index'

let lab: FullLab
let before: HostState

beforeAll(async () => {
  await buildPatchbay()
  lab = await startFullLab()
  before = await hostState(lab)
})
afterAll(() => lab.close())

describe('a bridge made as root', () => {
  it('survives a reboot, and is undone afterwards', async () => {
    expect((await patchbay(lab, 'bridge', 'create')).code).toBe(0)
    await lab.reboot()
    await lab.exec(['nm-online', '--quiet', '--wait-for-startup', '--timeout=30'])
    expect((await document(lab, 'status')).doc.host).toMatchObject({
      bridge: 'br0',
      uplink: { nic: 'enp3s0', gateway: lab.router.address },
    })
    expect((await patchbay(lab, 'bridge', 'undo')).code).toBe(0)
    expect(await hostState(lab)).toEqual(before)
  })
})

describe('a person at the desk', () => {
  const asPerson = (...words: string[]) =>
    lab.asDesktopUser([...PATCHBAY, ...words], { check: false, timeoutMs: 90_000 })

  it('who dismisses the prompt gets exit code 5, and nothing is changed', async () => {
    const agent = await lab.polkitAgent({ mode: 'dismiss' })
    const { code, stdout } = await asPerson('bridge', 'create', '--json')
    expect([code, JSON.parse(stdout)]).toMatchObject([5, { ok: false, failure: { code: 'not-permitted' } }])
    expect(agent.count()).toBe(1)
    expect(await hostState(lab)).toEqual(before)
  })

  it('is asked once for the bridge and once for the undo, and never to look', async () => {
    const agent = await lab.polkitAgent({ mode: 'answer' })
    for (const words of [['status'], ['machines'], ['networks'], ['snapshots'], ['bridge', 'plan']]) {
      expect((await asPerson(...words)).code).toBe(0)
    }
    expect(agent.count()).toBe(0)
    const created = await asPerson('bridge', 'create')
    expect([created.code, created.stderr]).toEqual([0, expect.stringContaining('✓ Get permission')])
    expect(agent.count()).toBe(1)
    expect((await asPerson('bridge', 'undo')).code).toBe(0)
    expect(agent.count()).toBe(2)
    expect(await hostState(lab)).toEqual(before)
  })
})
