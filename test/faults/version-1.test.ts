import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type Lab, startFastLab } from '../lab'
import { createBridge, ending, planned, startUndoing, stepSeen, transactionsIn } from '../lab/bridge-driver'
import { hostState } from '../lab/host-state'

interface Record2 {
  nic: string
  bridge: string
  mac: string
  lease: unknown
  own: object
  armed: string | null
  before: { routes: { family: number; to: string; via: string | null }[] }
}

/** Makes a transaction one of Patchbay 0.1, which knew neither times of files nor the bridge's side of them. */
function makeOld(lab: Lab, id: string): void {
  const folder = lab.path(`/var/lib/patchbay/transactions/${id}/snapshot`)
  const read = (name: string): unknown => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))
  const write = (name: string, data: unknown): void =>
    writeFileSync(`${folder}/${name}`, `${JSON.stringify(data, null, 2)}\n`)
  const { nic, bridge, mac, lease, own, armed, before } = read('record.json') as Record2
  write('record.json', {
    backend: 'networkmanager',
    change: { nic, bridge, mac, ...own, lease },
    armed,
    before: { ...before, routes: before.routes.map(({ family, to, via }) => ({ family, to, via })) },
  })
  const files = read('files.json') as Record<string, unknown>[]
  write(
    'files.json',
    files.map(({ modified: _, ...file }) => file),
  )
  const newer = readdirSync(folder).filter((name) => /^(after|reserve|rollback)/.test(name))
  for (const name of newer) rmSync(`${folder}/${name}`, { recursive: true })
}

it('a bridge that Patchbay 0.1 has made is undone, also after an undo that was taken back', async () => {
  const lab = await startFastLab({ libvirt: false })
  try {
    const before = await hostState(lab)
    const id = await createBridge(lab)
    makeOld(lab, id)
    const made = await hostState(lab)

    const first = startUndoing(lab, id, { confirm: 'ask' })
    await stepSeen(first, 'confirm', 'running')
    first.say({ control: 'revert' })
    expect((await ending(first)).event).toMatchObject({ event: 'rolled-back' })
    expect(await hostState(lab)).toEqual(made)
    expect(await transactionsIn(lab)).toMatchObject([{ id, state: 'committed' }])

    expect((await ending(startUndoing(lab, id))).event).toMatchObject({ event: 'committed' })
    expect(await hostState(lab)).toEqual(before)
    // And a new one can be made.
    expect((await planned(lab)).bridge).toBe('br0')
  } finally {
    await lab.close()
  }
})
