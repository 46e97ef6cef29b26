import { describe, expect, it } from 'vitest'
import { batchState, movableOf, type BatchMove } from '../../../renderer/model/batch'
import type { Operation, OperationStatus } from '../../../shared/world/operation'
import type { Attachment } from '../../../shared/world/world'
import { machine, nic } from '../shared/worlds'

const NAT: Attachment = { type: 'network', network: 'default' }
const LAN: Attachment = { type: 'bridge', bridge: 'br0' }
const at = (mac: string, where: Attachment) => nic(mac, { live: where, saved: where })

const move = (name: string): BatchMove => ({
  ...{ machine: machine(name).id, name, mac: '52:54:00:00:00:01', before: NAT, to: LAN },
  operation: `op-${name}`,
})
const operation = (name: string, status: OperationStatus): Operation => ({
  id: `op-${name}`,
  subject: { kind: 'connect', machine: machine(name).id, mac: '52:54:00:00:00:01', to: LAN },
  title: `Move ${name}`,
  steps: [],
  status,
  startedAt: 0,
})
const done: OperationStatus = {
  ...{ state: 'done', endedAt: 1, summary: '' },
  result: { kind: 'connected', before: NAT, after: LAN, live: true, address: null },
}

describe('machines that are moved together', () => {
  it('are counted by how their operations went', () => {
    const moves = ['a', 'b', 'c'].map(move)
    const failure = { code: 'libvirt-error', message: 'the guest said no' } as const
    const operations = [
      operation('a', done),
      operation('b', { state: 'running' }),
      operation('c', { state: 'failed', endedAt: 1, failure }),
    ]
    const state = batchState(moves, operations, () => null)
    expect(state.moving).toBe(1)
    expect(state.moved.map(({ name }) => name)).toEqual(['a'])
    expect(state.failed).toEqual([{ name: 'c', why: 'the guest said no' }])
  })

  it('are judged by the cable once the operation is forgotten', () => {
    const where = (place: Attachment) => () => machine('a', { nics: [at('52:54:00:00:00:01', place)] })
    expect(batchState([move('a')], [], where(LAN)).moved).toHaveLength(1)
    expect(batchState([move('a')], [], where(NAT)).moving).toBe(1)
  })

  it('have one card each, of a kind that can be moved', () => {
    const one = at('52:54:00:00:00:01', NAT)
    expect(movableOf(machine('a', { nics: [one] }))).toMatchObject({ nic: one, before: NAT })
    expect(movableOf(machine('a', { nics: [one, at('52:54:00:00:00:02', LAN)] }))).toBeNull()
    expect(movableOf(machine('a', { nics: [] }))).toBeNull()
    const hostdev = at('52:54:00:00:00:03', { type: 'other', description: 'hostdev' })
    expect(movableOf(machine('a', { nics: [hostdev] }))).toBeNull()
  })
})
