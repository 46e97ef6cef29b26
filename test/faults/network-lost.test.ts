import { describe, expect, it } from 'vitest'
import { type Lab, startFastLab } from '../lab'
import {
  createBridge,
  ending,
  planned,
  startCreating,
  startUndoing,
  stepSeen,
  transactionsIn,
} from '../lab/bridge-driver'
import { hostState } from '../lab/host-state'

const rolledBack: unknown = expect.objectContaining({ event: 'rolled-back' })

describe('the network fails during the change', () => {
  it.concurrent('the gateway falls silent: exit code 4, and the host is as before', () =>
    inLab(async (lab) => {
      const before = await hostState(lab)
      const run = startCreating(lab, await planned(lab), { timeoutSeconds: 10 })
      await stepSeen(run, 'arm', 'done')
      await lab.routerSilent()
      const { code, event } = await ending(run)

      expect([code, event]).toEqual([4, rolledBack])
      expect(event).toMatchObject({ failure: { code: 'rolled-back' } })
      expect(JSON.stringify(event)).toContain(`${lab.router.address} does not answer`)
      expect(await hostState(lab)).toEqual(before)
      expect(await transactionsIn(lab)).toMatchObject([{ state: 'rolled-back', added: [] }])
    }),
  )

  it.concurrent(
    'DHCP stops answering: rolled back, and the host still has its address and reaches its gateway',
    () =>
      inLab(async (lab) => {
        const before = await hostState(lab)
        const plan = await planned(lab)
        await lab.dhcpOff()
        const { code, event } = await ending(startCreating(lab, plan, { timeoutSeconds: 10 }))

        expect([code, event]).toEqual([4, rolledBack])
        // The lease is no fixed address now: it ends when it would have.
        expect(await hostState(lab)).toEqual(before)
        expect((await lab.exec(['ping', '-c1', '-W1', lab.router.address])).code).toBe(0)
      }),
  )

  it.concurrent('DHCP stops answering during undo: the bridge works on, with its address', () =>
    inLab(async (lab) => {
      const transaction = await createBridge(lab)
      const before = await hostState(lab)
      await lab.dhcpOff()
      const { code, event } = await ending(startUndoing(lab, transaction, { timeoutSeconds: 10 }))

      expect([code, event]).toEqual([4, rolledBack])
      expect(await hostState(lab)).toEqual(before)
      expect((await lab.exec(['ping', '-c1', '-W1', lab.router.address])).code).toBe(0)
      expect(await transactionsIn(lab)).toMatchObject([{ state: 'committed' }])
    }),
  )

  it.concurrent('the cable is pulled: rolled back, and the network works once it is plugged in again', () =>
    inLab(async (lab) => {
      const before = await hostState(lab)
      const run = startCreating(lab, await planned(lab), { timeoutSeconds: 10 })
      await stepSeen(run, 'apply', 'running')
      await lab.cutCable()
      const plug = stepSeen(run, 'roll-back', 'running').then(() => lab.plugCable())
      const { code, event } = await ending(run)
      await plug

      expect([code, event]).toEqual([4, rolledBack])
      expect(await hostState(lab)).toEqual(before)
    }),
  )
})

async function inLab(test: (lab: Lab) => Promise<void>): Promise<void> {
  const lab = await startFastLab({ libvirt: false })
  try {
    await test(lab)
  } finally {
    await lab.close()
  }
}
