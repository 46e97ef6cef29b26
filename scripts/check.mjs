// npm run check: all that needs neither root nor a screen – lint, types, dependency rules, unit tests. Ends with which of them failed.
import { ensureModules } from './modules.mjs'
import { main, run } from './process.mjs'

const STAGES = ['lint', 'types', 'layers', 'unit']

await main(async () => {
  await ensureModules()
  const failed = []
  for (const name of STAGES) {
    console.log(`── ${name}`)
    const { code } = await run('npm', ['run', '--silent', name])
    if (code !== 0) failed.push(name)
  }
  console.log(failed.length === 0 ? 'All is well.' : `Failed: ${failed.join(', ')}`)
  return failed.length
})
