import { describe, expect, it } from 'vitest'
import type { Command } from '../../../electron/cli/command'
import { run } from '../../../electron/cli/run'
import { FAILURE_CODES, PatchbayError, type FailureCode } from '../../../shared/failure'

const probe: Command = {
  words: ['probe'],
  positionals: [],
  options: {},
  summary: 'a command for this test',
  details: [],
  run: () => Promise.resolve({ document: { found: 3 }, text: 'found 3' }),
}

const failing = (code: FailureCode) => () =>
  Promise.reject(new PatchbayError({ code, message: 'It went wrong.', hint: 'Do this.', detail: 'stack' }))
const working = (command: Command, input: Parameters<Command['run']>[0]) =>
  command.run(input, {
    open: () => Promise.reject(new Error('not needed')),
    say: () => undefined,
    ask: () => Promise.resolve(null),
    onInterrupt: () => () => undefined,
  })

describe('the end of a command', () => {
  it('is text for people', async () => {
    expect(await run(['probe'], [probe], working)).toEqual({ stdout: 'found 3\n', stderr: '', code: 0 })
  })

  it('is one JSON document for programs', async () => {
    const { stdout, stderr, code } = await run(['probe', '--json'], [probe], working)
    expect(JSON.parse(stdout)).toEqual({ ok: true, found: 3 })
    expect([stderr, code]).toEqual(['', 0])
  })

  it('in failure says what happened and what to do on standard error', async () => {
    const { stdout, stderr } = await run(['probe'], [probe], failing('refused'))
    expect(stdout).toBe('')
    expect(stderr).toBe('patchbay: It went wrong.\nDo this.\n')
  })

  it('in failure is one JSON document, too, also for a command line that makes no sense', async () => {
    const failed = await run(['probe', '--json'], [probe], failing('refused'))
    expect(JSON.parse(failed.stdout)).toMatchObject({
      ok: false,
      failure: { code: 'refused', hint: 'Do this.' },
    })
    const nonsense = await run(['nope', '--json'], [probe], working)
    expect(JSON.parse(nonsense.stdout)).toMatchObject({ ok: false, failure: { code: 'usage' } })
    expect(nonsense.code).toBe(2)
  })

  const EXIT_CODES: Record<FailureCode, number> = {
    usage: 2,
    refused: 3,
    'not-found': 3,
    'host-changed': 3,
    busy: 3,
    'rolled-back': 4,
    'not-permitted': 5,
    'rollback-failed': 1,
    'partly-done': 1,
    'libvirt-unreachable': 1,
    'libvirt-error': 1,
    protocol: 1,
    timeout: 1,
    unsupported: 1,
    internal: 1,
  }
  it.each(FAILURE_CODES)('%s has the exit code that scripts rely on', async (code) => {
    expect((await run(['probe'], [probe], failing(code))).code).toBe(EXIT_CODES[code])
  })

  it('knows its version and its help', async () => {
    expect((await run(['--version'], [probe], working)).stdout).toMatch(/^patchbay \d+\.\d+\.\d+\n$/)
    expect((await run(['--help'], [probe], working)).stdout).toContain('a command for this test')
  })
})
