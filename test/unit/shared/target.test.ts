import { describe, expect, it } from 'vitest'
import { attachmentText } from '../../../shared/world/machine'
import { parseTarget, resolveTarget } from '../../../shared/world/target'
import type { Attachment, World } from '../../../shared/world/world'
import { saying } from './saying'
import { link, network, world, worldWithBridge } from './worlds'
import { english } from '../../../shared/phrases/english'

function resolve(text: string, here: World) {
  const target = parseTarget(text)
  if (!target.ok) throw new Error(`${text} was not understood`)
  const result = resolveTarget(here, target.value)
  return result.ok ? attachmentText(result.value) : result.failure
}

describe('a target in words', () => {
  it.each([
    ['lan', { kind: 'lan' }],
    ['nat', { kind: 'nat' }],
    ['network:lab', { kind: 'attachment', attachment: { type: 'network', network: 'lab' } }],
    [
      'network:floor:staff',
      { kind: 'attachment', attachment: { type: 'network', network: 'floor', portGroup: 'staff' } },
    ],
    ['bridge:br0', { kind: 'attachment', attachment: { type: 'bridge', bridge: 'br0' } }],
    ['macvtap:eth0', { kind: 'attachment', attachment: { type: 'direct', link: 'eth0', mode: 'bridge' } }],
    ['macvtap:eth0:vepa', { kind: 'attachment', attachment: { type: 'direct', link: 'eth0', mode: 'vepa' } }],
  ])('%s', (text, target) => {
    expect(parseTarget(text)).toEqual({ ok: true, value: target })
  })

  it.each([
    '',
    'LAN',
    'wan',
    'network',
    'network:',
    'network:floor:',
    'network:floor:staff:x',
    'bridge:br0:x',
    'macvtap:eth0:fast',
    'macvtap:a:vepa:b',
    ':x',
  ])('refuses “%s” and says what there is', (text) => {
    const result = parseTarget(text)
    expect(result).toMatchObject({ ok: false, failure: { code: 'usage' } })
    expect(english(result.ok ? '' : (result.failure.hint ?? ''))).toContain('network:NAME')
  })
})

describe('lan', () => {
  it('is the bridge that carries the uplink', () => {
    expect(resolve('lan', worldWithBridge())).toBe('bridge:br0')
  })

  it('without a bridge is refused, and says how to make one from which card', () => {
    expect(resolve('lan', world())).toMatchObject({
      code: 'refused',
      shellHint: 'Make one from enp3s0 with: patchbay bridge create',
    })
  })

  it('without an uplink is refused, and says that', () => {
    const here = world({ host: { ...world().host, uplink: null } })
    expect(resolve('lan', here)).toMatchObject({
      code: 'refused',
      hint: saying('no uplink'),
    })
  })
})

describe('nat', () => {
  it('prefers the network named default', () => {
    expect(resolve('nat', world({ networks: [network('aaa'), network('default')] }))).toBe('network:default')
  })

  it('takes another active one when default is stopped', () => {
    const networks = [network('default', { active: false }), network('lab')]
    expect(resolve('nat', world({ networks }))).toBe('network:lab')
  })

  it('says how to start the one there is', () => {
    const networks = [network('default', { active: false })]
    expect(resolve('nat', world({ networks }))).toMatchObject({
      code: 'refused',
      shellHint: 'Start it with: patchbay network start default',
    })
  })

  it('does not take an isolated network for NAT', () => {
    const networks = [network('iso', { kind: 'isolated' })]
    expect(resolve('nat', world({ networks }))).toMatchObject({ code: 'refused' })
  })
})

describe('a named place', () => {
  const here = worldWithBridge({ networks: [network('lab'), network('off', { active: false })] })

  it.each(['network:lab', 'bridge:br0', 'macvtap:enp3s0:bridge'])('%s is there', (text) => {
    expect(resolve(text, here)).toBe(text)
  })

  it.each([
    ['network:nope', 'not-found'],
    ['network:off', 'refused'],
    ['bridge:nope', 'not-found'],
    ['bridge:enp3s0', 'refused'],
    ['macvtap:nope', 'not-found'],
  ])('%s is %s', (text, code) => {
    expect(resolve(text, here)).toMatchObject({ code })
  })

  it('knows a bridge that is not on the LAN', () => {
    const host = { ...world().host, links: [link('br9', { kind: 'bridge' })] }
    expect(resolve('bridge:br9', world({ host }))).toBe('bridge:br9')
  })
})

describe('a port group', () => {
  const groups = [
    { name: 'staff', isDefault: false },
    { name: 'guests', isDefault: true },
  ]
  const here = world({ networks: [network('floor', { portGroups: groups }), network('plain')] })

  it('is one of those that the network has', () => {
    expect(resolve('network:floor:staff', here)).toBe('network:floor:staff')
    expect(resolve('network:floor', here)).toBe('network:floor')
  })

  it('that is gone is refused: libvirt would plug the machine in without any', () => {
    for (const text of ['network:floor:admins', 'network:plain:staff']) {
      expect(resolve(text, here)).toMatchObject({ code: 'not-found', message: saying('no port group') })
    }
  })
})

describe('a bridge of Open vSwitch', () => {
  const port = (interfaceid?: string) => ({
    name: 'virtualport',
    attributes: { type: 'openvswitch' },
    children:
      interfaceid === undefined
        ? []
        : [{ name: 'parameters', attributes: { interfaceid }, children: [], text: '' }],
    text: '',
  })
  const withLink = (kind: Parameters<typeof link>[1]) =>
    world({ host: { ...world().host, links: [link('ovs0', kind), link('ovs-system', kind)] } })
  const ovs = withLink({ kind: 'open-vswitch' })
  const to = (here: World, attachment: Attachment) => resolveTarget(here, { kind: 'attachment', attachment })
  const back: Attachment = { type: 'bridge', bridge: 'ovs0', virtualPort: port('d3b1f1ce') }

  it('named by hand is reached by a virtual port', () => {
    expect(to(ovs, { type: 'bridge', bridge: 'ovs0' })).toEqual({
      ok: true,
      value: { type: 'bridge', bridge: 'ovs0', virtualPort: port() },
    })
  })

  it('gets its machine back with the port that it had there', () => {
    expect(to(ovs, back)).toEqual({ ok: true, value: back })
    // With its datapath outside of the kernel, ip calls the bridge a tap.
    expect(to(withLink({ kind: 'tap' }), back)).toEqual({ ok: true, value: back })
  })

  it('is no place when it is the switch itself, or a bridge of the kernel by now', () => {
    expect(to(ovs, { type: 'bridge', bridge: 'ovs-system' })).toMatchObject({
      failure: { code: 'refused', message: 'ovs-system is not a bridge.' },
    })
    expect(to(withLink({ kind: 'tap' }), { type: 'bridge', bridge: 'ovs0' })).toMatchObject({
      failure: { code: 'refused' },
    })
    expect(to(withLink({ kind: 'bridge' }), back)).toMatchObject({
      failure: { code: 'refused', message: saying('a bridge of the kernel now') },
    })
  })
})
