#!/usr/bin/env node
// Runs a program inside a lab for Playwright, which starts it here and wants to reach its debugging ports here.
// PATCHBAY_INSIDE holds what to run: { leader: PID of the lab's first process, argv }.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'

const { leader, argv } = JSON.parse(process.env.PATCHBAY_INSIDE)

const enter = (...namespaces) => ['-t', String(leader), ...namespaces, '--', 'setpriv', '--pdeathsig', 'KILL']

/** Opens a port on this side whose connections lead to a port inside; answers with its number. */
function forward(port) {
  const connect = `const s = require('net').connect(${port}, '127.0.0.1'); process.stdin.pipe(s).pipe(process.stdout)`
  const server = createServer((socket) => {
    const pipe = spawn('nsenter', [...enter('-n'), process.execPath, '-e', connect], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    socket.pipe(pipe.stdin).on('error', () => socket.destroy())
    pipe.stdout.pipe(socket).on('error', () => pipe.kill())
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))
}

const namespaces = ['-m', '-n', '-p', '-u', '-i', '-C', '-r', '-w']
const child = spawn('nsenter', [...enter(...namespaces), ...argv, ...process.argv.slice(2)], {
  stdio: ['inherit', 'inherit', 'pipe'],
})
child.on('exit', (code) => process.exit(code ?? 1))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))

// Playwright reads the two addresses from these lines.
for await (const line of createInterface({ input: child.stderr })) {
  const [, before, port, after] = /^(.* listening on ws:\/\/127\.0\.0\.1:)(\d+)(.*)$/.exec(line) ?? []
  console.error(port === undefined ? line : `${before}${await forward(Number(port))}${after}`)
}
