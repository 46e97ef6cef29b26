// npm start: sets everything up and opens the app; without a display it shows the main job in the practice lab.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from './build.mjs'
import { electronPath, warnOfSubstitute } from './electron-runtime.mjs'
import { ensureLab } from './lab.mjs'
import { checkNode, ensureModules } from './modules.mjs'
import { ensurePackages, NEEDS } from './packages.mjs'
import { foreground, isRoot, main, root, say, Stop } from './process.mjs'

const USAGE = `npm start                     sets Patchbay up and opens it on this computer's libvirt
npm start -- --lab            opens it in the practice lab, where nothing of the real network is touched (root)
npm start -- --connect URI    opens it on another local libvirt, for instance qemu:///session
npm start -- --hidden         starts it in the tray

Without a display it runs the main job in the practice lab through the real app: makes the bridge, moves a machine
to the LAN and back, and undoes the bridge (root).`

const hasDisplay = () => Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

async function start(args) {
  if (args.includes('--help')) {
    console.log(USAGE)
    return 0
  }
  checkNode()
  const inLab = args.includes('--lab') || !hasDisplay()
  if (inLab && !isRoot()) throw new Stop(needsRoot())
  await ensurePackages(hasDisplay() ? NEEDS.electron : NEEDS.screen, { install: true })
  await ensureModules()
  const electron = await electronPath()
  warnOfSubstitute(electron)
  await build()
  if (!inLab) return open(electron, args)
  await ensureLab()
  const rest = args.filter((arg) => arg !== '--lab')
  return hasDisplay() ? script('test/e2e/practice.ts', rest) : script('test/e2e/main-job.ts')
}

function needsRoot() {
  if (!hasDisplay()) {
    return (
      'There is no display, so Patchbay would show the main job in its practice lab. The lab is a container with a ' +
      'network of its own, which needs root:\n  sudo npm start'
    )
  }
  const keep = ['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY'].filter((name) => process.env[name]).join(',')
  return `The practice lab is a container with a network of its own, which needs root:\n  sudo --preserve-env=${keep} npm start -- --lab`
}

const script = (file, args = []) => foreground(process.execPath, ['scripts/run-ts.mjs', file, ...args])

function open(electron, args) {
  const unsafe = isRoot() ? ['--no-sandbox'] : []
  if (isRoot()) say('WARNING: running as root, where Chromium has no sandbox. Start Patchbay as yourself.')
  else checkSandbox(electron)
  return foreground(electron, [...unsafe, root, ...args])
}

/**
 * Ubuntu since 23.10 allows Chromium's sandbox to use user namespaces only for programs with an AppArmor profile;
 * its set-uid helper works everywhere.
 */
function checkSandbox(electron) {
  const setting = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns'
  if (!existsSync(setting) || readFileSync(setting, 'utf8').trim() !== '1') return
  const helper = join(dirname(electron), 'chrome-sandbox')
  const { uid, mode } = statSync(helper)
  const setUid = 0o4000
  if (uid === 0 && (mode & setUid) !== 0) return
  throw new Stop(
    `This system restricts user namespaces, so Chromium's sandbox needs its helper set up once:\n` +
      `  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  )
}

await main(() => start(process.argv.slice(2)))
