import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { build } from '../../scripts/build.mjs'
import { startFastLab } from '../lab'
import { until } from '../lab/bridge-driver'
import { hostState } from '../lab/host-state'

/** The shortest time there is, in seconds. */
const ARMED = 10
const CLI = join(import.meta.dirname, '../../out/cli/patchbay.cjs')

it('the app and the helper are killed together: the host is as before within the armed time', async () => {
  await build()
  const lab = await startFastLab({ libvirt: false })
  try {
    const before = await hostState(lab)
    const argv = [process.execPath, CLI, 'bridge', 'create', '--timeout', String(ARMED), '--confirm', 'auto']
    const app = lab.spawn(argv, { stdio: ['pipe', 'ignore', 'pipe'] })
    if (app.stderr === null) throw new Error('the command line was started without a pipe')
    for await (const line of createInterface({ input: app.stderr })) {
      if (!line.startsWith('… Make the bridge')) continue
      // The workstation's own process numbers; both in one go, so that neither sees the other die. The oldest of each
      // name: a command that is being started carries the helper's name until it runs.
      const oldest = async (pattern: string): Promise<string> =>
        (await lab.exec(['pgrep', '--oldest', '--full', pattern])).stdout.trim()
      const pids = [await oldest('patchbay[.]cjs'), await oldest('helper[.]cjs')]
      expect(new Set(pids).size).toBeGreaterThan(1)
      await lab.exec(['kill', '-KILL', ...pids])
      break
    }
    await until('the host is as before', (ARMED + 5) * 1000, async () => {
      return JSON.stringify(await hostState(lab)) === JSON.stringify(before)
    })
    expect(await lab.lanHost.ping(/enp3s0 ([\d.]+)\//.exec(before.addresses.join('\n'))?.[1] ?? '')).toBe(
      true,
    )
  } finally {
    await lab.close()
  }
}, 60_000)
