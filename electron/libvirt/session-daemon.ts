import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { PatchbayError } from '../../shared/failure'
import type { Env } from './endpoint'
import { say } from '../../shared/phrases/phrase'

/** Newer libvirt's daemon first, as its clients have it. */
const DAEMONS = ['virtqemud', 'libvirtd']
/** Daemons are no commands for people, so they are seldom in the search path. */
const FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/sbin']
/** It ends by itself that long after its last client, as one that libvirt's clients start (virNetSocketForkDaemon). */
const IDLE_TIMEOUT_S = 120
const START_TIMEOUT_MS = 30_000

/** What a user's daemon needs to know of the session (virNetSocketForkDaemon, virCommandAddEnvPassCommon). */
const PASSED = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'TMPDIR'],
  ...['XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'],
]

/**
 * Starts the user's own libvirt daemon; resolves when it accepts connections, which is when its first process ends
 * (src/remote/remote_daemon.c, daemonForkIntoBackground).
 * @throws PatchbayError `libvirt-unreachable`
 */
export function startSessionDaemon(env: Env): Promise<void> {
  const daemon = findDaemon(env)
  if (daemon === null) return Promise.reject(notInstalled())
  return new Promise((resolve, reject) => {
    const child = spawn(daemon, ['--daemon', `--timeout=${IDLE_TIMEOUT_S}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: Object.fromEntries(PASSED.map((name) => [name, env[name]])),
      timeout: START_TIMEOUT_MS,
    })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)))
    child.once('error', (error) => reject(notStarted(daemon, error.message)))
    child.once('exit', (code, signal) => {
      child.stderr.destroy()
      if (code === 0) resolve()
      else reject(notStarted(daemon, `${said.trim()} (${signal ?? `exit code ${code}`})`.trim()))
    })
  })
}

function findDaemon(env: Env): string | null {
  const folders = [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...FOLDERS]
  const places = DAEMONS.flatMap((name) => folders.map((folder) => join(folder, name)))
  return places.find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const notInstalled = (): PatchbayError =>
  new PatchbayError({
    code: 'libvirt-unreachable',
    message: say('no-libvirt-daemon-on-computer'),
    hint: say('install-debian-ubuntu-libvirt-daemon'),
  })

const notStarted = (daemon: string, detail: string): PatchbayError =>
  new PatchbayError({
    code: 'libvirt-unreachable',
    message: say('session-libvirt-daemon-does'),
    hint: say('start-hand-to-see-why', { daemon }),
    detail,
  })
