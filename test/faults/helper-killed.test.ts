import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { startFastLab } from '../lab'
import {
  createBridge,
  type HelperRun,
  planned,
  startCreating,
  startHelper,
  startUndoing,
  stepSeen,
  transactionsIn,
  until,
} from '../lab/bridge-driver'
import { hostState } from '../lab/host-state'

/** The shortest time there is, in seconds. */
const ARMED = 10

const moments: Record<string, (run: HelperRun) => Promise<unknown>> = {
  'before it is armed': (run) => stepSeen(run, 'snapshot', 'running'),
  'once it is armed': (run) => stepSeen(run, 'arm', 'done'),
  '60 ms into the change': async (run) => {
    await stepSeen(run, 'apply', 'running')
    await sleep(60)
  },
  '150 ms into the change': async (run) => {
    await stepSeen(run, 'apply', 'running')
    await sleep(150)
  },
  'while it waits for the user': (run) => stepSeen(run, 'confirm', 'running'),
}

describe('the helper is killed with SIGKILL', () => {
  it.concurrent.each(Object.keys(moments))(
    '%s: the host is as before within the armed time, by itself',
    async (moment) => {
      const lab = await startFastLab({ libvirt: false })
      try {
        const before = await hostState(lab)
        const plan = await planned(lab)
        const run = startCreating(lab, plan, { confirm: 'ask', timeoutSeconds: ARMED })
        await moments[moment]?.(run)
        run.child.kill('SIGKILL')
        await run.ended

        await until('the host is as before', (ARMED + 5) * 1000, async () => {
          const now = await hostState(lab)
          return JSON.stringify(now) === JSON.stringify(before)
        })
        // It stays so: nothing pending takes effect later.
        await until('no checkpoint is left', ARMED * 1000, async () => {
          const { stdout } = await lab.exec(['busctl', '--json=short', 'get-property', ...checkpoints])
          return stdout.includes('"data":[]')
        })
        expect(await hostState(lab)).toEqual(before)
        expect(await lab.lanHost.ping(addressOf(before.addresses))).toBe(true)

        const recovery = startHelper(lab, 'rollback', { version: 1 })
        expect(await recovery.ended).toBe(0)
        expect((await transactionsIn(lab)).map(({ state }) => state)).not.toContain('armed')
        expect(await hostState(lab)).toEqual(before)
      } finally {
        await lab.close()
      }
    },
    60_000,
  )
})

it.concurrent(
  'the helper is killed while it undoes: the bridge is back within the armed time',
  async () => {
    const lab = await startFastLab({ libvirt: false })
    try {
      const transaction = await createBridge(lab)
      const before = await hostState(lab)
      const run = startUndoing(lab, transaction, { confirm: 'ask', timeoutSeconds: ARMED })
      await stepSeen(run, 'confirm', 'running')
      run.child.kill('SIGKILL')
      await run.ended
      await until('the bridge is back', (ARMED + 5) * 1000, async () => {
        return JSON.stringify(await hostState(lab)) === JSON.stringify(before)
      })
      expect(await transactionsIn(lab)).toMatchObject([{ state: 'committed' }])
    } finally {
      await lab.close()
    }
  },
  60_000,
)

const checkpoints = [
  'org.freedesktop.NetworkManager',
  '/org/freedesktop/NetworkManager',
  'org.freedesktop.NetworkManager',
  'Checkpoints',
]

const addressOf = (addresses: readonly string[]): string =>
  /enp3s0 ([\d.]+)\//.exec(addresses.join('\n'))?.[1] ?? ''
