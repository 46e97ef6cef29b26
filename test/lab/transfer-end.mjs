// One end of a TCP transfer: node transfer-end.mjs send | node transfer-end.mjs receive ADDRESS PORT
// The sender says the port it listens at, sends to whoever connects until its standard input ends, and closes. Both
// then say in JSON how many bytes went over and their hash; the receiver also the longest pause, in milliseconds.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

const CHUNK = 16 * 1024

async function send() {
  const server = createServer().listen(0)
  await once(server, 'listening')
  console.log(server.address().port)
  let asked = false
  process.stdin.resume().once('end', () => (asked = true))
  const [socket] = await once(server, 'connection')
  server.close()
  const hash = createHash('sha256')
  let bytes = 0
  for (let turn = 0; !asked; turn++) {
    // No two neighbours alike, so that a lost or repeated one shows.
    const chunk = Buffer.alloc(CHUNK, turn % 251)
    hash.update(chunk)
    bytes += chunk.length
    // While the network is away the socket is full, and the end of standard input comes in between all the same.
    if (!socket.write(chunk)) await once(socket, 'drain')
    // Leaves the processors to the others: 3 MB a second are enough.
    await sleep(5)
  }
  socket.end()
  await once(socket, 'close')
  return { bytes, sha256: hash.digest('hex') }
}

async function receive(address, port) {
  const hash = createHash('sha256')
  let bytes = 0
  let pauseMs = 0
  let last = performance.now()
  for await (const chunk of connect(Number(port), address)) {
    hash.update(chunk)
    bytes += chunk.length
    const now = performance.now()
    pauseMs = Math.max(pauseMs, Math.round(now - last))
    last = now
  }
  return { bytes, sha256: hash.digest('hex'), pauseMs }
}

const [role, ...words] = process.argv.slice(2)
console.log(JSON.stringify(role === 'send' ? await send() : await receive(...words)))
