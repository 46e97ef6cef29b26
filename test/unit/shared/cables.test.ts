import { describe, expect, it } from 'vitest'
import { cablesOn, machinesOf } from '../../../shared/world/cables'
import type { Attachment } from '../../../shared/world/world'
import { machine, network, nic } from './worlds'

const br0 = { type: 'bridge', bridge: 'br0' } as const
const networks = [
  network('default'),
  network('lan', { kind: 'bridged', bridge: 'br0' }),
  network('pool', { kind: 'macvtap', links: ['br0'] }),
]
const one = (name: string, live: Attachment | null, saved: Attachment | null = live) =>
  machine(name, {
    state: live === null ? 'off' : 'running',
    nics: [nic('52:54:00:00:00:01', { live, saved })],
  })
const on = (...machines: ReturnType<typeof one>[]): string[] =>
  cablesOn(['br0'], { machines, networks }).map(({ machine: { name }, running }) => `${name} ${running}`)

describe('the cables on a bridge', () => {
  it('are those plugged into it, by its name, by a network over it, or by macvtap', () => {
    expect(
      on(
        one('web', br0),
        one('bridged', { type: 'network', network: 'lan' }),
        one('pooled', { type: 'network', network: 'pool' }),
        one('direct', { type: 'direct', link: 'br0', mode: 'bridge' }),
        one('behind', { type: 'network', network: 'default' }),
        one('elsewhere', { type: 'bridge', bridge: 'br1' }),
        one('gone', { type: 'network', network: 'gone' }),
      ),
    ).toEqual(['web true', 'bridged true', 'pooled true', 'direct true'])
  })

  it('are those that would be in it from the next start on, too', () => {
    const nat = { type: 'network', network: 'default' } as const
    expect(on(one('off', null, br0), one('later', nat, br0), one('for now', br0, nat))).toEqual([
      'off false',
      'later false',
      'for now true',
    ])
  })

  it('name each machine once', () => {
    const two = machine('two', {
      state: 'running',
      nics: [nic('52:54:00:00:00:01', { live: br0 }), nic('52:54:00:00:00:02', { live: br0 })],
    })
    expect(machinesOf(cablesOn(['br0'], { machines: [two], networks })).map(({ name }) => name)).toEqual([
      'two',
    ])
  })
})
