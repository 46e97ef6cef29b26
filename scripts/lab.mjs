// The practice lab's own packages and images; test/lab knows what they are.
import { run, say, Stop } from './process.mjs'

/** Installs what the lab needs and builds what it is made of, where that is not done yet. Needs root. */
export async function ensureLab() {
  say('preparing the practice lab; the first time this takes some minutes')
  for (const words of [['doctor', '--fix'], ['build']]) {
    const args = ['scripts/run-ts.mjs', 'test/lab/cli.ts', ...words]
    const { code, output } = await run(process.execPath, args, { quiet: true })
    if (code !== 0) throw new Stop(`“npm run lab -- ${words.join(' ')}” failed (${code}).\n${output}`)
  }
}
