import { fileURLToPath } from 'node:url'
import type { Lab } from '../lab/index'

const cli = fileURLToPath(new URL('../../out/cli/patchbay.cjs', import.meta.url))

/** Runs the built command line in the lab as root and gives back the JSON document it printed. */
export async function patchbay(lab: Lab, argv: readonly string[]): Promise<unknown> {
  const { stdout } = await lab.exec([process.execPath, cli, ...argv], { timeoutMs: 120_000 })
  return JSON.parse(stdout)
}
