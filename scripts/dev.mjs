// npm run dev: the window over a sample World, in any browser; what is changed in renderer/ or shared/ shows at once. Needs
// neither libvirt nor Electron nor root. Ends with Ctrl+C.
import { join } from 'node:path'
import { checkNode, ensureModules } from './modules.mjs'
import { main, root, Stop } from './process.mjs'

const HARNESS = 'test/renderer-harness'

async function dev() {
  checkNode()
  await ensureModules()
  const { createServer } = await import('vite')
  const server = await createServer({
    configFile: join(root, HARNESS, 'vite.config.ts'),
    // The page takes files of the whole checkout.
    root,
    optimizeDeps: { entries: [`${HARNESS}/index.html`] },
    // Only this computer may ask.
    server: { host: '127.0.0.1', watch: { ignored: ['**/out/**', '**/test-results/**'] } },
  })
  await server.listen()
  const [address] = server.resolvedUrls?.local ?? []
  if (address === undefined) throw new Stop('The window could not be served: there is no address for it.')
  console.log(`The window over a sample World: ${address}${HARNESS}/`)
  console.log(`Other scenes and languages: ?scene=nobridge, ?lang=es, … (see ${HARNESS}/fake.ts)`)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void server.close())
}

await main(dev)
