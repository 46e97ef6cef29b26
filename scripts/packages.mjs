// System packages that Patchbay needs, by distribution: which are missing, and the command that installs them.
import { existsSync, readFileSync } from 'node:fs'
import { hasProgram, isRoot, run, runOrStop, say, Stop } from './process.mjs'

/** What Electron links against, each with a file that shows it is there (`*` stands for the library folder). */
const ELECTRON = [
  { library: 'libgtk-3.so.0', apt: 'libgtk-3-0', dnf: 'gtk3', pacman: 'gtk3' },
  { library: 'libnss3.so', apt: 'libnss3', dnf: 'nss', pacman: 'nss' },
  { library: 'libasound.so.2', apt: 'libasound2', dnf: 'alsa-lib', pacman: 'alsa-lib' },
  { library: 'libgbm.so.1', apt: 'libgbm1', dnf: 'mesa-libgbm', pacman: 'mesa' },
  { library: 'libXss.so.1', apt: 'libxss1', dnf: 'libXScrnSaver', pacman: 'libxss' },
  {
    library: 'libatk-bridge-2.0.so.0',
    apt: 'libatk-bridge2.0-0',
    dnf: 'at-spi2-atk',
    pacman: 'at-spi2-core',
  },
]

/** A screen for machines without one. */
const XVFB = [
  { program: 'Xvfb', apt: 'xvfb', dnf: 'xorg-x11-server-Xvfb', pacman: 'xorg-server-xvfb' },
  { program: 'xauth', apt: 'xauth', dnf: 'xorg-x11-xauth', pacman: 'xorg-xauth' },
]

/** `electron` on a desktop, `screen` where there is none. What the lab needs, the lab itself knows. */
export const NEEDS = { electron: ELECTRON, screen: [...ELECTRON, ...XVFB] }

const LIBRARY_FOLDERS = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/lib',
]

const isThere = (need) =>
  need.library === undefined
    ? hasProgram(need.program)
    : LIBRARY_FOLDERS.some((folder) => existsSync(`${folder}/${need.library}`))

/** How this distribution installs packages; apt where nothing else is known. */
function installer() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  const ids = /^ID(?:_LIKE)?=(.*)$/gm
  const words = [...release.matchAll(ids)].map((match) => match[1]).join(' ')
  if (/fedora|rhel/.test(words)) return { key: 'dnf', command: ['dnf', 'install', '-y'] }
  if (/arch/.test(words)) return { key: 'pacman', command: ['pacman', '-S', '--needed', '--noconfirm'] }
  return { key: 'apt', command: ['apt-get', 'install', '-y', '--no-install-recommends'] }
}

/**
 * Debian 13 and Ubuntu 24.04 renamed libraries at the change to 64-bit time (`libgtk-3-0t64`);
 * the old name is then virtual and cannot be installed.
 */
async function aptName(name) {
  const { output } = await run('apt-cache', ['policy', `${name}t64`], { quiet: true })
  return /Candidate: (?!\(none\))\S/.test(output) ? `${name}t64` : name
}

async function names(needs, key) {
  const plain = [...new Set(needs.map((need) => need[key]))]
  return key === 'apt'
    ? Promise.all(plain.map((name) => (name.startsWith('lib') ? aptName(name) : name)))
    : plain
}

/**
 * Makes sure that what is needed is installed. As root with `install` it installs through the distribution's own
 * package manager; otherwise it stops and names the exact command.
 * @param {{ library?: string, program?: string, apt: string, dnf: string, pacman: string }[]} needs
 * @param {{ install: boolean }} options
 */
export async function ensurePackages(needs, { install }) {
  const missing = needs.filter((need) => !isThere(need))
  if (missing.length === 0) return
  const { key, command } = installer()
  if (!install || !isRoot()) {
    const list = (await names(missing, key)).join(' ')
    throw new Stop(`Packages are missing. Install them with:\n  sudo ${command.join(' ')} ${list}`)
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  if (key === 'apt') await runOrStop('apt-get', ['update', '-qq'], { quiet: true, env })
  const list = await names(missing, key)
  say(`installing ${list.join(' ')}`)
  await runOrStop(command[0], [...command.slice(1), ...list], { quiet: true, env })
}
