import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openChannel } from '../../../electron/helper/protocol/channel'
import { applyRequest, MAX_REQUEST_BYTES, undoRequest } from '../../../shared/helper/protocol'
import { toFailure } from '../../../shared/failure'
import { english } from '../../../shared/phrases/english'

function open() {
  const input = new PassThrough()
  const output = new PassThrough()
  const channel = openChannel(input, output)
  const say = (line: string): void => void input.write(`${line}\n`)
  const aborted = new Promise<string>((resolve) => {
    channel.abandoned.addEventListener('abort', () =>
      resolve(english(toFailure(channel.abandoned.reason).message)),
    )
  })
  return { input, output, channel, say, aborted }
}

const failure = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no failure',
    (error: unknown) => english(toFailure(error).message),
  )

describe('the request', () => {
  it('is the first line, however it is cut into pieces', async () => {
    const { channel, input } = open()
    input.write('{"vers')
    input.write('ion":1}\n')
    expect(await channel.request()).toEqual({ version: 1 })
  })

  it('that never comes, is no JSON, or is too long is refused', async () => {
    const missing = open()
    missing.input.end()
    expect(await failure(missing.channel.request())).toContain('missing')

    const nonsense = open()
    nonsense.say('{')
    expect(await failure(nonsense.channel.request())).toContain('no JSON')

    const huge = open()
    huge.input.write('x'.repeat(MAX_REQUEST_BYTES + 1))
    expect(await failure(huge.channel.request())).toContain('longer than')
  })
})

describe('after the request', () => {
  it('“keep” is heard, once it was asked for', async () => {
    const { channel, say } = open()
    say('{}')
    channel.emit({ event: 'confirm-needed', seconds: 10 })
    say('{"control":"keep"}')
    await channel.keep
    expect(channel.abandoned.aborted).toBe(false)
  })

  it.each([
    ['“revert”', '{"control":"revert"}', /take the change back/],
    ['nonsense', 'hello', /makes no sense/],
    ['“keep” before anybody asked', '{"control":"keep"}', /before it was asked/],
    ['more than a request may have', 'x'.repeat(MAX_REQUEST_BYTES + 1), /makes no sense/],
    ['an unknown key', '{"control":"keep","force":true}', /makes no sense/],
  ])('%s means roll back now', async (_name, line, message) => {
    const { say, aborted } = open()
    say('{}')
    say(line)
    expect(await aborted).toMatch(message)
  })

  it('the end of input means roll back now', async () => {
    const { say, aborted, input } = open()
    say('{}')
    input.end()
    expect(await aborted).toContain('closed its end')
  })

  it('a reader that is gone breaks nothing', async () => {
    const { channel, say, output } = open()
    say('{}')
    await channel.request()
    output.destroy(new Error('EPIPE'))
    channel.emit({ event: 'status', transactions: [] })
    expect(channel.abandoned.aborted).toBe(false)
  })
})

describe('requests as an attacker would write them', () => {
  const good = {
    version: 1,
    confirm: 'auto',
    timeoutSeconds: 60,
    intent: { kind: 'create-bridge', nic: 'enp3s0', bridge: 'br0' },
    hostHash: '0'.repeat(64),
  }

  it('names with anything but letters, digits, dots, dashes, underscores are refused', () => {
    expect(applyRequest.safeParse(good).success).toBe(true)
    const bad = fc.oneof(
      fc.constantFrom(
        '',
        '..',
        '../br0',
        'a/b',
        'a b',
        'br0\n',
        'br0\0',
        '-o',
        'sixteen-letters0',
        'brück',
        '0br',
      ),
      fc.string().filter((name) => !/^[A-Za-z][A-Za-z0-9._-]{0,14}$/.test(name)),
      fc.anything().filter((value) => typeof value !== 'string'),
    )
    fc.assert(
      fc.property(bad, fc.constantFrom('nic', 'bridge'), (name, key) => {
        const request = { ...good, intent: { ...good.intent, [key]: name } }
        expect(applyRequest.safeParse(request).success).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  it('unknown keys, missing keys and other values are refused', () => {
    fc.assert(
      fc.property(
        fc.string().filter((key) => !(key in good)),
        fc.jsonValue(),
        (key, value) => {
          expect(applyRequest.safeParse({ ...good, [key]: value }).success).toBe(false)
        },
      ),
    )
    for (const key of Object.keys(good)) {
      expect(applyRequest.safeParse({ ...good, [key]: undefined }).success).toBe(false)
    }
    for (const timeoutSeconds of [0, 9, 601, 10.5, -60, '60', null]) {
      expect(applyRequest.safeParse({ ...good, timeoutSeconds }).success).toBe(false)
    }
  })

  it('a transaction is an id, never a path', () => {
    const ask = (transaction: string) =>
      undoRequest.safeParse({ version: 1, confirm: 'auto', timeoutSeconds: 60, transaction }).success
    expect(ask('20261124-004728-4655')).toBe(true)
    for (const id of ['../20261124-004728-4655', '20261124-004728-4655/..', '20261124-004728-4655\n', '']) {
      expect(ask(id)).toBe(false)
    }
  })
})
