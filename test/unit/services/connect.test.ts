import { describe, expect, it } from 'vitest'
import { planConnect, planReplug, type ConnectRequest } from '../../../electron/services/connect'
import { toFailure } from '../../../shared/failure'
import type { Attachment, World } from '../../../shared/world/world'
import { saying } from '../shared/saying'
import { link, machine, network, nic, world, worldElsewhere, worldWithBridge } from '../shared/worlds'

const A = '52:54:00:00:00:01'
const B = '52:54:00:00:00:02'
const nat = { type: 'network', network: 'default' } as const
const lan = { type: 'bridge', bridge: 'br0' } as const

const here = worldWithBridge({
  networks: [network('default')],
  machines: [
    machine('web', { state: 'running', nics: [nic(A, { live: nat, saved: nat })] }),
    machine('stopped', { nics: [nic(A)] }),
    machine('two', { nics: [nic(A), nic(B)] }),
    machine('bare'),
    machine('moved', { state: 'running', nics: [nic(A, { live: lan, saved: nat })] }),
    machine('passing', { state: 'running', persistent: false, nics: [nic(A, { live: nat, saved: null })] }),
    machine('undoable', { nics: [nic(A, { saved: lan, previous: nat })] }),
    machine('later', { state: 'running', nics: [nic(A, { live: null, saved: nat })] }),
  ],
})

const plan = (request: Partial<ConnectRequest>, world: World = here) =>
  planConnect(world, { machine: 'web', mac: null, to: { kind: 'lan' }, live: true, ...request })

function failure(request: Partial<ConnectRequest>, world?: World) {
  try {
    plan(request, world)
  } catch (thrown) {
    return toFailure(thrown)
  }
  throw new Error('it was not refused')
}

describe('a switch', () => {
  it('of a running machine is live', () => {
    expect(plan({})).toMatchObject({ before: nat, to: lan, live: true, alreadyThere: false })
  })

  it('of a stopped machine is not', () => {
    expect(plan({ machine: 'stopped' })).toMatchObject({ before: nat, to: lan, live: false })
  })

  it('leaves the running machine alone when asked to', () => {
    expect(plan({ live: false })).toMatchObject({ live: false, alreadyThere: false })
  })

  it('finds the machine by UUID, and the NIC in capital letters', () => {
    expect(plan({ machine: 'id-web', mac: A.toUpperCase() }).nic.mac).toBe(A)
  })

  it('to where it is already is none', () => {
    expect(plan({ to: { kind: 'nat' } })).toMatchObject({ alreadyThere: true })
  })

  it('is needed when only the saved definition differs', () => {
    expect(plan({ machine: 'moved' })).toMatchObject({ alreadyThere: false })
    expect(plan({ machine: 'moved', to: { kind: 'nat' }, live: false })).toMatchObject({ alreadyThere: true })
  })

  it('plugs a NIC that only comes with the next start into the running machine', () => {
    expect(plan({ machine: 'later' })).toMatchObject({ before: nat, live: true, alreadyThere: false })
    expect(plan({ machine: 'later', to: { kind: 'nat' } })).toMatchObject({ alreadyThere: false })
  })

  it('of a machine without a saved definition needs only the running one', () => {
    expect(plan({ machine: 'passing', to: { kind: 'nat' } })).toMatchObject({ alreadyThere: true })
  })
})

describe('an undo', () => {
  it('leads to where the NIC was before its last switch', () => {
    expect(plan({ machine: 'undoable', to: { kind: 'back' } })).toMatchObject({ before: lan, to: nat })
  })

  it('is refused where nothing is known of a switch', () => {
    expect(failure({ to: { kind: 'back' } })).toMatchObject({ code: 'refused', message: saying(A) })
  })

  it('is refused when the place is gone', () => {
    const world = { ...here, networks: [] }
    expect(failure({ machine: 'undoable', to: { kind: 'back' } }, world)).toMatchObject({ code: 'not-found' })
  })
})

