// Running other programs and talking to the person at the terminal. Node built-ins only.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** One line for the person, on standard error so that results on standard output stay clean. */
export const say = (text) => console.error(`patchbay: ${text}`)

/** A failure that is explained in full by its message: printed without a stack. */
export class Stop extends Error {}

/**
 * Runs a program and waits for its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ quiet?: boolean, timeout?: number, env?: NodeJS.ProcessEnv, cwd?: string }} options
 *   `quiet` keeps the output back and returns it; `timeout` in milliseconds
 * @returns {Promise<{ code: number, output: string }>} code 127 when there is no such program, 124 after the time limit
 */
export function run(command, args, options = {}) {
  const { quiet = false, timeout, env = process.env, cwd = root } = options
  return new Promise((resolve) => {
    const out = quiet ? 'pipe' : 'inherit'
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', out, out] })
    let output = ''
    child.stdout?.on('data', (data) => (output += data))
    child.stderr?.on('data', (data) => (output += data))
    let late = false
    const timer =
      timeout === undefined
        ? undefined
        : setTimeout(() => {
            late = true
            child.kill('SIGKILL')
          }, timeout)
    const end = (code) => {
      clearTimeout(timer)
      resolve({ code: late ? 124 : code, output })
    }
    child.on('error', (error) => {
      output += error.message
      end(127)
    })
    child.on('close', (code) => end(code ?? 1))
  })
}

/**
 * Runs a program in this terminal until it ends by itself; requests to end are passed on, so that it can do so in order.
 * @returns {Promise<number>} its exit code
 */
export function foreground(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/** Like `run`, and stops with the program's output when it fails. */
export async function runOrStop(command, args, options = {}) {
  const { code, output } = await run(command, args, options)
  if (code !== 0) throw new Stop(`“${command} ${args.join(' ')}” failed (${code}).\n${output}`.trim())
  return output
}

/** Whether a program of that name is in PATH. */
export const hasProgram = (name) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))

export const isRoot = () => process.getuid?.() === 0

/** Runs a script's main function: its number is the exit code, a `Stop` is printed as it is. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0
  } catch (error) {
    say(error instanceof Stop ? error.message : (error.stack ?? String(error)))
    process.exitCode = 1
  }
}
