import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import type { Failure } from '../../shared/failure'
import type { BridgePlan } from '../../shared/helper/plan'
import type { Machine } from '../../shared/world/world'
import type { Exec } from './command'
import type { Lab } from './types'

const CHECKOUT = join(import.meta.dirname, '../..')
/** The command line of the build, with the runtime that runs it. */
export const PATCHBAY = [process.execPath, join(CHECKOUT, 'out/cli/patchbay.cjs')] as const

/** Builds what the tests run, unless the build is that of the sources. */
export async function buildPatchbay(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(CHECKOUT, 'scripts/build.mjs')])
}

/** Runs the command line on the workstation, as root. */
export const patchbay = (lab: Lab, ...words: string[]): Promise<Exec> =>
  lab.exec([...PATCHBAY, ...words], { check: false, timeoutMs: 90_000 })

/** The parts of `--json` documents that tests look at. */
export interface Document {
  ok: boolean
  failure?: Failure
  machines?: Machine[]
  network?: { leases: { mac: string; ip: string }[] }
  summary?: string
  result?: {
    kind: string
    live?: boolean
    address?: { ip: string; source: string } | null
    transaction?: string
  }
  host?: { uplink: { nic: string } | null; bridge: string | null }
  libvirt?: { state: string }
  transactions?: { id: string; state: string }[]
  plan?: BridgePlan
}

/** The same with `--json`. @throws Error when the document contradicts the exit code */
export async function document(
  lab: Lab,
  ...words: string[]
): Promise<{ code: number; doc: Document; stderr: string }> {
  const { code, stdout, stderr } = await patchbay(lab, ...words, '--json')
  const doc = JSON.parse(stdout) as Document
  if (doc.ok !== (code === 0)) throw new Error(`exit code ${code} with ${stdout}`)
  return { code, doc, stderr }
}

/**
 * Runs `bridge create`, and does something once it has told of a step.
 * @param act gets the number of the process, as it is known on the workstation
 * @returns the exit code
 */
export async function createBridgeAnd(
  lab: Lab,
  step: string,
  act: (pid: string) => Promise<void>,
): Promise<number | null> {
  const command = 'echo $$ >&2; exec "$@"'
  const argv = ['sh', '-c', command, 'sh', ...PATCHBAY, 'bridge', 'create', '--timeout', '15']
  const child = lab.spawn(argv, { stdio: ['ignore', 'ignore', 'pipe'] })
  const code = new Promise<number | null>((resolve) => child.on('close', resolve))
  if (child.stderr === null) throw new Error('the command was started without pipes')
  let pid: string | null = null
  let told = false
  for await (const line of createInterface({ input: child.stderr })) {
    pid ??= line
    if (told || !line.includes(step)) continue
    told = true
    await act(pid)
  }
  return code
}
