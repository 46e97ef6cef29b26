import { app } from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArguments } from './app/arguments'
import { endWith, reportCrashes } from './app/crash'
import { denyPermissions, harden } from './app/hardening'
import { instanceFolder, type Wakeup } from './app/instance'
import { setMenu } from './app/menu'
import { registerScheme, serveRenderer } from './app/protocol'
import { openShell } from './app/shell'
import { openServices } from './services/services'

const outFolder = join(__dirname, '..')
const { uri, hidden } = parseArguments(process.argv.slice(1), process.env)

/** Must run before the app is ready. */
function claimConnection(): boolean {
  const folder = instanceFolder(uri)
  if (folder !== null) {
    const settings = join(app.getPath('userData'), 'connections', folder)
    mkdirSync(settings, { recursive: true, mode: 0o700 })
    app.setPath('userData', settings)
  }
  return app.requestSingleInstanceLock({ hidden } satisfies Wakeup)
}

async function start(): Promise<void> {
  await app.whenReady()
  denyPermissions()
  serveRenderer(join(outFolder, 'renderer'))
  setMenu()
  const services = await openServices({ uri, helper: join(outFolder, 'helper/helper.cjs') })
  openShell(services, { outFolder, hidden })
}

reportCrashes()
harden()
registerScheme()
if (claimConnection()) start().catch(endWith)
// Nothing is open yet that would have to be closed in order.
else app.exit(0)
