import { existsSync } from 'node:fs'
import { PatchbayError } from '../../shared/failure'
import type { HelperVerb } from '../../shared/helper/protocol'
import { NO_INSPECTOR } from '../system/no-inspector'
import { weakSpotOf } from '../system/roots-own'
import { say } from '../../shared/phrases/phrase'

/** The bundled helper and the runtime that runs it. */
export interface HelperCommand {
  /** Absolute path of Node, or of Electron, which then runs in its Node mode. */
  runtime: string
  electron: boolean
  /** Absolute path of helper.cjs. */
  file: string
}

/** The helper as run by the runtime of this process. @throws PatchbayError when its file is not there */
export function helperCommand(file: string): HelperCommand {
  if (!existsSync(file)) {
    throw new PatchbayError({
      code: 'internal',
      message: say('helper-changes-host-network-missing'),
      hint: say('install-patchbay-again-in-checkout'),
      detail: file,
    })
  }
  return { runtime: process.execPath, electron: 'electron' in process.versions, file }
}

/** A command line, never seen by a shell. */
export interface CommandLine {
  argv: readonly [string, ...string[]]
  env: Record<string, string>
  /** False for root, who is asked nothing. */
  prompts: boolean
}

/** Installed by packages, named by the polkit policy with its own message. */
export const INSTALLED_WRAPPER = '/usr/lib/patchbay/patchbay-helper'

/**
 * Between pkexec and the helper: a process that makes another one, in a session of its own. Signals that wait are handed on over
 * execve(2), and by pkexec as well, but not over fork(2), and SIGUSR1 would open Node's inspector, in root's process, to everybody
 * on this computer. Nor does a key in the terminal then stop the helper. Of util-linux.
 */
const APART = ['/usr/bin/setsid', '--fork', '--wait'] as const

/**
 * How to start the helper as root: directly when this process is root, else through `pkexec`, by the installed wrapper
 * where there is one. pkexec empties the environment, so what the runtime has to find there is set by env(1).
 */
export function elevate(
  command: HelperCommand,
  verb: HelperVerb,
  {
    isRoot = process.getuid?.() === 0,
    wrapper = trustedWrapper(),
    flags = process.allowedNodeEnvironmentFlags.has(NO_INSPECTOR) ? [NO_INSPECTOR] : [],
  }: { isRoot?: boolean; wrapper?: string | null; flags?: readonly string[] } = {},
): CommandLine {
  const { runtime, electron, file } = command
  const start = [runtime, ...flags, file, verb] as const
  // Where Node was built to read OpenSSL's configuration from may be a folder of anybody's.
  const env = { OPENSSL_CONF: '/dev/null', ...(electron && { ELECTRON_RUN_AS_NODE: '1' }) }
  if (isRoot) return { argv: start, env, prompts: false }
  const desktop = desktopEnvironment()
  if (wrapper !== null) return { argv: ['pkexec', wrapper, verb], env: desktop, prompts: true }
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  return {
    argv: ['pkexec', ...APART, '/usr/bin/env', ...variables, ...start],
    env: desktop,
    prompts: true,
  }
}

/** The installed wrapper, when nobody but root can have put it there. */
export const trustedWrapper = (path = INSTALLED_WRAPPER): string | null =>
  weakSpotOf(path) === null ? path : null

/** What pkexec needs to find the user's session and its agent; the helper sees none of it. */
function desktopEnvironment(): Record<string, string> {
  const names = [
    'PATH',
    'HOME',
    'USER',
    'LANG',
    'TERM',
    'DISPLAY',
    'WAYLAND_DISPLAY',
    'XAUTHORITY',
    'XDG_RUNTIME_DIR',
    'XDG_SESSION_ID',
    'DBUS_SESSION_BUS_ADDRESS',
    'DBUS_SYSTEM_BUS_ADDRESS',
  ]
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}
