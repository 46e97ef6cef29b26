import { describe, expect, it } from 'vitest'
import { HostChanges } from '../../../electron/services/host-changes'
import type { ConnectRequest } from '../../../electron/services/connect'
import { begin, ended } from '../../../electron/services/operations'
import { WorldStore } from '../../../electron/world/store'
import { PatchbayError, toFailure } from '../../../shared/failure'
import type { Attachment, Machine } from '../../../shared/world/world'
import { machine, network, nic, worldWithBridge } from '../shared/worlds'
import { FakeHost, ID, transaction } from './fake-host'
import { SWITCH_STEPS } from '../../../electron/machines/move-nic'

const br0 = { type: 'bridge', bridge: 'br0' } as const
const nat = { type: 'network', network: 'default' } as const
const MACS: Record<string, string> = { web: '52:54:00:00:00:01', db: '52:54:00:00:00:02' }

const plugged = (name: string, live: Attachment | null, saved: Attachment = live ?? br0): Machine =>
  machine(name, {
    state: live === null ? 'off' : 'running',
    nics: [nic(MACS[name] ?? '', { live, saved, previous: br0 })],
  })

/** A host with br0 made by Patchbay, its helper played by the test, and switches that only move the cable in the World. */
function desk(machines: readonly Machine[], stubborn: readonly string[] = []) {
  const host = new FakeHost()
  const store = new WorldStore(
    worldWithBridge({ machines, networks: [network('default')], transactions: [transaction()] }),
  )
  const asked: string[] = []
  const connectAll = (requests: readonly ConnectRequest[]): string[] =>
    requests.map(({ machine: id, mac, to: wanted, live }) => {
      const found = store.current.machines.find((one) => one.id === id)
      if (found === undefined) throw new RangeError(`no ${id}`)
      const to = wanted.kind === 'attachment' ? wanted.attachment : wanted.kind === 'back' ? br0 : nat
      asked.push(`${found.name} ${wanted.kind === 'back' ? 'back' : to.type}${live ? '' : ' saved only'}`)
      const subject = { kind: 'connect', machine: id, mac: mac ?? '', to } as const
      const waits = SWITCH_STEPS.address
      return begin(store, { subject, title: '', steps: [SWITCH_STEPS.plug, waits] }, async (progress) => {
        if (stubborn.includes(found.name)) {
          throw new PatchbayError({ code: 'libvirt-error', message: `${found.name} sticks.` })
        }
        const moved = plugged(found.name, live ? to : null, to)
        store.dispatch({ type: 'machine', id, machine: moved })
        progress.step(SWITCH_STEPS.plug, 'done')
        // Nobody gives an address: whoever waits for the whole move would wait for ever.
        return new Promise(() => undefined)
      })
    })
  const opened = {
    computer: 'this' as const,
    store,
    libvirt: { refresh: () => Promise.resolve() },
    refreshHost: () => Promise.resolve(),
    refreshRecords: () => Promise.resolve(),
  }
  // Only what an undo uses of it.
  const changes = new HostChanges(opened as never, host.parts.runHelper(), connectAll)
  const undo = () => changes.undoBridge({ bridge: 'br0', moveTo: { kind: 'attachment', attachment: nat } })
  const where = (): unknown =>
    store.current.machines.map(({ name, nics }) => [name, (nics[0]?.live ?? nics[0]?.saved)?.type])
  const helperAsked = () => expect.poll(() => host.requests.length).toBe(1)
  return { host, store, changes, asked, undo, where, helperAsked }
}

describe('undoing a bridge with machines on it', () => {
  it('moves them first, running ones at once, and tells so as its first step', async () => {
    const { host, store, undo, where, asked, helperAsked } = desk([plugged('db', null), plugged('web', br0)])
    const id = undo()
    expect(store.current.operations.find((one) => one.id === id)?.steps.map(({ name }) => name)).toEqual([
      'Move db, web to the network default',
      'Get permission',
    ])
    await helperAsked()
    expect([where(), asked]).toEqual([
      [
        ['db', 'network'],
        ['web', 'network'],
      ],
      ['db network saved only', 'web network'],
    ])
    host.end({ event: 'committed', transaction: ID, gapMs: null })
    expect((await ended(store, id)).status.state).toBe('done')
    expect(asked).toHaveLength(2)
  })

  it('has them go back when it is not undone after all, and says so', async () => {
    const { host, store, undo, where, asked, helperAsked } = desk([plugged('db', null), plugged('web', br0)])
    const id = undo()
    await helperAsked()
    host.end({ event: 'failed', failure: { code: 'not-permitted', message: 'Not allowed.' } })
    const { status } = await ended(store, id)
    expect(status).toMatchObject({
      failure: { code: 'not-permitted', message: 'Not allowed. db, web: plugged in again as before.' },
    })
    expect(where()).toEqual([
      ['db', 'bridge'],
      ['web', 'bridge'],
    ])
    expect(asked.slice(2)).toEqual(['db bridge saved only', 'web back'])
  })

  it('is not begun when one of them can’t be moved; the others are back', async () => {
    const { host, store, undo, where } = desk([plugged('web', br0), plugged('db', br0)], ['db'])
    const { status } = await ended(store, undo())
    expect(status).toMatchObject({ failure: { message: 'db sticks. Nothing else was changed.' } })
    expect(where()).toEqual([
      ['db', 'bridge'],
      ['web', 'bridge'],
    ])
    expect(host.requests).toEqual([])
  })

  it('is refused without a place to move them to, or to the bridge itself, with nothing moved', () => {
    const { changes, asked } = desk([plugged('web', br0)])
    const refusal = (moveTo: Attachment | null) => {
      try {
        const to = moveTo === null ? null : ({ kind: 'attachment', attachment: moveTo } as const)
        changes.undoBridge({ bridge: 'br0', moveTo: to })
        return null
      } catch (thrown) {
        return toFailure(thrown)
      }
    }
    expect(refusal(null)).toMatchObject({ code: 'refused', message: 'br0 is in use by web.' })
    expect(refusal(null)?.hint).not.toContain('patchbay')
    expect(refusal(br0)).toMatchObject({ code: 'usage', field: 'moveTo' })
    expect(asked).toEqual([])
  })
})
