import { fileURLToPath } from 'node:url'
import { startFastLab, type Lab } from '../lab/index'
import { defineInventory, MACHINES, NETWORKS, uriOf } from './inventory'
import { completeWorld } from './opened'
import { missingPythonPeer, PYTHON } from './python-peer'
import { median, ratioOf, spread, type Row } from './row'

const RUNS = 7
const PEER = fileURLToPath(new URL('list_with_python.py', import.meta.url))

/** From nothing to the full World, connecting included: Patchbay, python3-libvirt where it can be had, and virsh in turns. */
export async function fastestListing(): Promise<Row[]> {
  const lab = await startFastLab({ networkManager: false })
  try {
    const missing = await missingPythonPeer(lab)
    if (missing !== null) console.error(missing)
    await defineInventory(lab)
    const ours: number[] = []
    const python: number[] = []
    const virsh: number[] = []
    for (let run = 0; run <= RUNS; run++) {
      const times = [
        await timed(() => listWithPatchbay(lab)),
        missing === null ? await listWithPython(lab) : Number.NaN,
        await listWithVirsh(lab),
      ]
      // The first round warms everybody up, the daemon included.
      if (run === 0) continue
      for (const [index, list] of [ours, python, virsh].entries()) list.push(times[index] ?? Number.NaN)
    }
    const what = `full World of ${MACHINES} machines and ${NETWORKS} networks, connecting included (${RUNS} runs)`
    return [
      ...(missing === null ? [row(`${what}; peer: python3-libvirt`, ours, python)] : []),
      row(`${what}; peer: virsh`, ours, virsh),
    ]
  } finally {
    await lab.close()
  }
}

const row = (what: string, ours: readonly number[], theirs: readonly number[]): Row => ({
  what,
  patchbay: spread(ours),
  peer: spread(theirs),
  ratio: ratioOf(median(ours), median(theirs)),
  goal: '0.5 or below',
})

async function listWithPatchbay(lab: Lab): Promise<void> {
  const { store } = await completeWorld(uriOf(lab), false)
  const { machines, networks } = store.current
  if (machines.length !== MACHINES || networks.length !== NETWORKS + 1)
    throw new Error('Patchbay lists something else')
  await store.close()
}

/** The time is taken in the peer’s own process, after its imports. */
async function listWithPython(lab: Lab): Promise<number> {
  const { stdout } = await lab.exec([PYTHON, PEER, 'qemu:///system', '1'])
  const [machines, networks, time] = stdout.trim().split(' ').map(Number)
  if (machines !== MACHINES || networks !== NETWORKS + 1 || time === undefined) {
    throw new Error(`python3-libvirt listed something else: ${stdout}`)
  }
  return time
}

/** One process for everything, as its batch mode allows; its names are listed before the clock starts. */
async function listWithVirsh(lab: Lab): Promise<number> {
  const names = async (...words: string[]): Promise<string[]> =>
    (await lab.exec(['virsh', '-q', ...words, '--name'])).stdout.split('\n').filter(Boolean)
  const machines = await names('list', '--all')
  const networks = await names('net-list', '--all')
  const commands = [
    ...['list --all', 'net-list --all'],
    ...machines.flatMap((name) => [`dominfo ${name}`, `dumpxml ${name}`]),
    ...networks.flatMap((name) => [`net-info ${name}`, `net-dumpxml ${name}`]),
    'net-dhcp-leases default',
  ]
  let output = ''
  const time = await timed(async () => {
    const input = `${commands.join('\n')}\n`
    output = (await lab.exec(['virsh', '-q'], { input, timeoutMs: 120_000 })).stdout
  })
  const found = output.match(/<\/(domain|network)>/g)?.length
  if (found !== MACHINES + NETWORKS + 1) throw new Error(`virsh listed something else: ${found ?? 0}`)
  return time
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await action()
  return performance.now() - start
}
