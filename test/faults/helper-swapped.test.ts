import { copyFileSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { startFullLab } from '../lab'
import { ending, HELPER, planned, startHelper, stepSeen } from '../lab/bridge-driver'
import { hostState } from '../lab/host-state'

const UNITS = '/etc/systemd/system'
const WANTED = `${UNITS}/sysinit.target.wants/patchbay-recover.service`

it('a helper that is swapped while it works: the safety nets start what the user was asked about', async () => {
  const lab = await startFullLab({ setup: 'unmanaged' })
  try {
    const before = await hostState(lab)
    const { nic, bridge, hostHash } = await planned(lab)
    const script = '/srv/helper.cjs'
    copyFileSync(HELPER, lab.path(script))
    // Somebody else's link lies where the boot would look for the unit.
    mkdirSync(lab.path(`${UNITS}/sysinit.target.wants`), { recursive: true })
    symlinkSync('/dev/null', lab.path(WANTED))

    const intent = { kind: 'create-bridge', nic, bridge }
    const request = { version: 1, confirm: 'ask', timeoutSeconds: 30, intent, hostHash }
    const run = startHelper(lab, 'apply', request, [], script)
    await stepSeen(run, 'look', 'running')
    writeFileSync(lab.path(script), 'require("fs").writeFileSync("/srv/owned", "")\n')
    await stepSeen(run, 'arm', 'done')

    expect(readFileSync(lab.path('/var/lib/patchbay/helper.cjs')).equals(readFileSync(HELPER))).toBe(true)
    const { stdout } = await lab.exec(['cat', WANTED])
    expect(stdout).toContain('ExecStart=')
    run.say({ control: 'revert' })
    expect((await ending(run)).event).toMatchObject({ event: 'rolled-back' })
    expect(await hostState(lab)).toEqual(before)
    expect(lstatSync(lab.path(WANTED), { throwIfNoEntry: false })).toBeUndefined()
  } finally {
    await lab.close()
  }
})