describe('a port group', () => {
  const floor = { type: 'network', network: 'floor' } as const
  const staff = { ...floor, portGroup: 'staff' } as const
  const networks = [
    network('default'),
    network('floor', { portGroups: [{ name: 'staff', isDefault: false }] }),
  ]
  const there: World = {
    ...here,
    networks,
    machines: [
      machine('in', { state: 'running', nics: [nic(A, { live: staff, saved: staff })] }),
      machine('away', { nics: [nic(A, { saved: nat, previous: staff })] }),
    ],
  }
  const to = (attachment: Attachment) => ({ to: { kind: 'attachment', attachment } }) as const

  it('is a place of its own: from it to the plain network is a move', () => {
    expect(plan({ machine: 'in', ...to(floor) }, there)).toMatchObject({
      alreadyThere: false,
      replugs: true,
      before: staff,
      to: floor,
    })
    expect(plan({ machine: 'in', ...to(staff) }, there)).toMatchObject({ alreadyThere: true })
  })

  it('is gone back to, and told', () => {
    expect(plan({ machine: 'away', to: { kind: 'back' } }, there)).toMatchObject({
      to: staff,
      place: 'the network floor (staff)',
    })
  })

  it('to another network is left by unplugging where libvirt wants that', () => {
    const { libvirt } = there
    if (libvirt.state !== 'connected') throw new Error('the World is not connected')
    const newer: World = { ...there, libvirt: { ...libvirt, version: '10.6.0' } }
    expect(plan({ machine: 'in', to: { kind: 'nat' } }, there).replugs).toBe(false)
    expect(plan({ machine: 'in', to: { kind: 'nat' } }, newer).replugs).toBe(true)
  })

  it('that is gone is told before the machine leaves it: there is no way back', () => {
    const [first, second] = networks
    if (!first || !second) throw new Error('two networks')
    const without = { ...there, networks: [first, { ...second, portGroups: [] }] }
    expect(plan({ machine: 'in', to: { kind: 'nat' } }, without).notes).toEqual([
      'As things are, Patchbay could not bring it back afterwards (--undo): The network floor has no port group named staff.',
    ])
    expect(plan({ machine: 'in', to: { kind: 'nat' } }, there).notes).toEqual([])
  })
})

describe('a bridge of Open vSwitch', () => {
  const port = {
    name: 'virtualport',
    attributes: { type: 'openvswitch' },
    children: [{ name: 'parameters', attributes: { interfaceid: 'd3b1f1ce' }, children: [], text: '' }],
    text: '',
  }
  const ovs: Attachment = { type: 'bridge', bridge: 'ovs0', virtualPort: port }
  const there: World = {
    ...here,
    host: { ...here.host, links: [...here.host.links, link('ovs0', { kind: 'open-vswitch' })] },
    machines: [
      machine('in', { state: 'running', nics: [nic(A, { live: ovs, saved: ovs })] }),
      machine('away', { nics: [nic(A, { saved: nat, previous: ovs })] }),
    ],
  }

  it('is left by unplugging, and gone back to with the port that the machine had', () => {
    expect(plan({ machine: 'in', to: { kind: 'nat' } }, there)).toMatchObject({ replugs: true, notes: [] })
    expect(plan({ machine: 'away', to: { kind: 'back' } }, there)).toMatchObject({ to: ovs })
  })

  it('is where the machine is already, whatever its port is called', () => {
    const to = { kind: 'attachment', attachment: { type: 'bridge', bridge: 'ovs0' } } as const
    expect(plan({ machine: 'in', to }, there)).toMatchObject({ alreadyThere: true, to: ovs })
  })
})

