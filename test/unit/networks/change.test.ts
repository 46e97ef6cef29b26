import { beforeEach, describe, expect, it } from 'vitest'
import { applyChange } from '../../../electron/networks/apply-change'
import { createNetwork } from '../../../electron/networks/change'
import { readDefinitions } from '../../../electron/networks/definitions'
import type { ChangePlan } from '../../../electron/networks/plan-change'
import { updateNetwork, type NetworkUpdate } from '../../../electron/networks/update'
import { FakeLibvirt } from './fake-libvirt'

const NET = { name: 'lab', uuid: '0b1690dc-a020-4534-8692-479c8a8b4e7c' }
const update = (command: NetworkUpdate['command'], xml: string): NetworkUpdate => ({
  command,
  section: 'dhcpRange',
  parentIndex: 1,
  xml,
})
const BOTH = [update('delete', '<old/>'), update('add', '<new/>')]

let fake: FakeLibvirt
beforeEach(() => {
  fake = new FakeLibvirt()
})

/** virNetworkUpdateCommand and -Section, as libvirt-network.h numbers them. */
const [DELETE, ADD_LAST, RANGE] = [2, 3, 5]

describe('a live update', () => {
  it.each([
    [{ live: true, saved: true }, 3],
    [{ live: true, saved: false }, 1],
    [{ live: false, saved: true }, 2],
  ])('goes where the network is: %j', async (sides, flags) => {
    await updateNetwork(fake.libvirt, { net: NET, ...sides }, BOTH)
    expect(fake.told).toEqual([
      ['networkUpdate', DELETE, RANGE, 1, '<old/>', flags],
      ['networkUpdate', ADD_LAST, RANGE, 1, '<new/>', flags],
    ])
  })

  it('speaks to an old libvirt in its own wrong order', async () => {
    fake.correctOrder = false
    await updateNetwork(fake.libvirt, { net: NET, live: true, saved: true }, BOTH.slice(1))
    expect(fake.told).toEqual([['networkUpdate', RANGE, ADD_LAST, 1, '<new/>', 3]])
  })

  it('that fails takes back those before it', async () => {
    fake.refuses = (...call) => call.includes('<new/>')
    await expect(updateNetwork(fake.libvirt, { net: NET, live: true, saved: true }, BOTH)).rejects.toThrow()
    expect(fake.told.map(([, command, , , xml]) => [command, xml])).toEqual([
      [DELETE, '<old/>'],
      [ADD_LAST, '<old/>'],
    ])
  })
})

describe('a change of both kinds', () => {
  const plan: ChangePlan = {
    updates: BOTH,
    edits: { mtu: 1400 },
    now: ['DHCP'],
    later: ['MTU 1400'],
  }

  it('leaves the definition as it was when its live part fails', async () => {
    fake.xml = '<network><name>lab</name></network>'
    fake.refuses = (name) => name === 'networkUpdate'
    const definitions = await readDefinitions(fake.libvirt, 'lab')
    await expect(applyChange(fake.libvirt, definitions, plan)).rejects.toThrow()
    expect(fake.told).toEqual([
      ['networkDefineXml', '<network><name>lab</name><mtu size="1400"/></network>'],
      ['networkDefineXml', fake.xml],
    ])
  })
})

describe('making a network', () => {
  it('starts it, and has it started with the host, only when asked', async () => {
    await createNetwork(fake.libvirt, '<network/>', { start: true, autostart: true })
    await createNetwork(fake.libvirt, '<network/>', { start: false, autostart: false })
    expect(fake.told.map(([name]) => name)).toEqual([
      'networkDefineXml',
      'networkSetAutostart',
      'networkCreate',
      'networkDefineXml',
    ])
  })

  it('leaves nothing when it can’t be started', async () => {
    fake.refuses = (name) => name === 'networkCreate'
    await expect(
      createNetwork(fake.libvirt, '<network/>', { start: true, autostart: false }),
    ).rejects.toThrow('libvirt: no')
    expect(fake.told.at(-1)).toEqual(['networkUndefine'])
  })
})
