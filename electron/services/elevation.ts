import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { PatchbayError } from '../../shared/failure'
import type { HelperVerb } from '../../shared/helper-protocol'

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
      message: 'The helper that changes the host’s network is missing.',
      hint: 'Install Patchbay again; in a checkout: npm run build',
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
 * How to start the helper as root: directly when this process is root, else through `pkexec`, by the installed wrapper
 * where there is one. pkexec empties the environment, so Electron's Node mode is set by env(1).
 */
export function elevate(
  command: HelperCommand,
  verb: HelperVerb,
  {
    isRoot = process.getuid?.() === 0,
    wrapper = trustedWrapper(),
  }: { isRoot?: boolean; wrapper?: string | null } = {},
): CommandLine {
  const { runtime, electron, file } = command
  const nodeMode = { ELECTRON_RUN_AS_NODE: '1' }
  if (isRoot) {
    return { argv: [runtime, file, verb], env: electron ? nodeMode : {}, prompts: false }
  }
  const env = desktopEnvironment()
  if (wrapper !== null) return { argv: ['pkexec', wrapper, verb], env, prompts: true }
  return electron
    ? { argv: ['pkexec', '/usr/bin/env', 'ELECTRON_RUN_AS_NODE=1', runtime, file, verb], env, prompts: true }
    : { argv: ['pkexec', runtime, file, verb], env, prompts: true }
}

/** The installed wrapper, when only root can have put it there. */
export function trustedWrapper(path = INSTALLED_WRAPPER): string | null {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return null
  // Whoever may write in a folder on the way may put another file there.
  for (let part = realpathSync(path); ; part = dirname(part)) {
    if (!isRootsAlone(part)) return null
    if (part === dirname(part)) return path
  }
}

/** In a folder like /tmp, which everybody may write in, nobody can replace what is another's. */
function isRootsAlone(path: string): boolean {
  const status = statSync(path)
  const groupOrOthersWrite = 0o022
  const sticky = status.isDirectory() && (status.mode & 0o1000) !== 0
  return status.uid === 0 && (sticky || (status.mode & groupOrOthersWrite) === 0)
}

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
