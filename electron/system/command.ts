import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { PatchbayError } from '../../shared/failure'
import { say } from '../../shared/phrases/phrase'

/** Where distributions keep system binaries; nothing is ever looked up in the caller's PATH. */
const BINARY_FOLDERS = ['/usr/sbin', '/sbin', '/usr/bin', '/bin']

/** The whole environment of every command: plain messages, nothing from the caller. */
const ENVIRONMENT = { PATH: BINARY_FOLDERS.join(':'), LC_ALL: 'C' }

export interface CommandOptions {
  /** Text for standard input; empty when left out. A promise lets the command start, and wait for it, in advance. */
  input?: string | Promise<string>
  /** Milliseconds until the command is killed and an error is thrown. Default 10 000. */
  timeoutMs?: number
  /** The file mode mask of the command, where it writes files that others must read. This process's own when left out. */
  umask?: number
}

/** The absolute path of a system binary, or null when it is not installed. */
export function findBinary(name: string): string | null {
  for (const folder of BINARY_FOLDERS) {
    const path = `${folder}/${name}`
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      continue
    }
  }
  return null
}

/**
 * Runs a system binary without a shell and returns what it wrote to standard output.
 * Throws a `PatchbayError`: `unsupported` when it is not installed, `timeout`, or `internal` when it fails.
 */
export function runCommand(
  name: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { input = '', timeoutMs = 10_000, umask } = options
  const binary = findBinary(name)
  if (binary === null) {
    return Promise.reject(
      new PatchbayError({
        code: 'unsupported',
        message: say('program-not-installed', { name }),
        hint: name === 'ip' ? say('install-package-iproute2') : say('install-package-brings', { name }),
      }),
    )
  }
  return new Promise((resolve, reject) => {
    const limits = { env: ENVIRONMENT, timeout: timeoutMs, maxBuffer: 32 * 1024 * 1024 }
    // The child has the mask that holds when it is started.
    const own = umask === undefined ? null : process.umask(umask)
    const child = execFile(binary, [...args], limits, (error, stdout, stderr) => {
      if (!error) resolve(stdout)
      else reject(commandError(`${name} ${args.join(' ')}`, error, stderr))
    })
    if (own !== null) process.umask(own)
    // A command that ends before it has read everything closes the pipe; its exit code tells the rest.
    child.stdin?.on('error', () => undefined)
    void Promise.resolve(input).then((text) => child.stdin?.end(text))
  })
}

function commandError(command: string, error: Error & { killed?: boolean }, stderr: string): PatchbayError {
  const detail = stderr.trim() || error.message
  if (error.killed === true) {
    return new PatchbayError({ code: 'timeout', message: say('did-not-end-in-time', { command }), detail })
  }
  return new PatchbayError({ code: 'internal', message: `“${command}” failed: ${detail}`, detail })
}
