// npm run check: what needs no lab and no root. Runs every part even when one fails, and names those that failed.
import { checkNode, ensureModules } from './modules.mjs'
import { main, run, say } from './process.mjs'

const PARTS = ['lint', 'types', 'layers', 'unit']

async function check() {
  checkNode()
  await ensureModules()
  const failed = []
  for (const part of PARTS) {
    console.log(`\n── ${part}`)
    const { code } = await run('npm', ['run', '--silent', part])
    if (code !== 0) failed.push(part)
  }
  if (failed.length === 0) say(`all is well: ${PARTS.join(', ')}`)
  else say(`failed: ${failed.join(', ')}. Once more by itself: npm run ${failed[0]}`)
  return failed.length === 0 ? 0 : 1
}

await main(check)