describe('a switch to macvtap', () => {
  const to = (link: string, mode: 'bridge' | 'passthrough' = 'bridge') =>
    ({ to: { kind: 'attachment', attachment: { type: 'direct', link, mode } } }) as const
  const bare = { ...here, host: world().host }

  it('unplugs the NIC of a running machine, and says beforehand that the host does not reach it', () => {
    expect(plan(to('enp3s0'), bare)).toMatchObject({ replugs: true, notes: [saying('do not reach')] })
    expect(plan({ ...to('enp3s0'), machine: 'stopped' }, bare)).toMatchObject({ replugs: false })
    expect(plan({ ...to('enp3s0'), live: false }, bare)).toMatchObject({ replugs: false })
  })

  it('on a port, or that would cut the host off, is refused', () => {
    expect(failure(to('enp3s0'))).toMatchObject({ code: 'refused', hint: saying('bridge:br0') })
    expect(failure(to('enp3s0', 'passthrough'), bare)).toMatchObject({ message: saying('cut the host off') })
  })

  it('by a network unplugs the NIC as well, and so does the way back', () => {
    const pool = { type: 'network', network: 'pool' } as const
    const networks = [network('default'), network('pool', { kind: 'macvtap', links: ['enp3s0'] })]
    const on = machine('on', { state: 'running', nics: [nic(A, { live: pool, saved: pool })] })
    const there = { ...bare, networks, machines: [...bare.machines, on] }
    expect(plan({ to: { kind: 'attachment', attachment: pool } }, there)).toMatchObject({ replugs: true })
    expect(plan({ machine: 'on', to: { kind: 'nat' } }, there)).toMatchObject({ replugs: true, notes: [] })
  })
})

describe('on another computer', () => {
  const there = worldElsewhere({ networks: here.networks, machines: here.machines })
  const to = (attachment: Attachment) => ({ to: { kind: 'attachment', attachment } }) as const

  it('bridges and links are taken at their word', () => {
    expect(plan(to({ type: 'bridge', bridge: 'br7' }), there).to).toEqual({ type: 'bridge', bridge: 'br7' })
    const macvtap = { type: 'direct', link: 'eno1', mode: 'bridge' } as const
    expect(plan(to(macvtap), there).to).toEqual(macvtap)
  })

  it('networks are those that libvirt tells of', () => {
    expect(plan({ machine: 'stopped', to: { kind: 'nat' } }, there).to).toEqual(nat)
    expect(failure(to({ type: 'network', network: 'none' }), there)).toMatchObject({ code: 'not-found' })
  })

  it('its LAN has to be named', () => {
    expect(failure({}, there)).toMatchObject({ code: 'refused', hint: saying('bridge:br0') })
  })
})

describe('refused', () => {
  it('an unknown machine', () => {
    expect(failure({ machine: 'nope' })).toMatchObject({ code: 'not-found' })
  })

  it('an unknown NIC, with those there are', () => {
    expect(failure({ mac: B })).toMatchObject({ code: 'not-found', hint: saying(A) })
  })

  it('several NICs and no choice, with both', () => {
    const { code, hint } = failure({ machine: 'two' })
    expect(code).toBe('usage')
    expect(hint).toEqual(saying(`${A}, ${B}`))
  })

  it('a machine without a NIC', () => {
    expect(failure({ machine: 'bare' })).toMatchObject({ code: 'refused' })
  })

  it('the saved definition of a machine that has none', () => {
    expect(failure({ machine: 'passing', live: false })).toMatchObject({ code: 'refused' })
  })
})

describe('a cable that is to be pulled', () => {
  const cut = { live: nat, saved: nat, linkUp: false }
  const there = worldWithBridge({
    networks: [network('default')],
    machines: [
      ...here.machines,
      machine('cut', { state: 'running', nics: [nic(A, cut)] }),
      machine('left', { state: 'running', nics: [nic(A, { ...cut, pulledUntil: 5 })] }),
    ],
  })
  const pull = (name: string) => planReplug(there, { machine: name, mac: null })
  const refusal = (name: string) => {
    try {
      return pull(name).machine.name
    } catch (thrown) {
      return toFailure(thrown)
    }
  }

  it('is that of a running machine, also where Patchbay has left it out', () => {
    expect(pull('web')).toMatchObject({ at: nat, nic: { mac: A } })
    expect(pull('left')).toMatchObject({ at: nat })
  })

  it.each([
    ['stopped', 'not plugged in now'],
    ['later', 'not plugged in now'],
    ['cut', 'cut by its own setting'],
  ])('is refused for the machine “%s”', (name, words) => {
    expect(refusal(name)).toMatchObject({ code: 'refused', message: saying(words) })
  })

  it.each([
    ['nobody', 'not-found'],
    ['two', 'usage'],
    ['bare', 'refused'],
  ])('needs a machine and one card: %s', (name, code) => {
    expect(refusal(name)).toMatchObject({ code })
  })
})
