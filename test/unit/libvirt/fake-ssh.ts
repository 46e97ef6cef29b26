import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Programs for a search path of its own: an `ssh` that does as it is told, and what it may find over there. */
export class FakeSsh {
  readonly folder = mkdtempSync(join(tmpdir(), 'patchbay-ssh-'))
  readonly #log = join(this.folder, 'started')

  constructor(behaviour: string) {
    this.program(
      'ssh',
      `fs.appendFileSync(${JSON.stringify(this.#log)}, JSON.stringify({ pid: process.pid, args }) + '\\n')\n${behaviour}`,
    )
    // What the script over there needs of its system; the path below leads nowhere else.
    for (const name of ['sh', 'grep']) symlinkSync(`/bin/${name}`, join(this.folder, name))
  }

  /** The environment in which these programs are the only ones. */
  get env(): Record<string, string> {
    return { PATH: this.folder }
  }

  /** Makes a program of JavaScript that has `args`, `fs`, `net` and `spawn`. */
  program(name: string, body: string): void {
    const file = join(this.folder, name)
    const head = [
      `#!${process.execPath}`,
      `const fs = require('node:fs'), net = require('node:net'), { spawn } = require('node:child_process')`,
      `const args = process.argv.slice(2)`,
    ]
    writeFileSync(file, [...head, body, ''].join('\n'))
    chmodSync(file, 0o755)
  }

  /** Every ssh that was started. */
  get started(): { pid: number; args: string[] }[] {
    if (!existsSync(this.#log)) return []
    return readFileSync(this.#log, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { pid: number; args: string[] })
  }

  /** Those that still run. */
  get running(): number[] {
    return this.started.map(({ pid }) => pid).filter((pid) => existsSync(`/proc/${pid}`))
  }

  remove(): void {
    rmSync(this.folder, { recursive: true })
  }
}

/** Leads to a socket, as the whole of ssh and what is behind it does. */
export const bridgeTo = (socket: string): string => `
const to = net.connect(${JSON.stringify(socket)})
to.on('error', (error) => { process.stderr.write(error.message); process.exit(1) })
process.stdin.pipe(to)
to.pipe(process.stdout)
to.on('end', () => process.exit(0))
process.stdin.on('end', () => process.exit(0))`

/** Says something and ends. */
export const sayAndEnd = (words: string, code: number): string =>
  `process.stderr.write(${JSON.stringify(words)}, () => process.exit(${code}))`

/** Waits for ever, for a network or an answer. */
export const HANG = 'setInterval(() => undefined, 1000)'

/** Runs the command as a login shell over there would. */
export const RUN_THERE = `
spawn('sh', ['-c', args.at(-1)], { stdio: 'inherit' }).on('exit', (code) => process.exit(code))`
