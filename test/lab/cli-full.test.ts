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

describe('a network that is restarted', () => {
  it('has its machine in its bridge again, whichever libvirt it is', async () => {
    expect((await document(lab, 'network', 'create', 'lab', '--kind', 'nat')).code).toBe(0)
    await lab.addGuest('web01', { network: 'lab' })
    expect((await document(lab, 'network', 'restart', 'lab')).code).toBe(0)
    const { stdout } = await lab.exec(['bridge', 'link'])
    expect(stdout).toMatch(/vnet\d+:.* master virbr1 /)
    const { stdout: networks } = await lab.exec(['virsh', '-q', 'net-list', '--all', '--name'])
    expect(networks.trim().split('\n').sort()).toEqual(['default', 'lab'])
    await lab.exec(['virsh', 'destroy', 'web01'])
    await lab.exec(['virsh', 'undefine', 'web01'])
    expect((await document(lab, 'network', 'delete', 'lab')).code).toBe(0)
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
