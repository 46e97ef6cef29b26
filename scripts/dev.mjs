// npm run dev: the window in a browser, over a sample World, drawn anew at every change of its source. Needs neither root, libvirt nor
// Electron. Scenes and more are chosen in the address: see test/renderer-harness/fake.ts.
import { fileURLToPath } from 'node:url'
import { ensureModules } from './modules.mjs'
import { main, say } from './process.mjs'

await main(async () => {
  await ensureModules()
  const { createServer } = await import('vite')
  const server = await createServer({
    configFile: fileURLToPath(new URL('../test/renderer-harness/vite.config.ts', import.meta.url)),
    server: { host: '127.0.0.1' },
  })
  await server.listen()
  server.printUrls()
  say('other scenes: add ?scene=nobridge, ?scene=long&lang=es, … to the address')
})
