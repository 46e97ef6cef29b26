import { describe, expect, it } from 'vitest'
import type { CommandLine } from '../../../electron/services/elevation'
import { runHelper, type HelperRun } from '../../../electron/services/helper-process'
import type { HelperEvent } from '../../../shared/helper/protocol'
import { saying } from '../shared/saying'

const ID = '20261124-120000-0a1b'
const READY = { event: 'ready', transaction: ID, steps: ['look', 'arm', 'apply'] }
const ARMED = { event: 'step', step: 'arm', state: 'done', detail: null }
const COMMITTED = { event: 'committed', transaction: ID, gapMs: 12 }

/** A helper that is a few lines of JavaScript; `say(...)` prints one event, `line` is its request. */
function fakeHelper(script: string, prompts = false): CommandLine {
  const prelude = `
    const say = (...events) => events.forEach((event) => process.stdout.write(JSON.stringify(event) + '\\n'))
    const lines = require('readline').createInterface({ input: process.stdin })
    const READY = ${JSON.stringify(READY)}, ARMED = ${JSON.stringify(ARMED)}, COMMITTED = ${JSON.stringify(COMMITTED)}
  `
  return { argv: [process.execPath, '-e', prelude + script], env: {}, prompts }
}

function start(line: CommandLine): HelperRun & { events: HelperEvent[] } {
  const events: HelperEvent[] = []
  const request = { version: 1, timeoutSeconds: 45 }
  const run = runHelper(line, { verb: 'apply', request, onEvent: (event) => events.push(event) })
  return { ...run, events }
}

const endOf = (script: string, prompts = false) => start(fakeHelper(script, prompts)).ended

describe('a helper that works', () => {
  it('gets the request as one line, and its events arrive in order', async () => {
    const run = start(
      fakeHelper(`lines.once('line', (line) => {
        say(READY, { event: 'step', step: 'look', state: 'done', detail: line }, COMMITTED)
        process.exit(0)
      })`),
    )
    expect(await run.ended).toEqual(COMMITTED)
    expect(run.events.map(({ event }) => event)).toEqual(['ready', 'step', 'committed'])
    expect(run.events[1]).toMatchObject({ detail: '{"version":1,"timeoutSeconds":45}' })
  })

  it('is told to keep', async () => {
    const run = start(
      fakeHelper(`
        const seen = []
        lines.on('line', (line) => {
          if (seen.push(line) === 1) return say(READY, { event: 'confirm-needed', seconds: 30 })
          say({ event: 'failed', failure: { code: 'internal', message: line } })
          process.exit(1)
        })`),
    )
    const confirm = run.events
    await expect.poll(() => confirm.length).toBe(2)
    run.control({ control: 'keep' })
    expect(await run.ended).toMatchObject({ failure: { message: '{"control":"keep"}' } })
  })

  it('is told to go back by the end of its input', async () => {
    const rolledBack = {
      event: 'rolled-back',
      transaction: ID,
      failure: { code: 'rolled-back', message: 'hung up' },
    }
    const run = start(
      fakeHelper(
        `say(READY); lines.on('close', () => { say(${JSON.stringify(rolledBack)}); process.exit(0) })`,
      ),
    )
    await expect.poll(() => run.events.length).toBe(1)
    run.hangUp()
    expect(await run.ended).toEqual(rolledBack)
  })

  it('may cut its lines into pieces', async () => {
    const script = `
      const text = JSON.stringify(COMMITTED) + '\\n'
      const half = Math.floor(text.length / 2)
      process.stdout.write(text.slice(0, half), () => setImmediate(() => {
        process.stdout.write(text.slice(half), () => process.exit(0))
      }))`
    expect(await endOf(script)).toEqual(COMMITTED)
  })
})

describe('a helper that talks nonsense', () => {
  it.each([
    ['no JSON', `process.stdout.write('Segmentation fault\\n')`],
    ['an unknown event', `say({ event: 'party' })`],
    ['an event with a key too many', `say({ ...COMMITTED, password: 'x' })`],
    ['a line of 2 MiB', `process.stdout.write('x'.repeat(2 * 1024 * 1024) + '\\n')`],
    ['a line that never ends', `process.stdout.write('x'.repeat(2 * 1024 * 1024))`],
  ])('%s: is hung up on, and the failure says so', async (_what, script) => {
    const end = await endOf(`lines.on('close', () => process.exit(0)); ${script}`)
    expect(end).toMatchObject({ event: 'failed', failure: { code: 'protocol' } })
  })

  it('but then says how it ended: that counts', async () => {
    const end = await endOf(
      `process.stdout.write('garbage\\n'); lines.on('close', () => { say(COMMITTED); process.exit(0) })`,
    )
    expect(end).toEqual(COMMITTED)
  })
})

describe('a helper that dies', () => {
  it('before anything was armed: nothing was changed', async () => {
    const end = await endOf(
      `say(READY); process.stderr.write('out of memory'); process.exitCode = 3; process.stdin.destroy()`,
    )
    expect(end).toMatchObject({
      event: 'failed',
      failure: {
        code: 'internal',
        hint: saying('nothing on the host was changed'),
        detail: 'out of memory',
      },
    })
  })

  it('in the middle: the armed rollback brings the host back, and when', async () => {
    const end = await endOf(
      `say(READY, ARMED); process.stdout.write('', () => process.kill(process.pid, 'SIGKILL'))`,
    )
    expect(end).toMatchObject({
      event: 'failed',
      failure: {
        code: 'internal',
        message: saying('SIGKILL'),
        hint: saying('within 45 seconds'),
      },
    })
  })

  it('in the middle of a line: the half line is not taken for an answer', async () => {
    const end = await endOf(
      `process.stdout.write(JSON.stringify(COMMITTED).slice(0, -1), () => process.exit(0))`,
    )
    expect(end).toMatchObject({ event: 'failed', failure: { code: 'internal' } })
  })

  it('after its answer: the answer counts', async () => {
    expect(
      await endOf(`say(COMMITTED); process.stdout.write('', () => process.kill(process.pid, 'SIGKILL'))`),
    ).toEqual(COMMITTED)
  })
})

describe('the prompt', () => {
  it.each([
    [126, 'dismissed'],
    [127, 'could not be asked'],
  ])('that ends with %i is not permitted', async (code, words) => {
    const end = await endOf(`process.stderr.write('Error executing command'); process.exit(${code})`, true)
    expect(end).toMatchObject({
      event: 'failed',
      failure: { code: 'not-permitted', message: saying(words) },
    })
  })

  it('is over once the helper runs: its own code 126 is no denied prompt', async () => {
    const end = await endOf(`say(READY); process.stdout.write('', () => process.exit(126))`, true)
    expect(end).toMatchObject({ failure: { code: 'internal' } })
  })

  it('needs pkexec, and says how to get it', async () => {
    const end = await start({ argv: ['/nonexistent/pkexec'], env: {}, prompts: true }).ended
    expect(end).toMatchObject({ failure: { code: 'unsupported', hint: saying('pkexec') } })
  })
})
