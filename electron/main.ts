import { app } from 'electron'
import { join } from 'node:path'
import { parseArguments } from './app/arguments'
import { endWith, reportCrashes } from './app/crash'
import { denyPermissions, harden } from './app/hardening'
import { setMenu } from './app/menu'
import { registerScheme, serveRenderer } from './app/protocol'
import { openShell } from './app/shell'
import { openServices } from './services/services'

const outFolder = join(__dirname, '..')

async function start(): Promise<void> {
  await app.whenReady()
  const { uri, hidden } = parseArguments(process.argv.slice(1), process.env)
  denyPermissions()
  serveRenderer(join(outFolder, 'renderer'))
  setMenu()
  const services = await openServices({ uri, helper: join(outFolder, 'helper/helper.cjs') })
  openShell(services, { outFolder, hidden })
}

reportCrashes()
harden()
registerScheme()
if (app.requestSingleInstanceLock()) start().catch(endWith)
else app.quit()
