import { describe, expect, it } from 'vitest'
import { parseArguments } from '../../../electron/cli/arguments'
import { commands } from '../../../electron/cli/commands'
import { toFailure } from '../../../shared/failure'
import { saying } from '../shared/saying'

const parse = (text: string) => parseArguments(text.split(' ').filter(Boolean), commands)

function failure(text: string) {
  try {
    parse(text)
  } catch (thrown) {
    return toFailure(thrown)
  }
  throw new Error(`“${text}” was understood`)
}

describe('a command line', () => {
  it.each(commands.map(({ words, positionals }) => [words.join(' '), positionals] as const))(
    '%s is understood, with options of every command before and after',
    (words, positionals) => {
      const invocation = parse(`--json ${words} ${positionals.join(' ')} --connect qemu:///session`)
      expect(invocation).toMatchObject({
        kind: 'run',
        uri: 'qemu:///session',
        json: true,
        input: { positionals },
      })
      expect(invocation.kind === 'run' && invocation.command.words.join(' ')).toBe(words)
    },
  )

  it.each(
    commands.flatMap((command) =>
      Object.entries(command.options).map(
        ([name, option]) => [command.words.join(' '), name, { command, option }] as const,
      ),
    ),
  )(
    '%s takes --%s with a value, or without, as its help says',
    (words, name, { command: { positionals }, option }) => {
      const given = option.value === null ? `--${name}` : `--${name} value`
      const invocation = parse(`${words} ${positionals.join(' ')} ${given}`)
      expect(invocation).toMatchObject({ input: { values: { [name]: option.value === null || 'value' } } })
    },
  )

  it('gives its options to the command', () => {
    const { input } = { input: null, ...parse('connect web lan --nic 52:54:00:00:00:01 --no-live') }
    expect(input).toMatchObject({
      positionals: ['web', 'lan'],
      values: { nic: '52:54:00:00:00:01', 'no-live': true },
    })
  })

  it.each([
    ['connect web db lan', ['web', 'db', 'lan']],
    ['connect web --undo', ['web']],
    ['connect web db --undo', ['web', 'db']],
  ])('“%s” names several machines, or leaves out the place', (text, positionals) => {
    const { input } = { input: null, ...parse(text) }
    expect(input).toMatchObject({ positionals })
  })

  it.each([
    ['', null],
    ['help', null],
    ['--help', null],
    ['help connect', 'connect'],
    ['connect --help', 'connect'],
    ['bridge create --help', 'bridge create'],
    ['help bridge undo', 'bridge undo'],
  ])('“%s” asks for help', (text, words) => {
    const invocation = parse(text)
    expect(invocation.kind).toBe('help')
    expect(invocation.kind === 'help' ? (invocation.command?.words.join(' ') ?? null) : '').toBe(words)
  })

  it.each([
    ['frobnicate', 'frobnicate'],
    ['network lease', '“network lease” needs one more word'],
    ['network lease foo', 'no command “network lease foo”'],
    ['network foo', 'no command “network foo”'],
    ['bridge', 'needs one more word'],
    ['bridge burn', 'bridge burn'],
    ['connect', 'MACHINE'],
    ['connect web', 'TO'],
    ['connect --undo', 'MACHINE'],
    ['connect --replug', 'MACHINE'],
    ['network start a b', 'b'],
    ['machines --nic x', '--nic'],
    ['machines --frob', 'frob'],
    ['connect web lan --nic', 'nic'],
    ['machines --json=yes', 'json'],
  ])('“%s” is a usage error that names the trouble', (text, words) => {
    expect(failure(text)).toMatchObject({ code: 'usage', message: saying(words) })
  })

  it('that stops after “bridge” is told the choice', () => {
    expect(failure('bridge').hint).toBe('Choose one of: bridge plan, bridge create, bridge undo.')
  })

  it('has an option of one command be what it is there, also where another has one of the same name', () => {
    expect(parse('doctor --undo stale-virbr --subject virbr7')).toMatchObject({
      input: { positionals: [], values: { undo: 'stale-virbr', subject: 'virbr7' } },
    })
    expect(parse('connect web --undo')).toMatchObject({
      input: { positionals: ['web'], values: { undo: true } },
    })
    expect(failure('doctor --undo')).toMatchObject({ code: 'usage' })
  })
})
