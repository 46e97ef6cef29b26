import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyPatch, diffWorlds } from '../../../shared/ipc/world-patch'
import { anyMachines, anyNetworks, machine, world } from './worlds'

const anyWorld = fc
  .record({ machines: anyMachines, networks: anyNetworks })
  .map(({ machines, networks }) => world({ machines, networks }))

describe('patches', () => {
  it('turn any World into any other', () => {
    fc.assert(
      fc.property(anyWorld, anyWorld, (before, after) => {
        const patch = diffWorlds(before, after)
        expect(patch === null ? before : applyPatch(before, patch)).toEqual(after)
      }),
    )
  })

  it('survive being sent as JSON', () => {
    fc.assert(
      fc.property(anyWorld, anyWorld, (before, after) => {
        const patch: unknown = JSON.parse(JSON.stringify(diffWorlds(before, after)))
        expect(patch).toEqual(diffWorlds(before, after))
      }),
    )
  })

  it('carry only the machine that changed, without an order when none came or went', () => {
    const before = world({ machines: [machine('a'), machine('b')] })
    const [a] = before.machines
    const after = { ...before, machines: [a ?? machine('a'), machine('b', { state: 'running' })] }
    expect(diffWorlds(before, after)).toEqual({ machines: { put: [machine('b', { state: 'running' })] } })
  })

  it('are null when nothing changed', () => {
    const same = world({ machines: [machine('a')] })
    expect(diffWorlds(same, { ...same })).toBeNull()
  })

  it('drop what is gone', () => {
    const before = world({ machines: [machine('a'), machine('b')] })
    const patch = diffWorlds(before, { ...before, machines: before.machines.slice(1) })
    expect(patch).toEqual({ machines: { put: [], order: ['id-b'] } })
  })
})
